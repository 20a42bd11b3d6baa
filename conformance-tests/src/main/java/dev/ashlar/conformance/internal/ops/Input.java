// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.ops;

import dev.ashlar.conformance.internal.oracle.Numbers;
import dev.ashlar.type.DType;
import java.util.Random;

/**
 * What one operand of a sample is filled with.
 *
 * @param kind of values
 * @param low smallest value
 * @param high largest value; exclusive for indices
 * @param shape of the operand
 */
public record Input(Kind kind, double low, double high, int... shape) {
    /** What values are like. */
    public enum Kind {
        /** Numbers in [low, high], of the type that is tested. */
        NUMBERS,
        /** Numbers of which no two are equal, of the type that is tested. */
        DISTINCT,
        /** int64 in [low, high), possibly repeated. */
        INDEX,
        /** int64 in [low, high), never twice along the first dimension. */
        PERMUTATION,
        /** bool. */
        MASK
    }

    public static Input of(int... shape) {
        return new Input(Kind.NUMBERS, -2, 2, shape);
    }

    public static Input between(double low, double high, int... shape) {
        return new Input(Kind.NUMBERS, low, high, shape);
    }

    public static Input distinct(int... shape) {
        return new Input(Kind.DISTINCT, -2, 2, shape);
    }

    public static Input index(int extent, int... shape) {
        return new Input(Kind.INDEX, 0, extent, shape);
    }

    public static Input permutation(int extent, int... shape) {
        return new Input(Kind.PERMUTATION, 0, extent, shape);
    }

    public static Input mask(int... shape) {
        return new Input(Kind.MASK, 0, 1, shape);
    }

    /** Returns the type of the operand where a type is tested. */
    public DType type(DType tested) {
        return switch (kind) {
            case NUMBERS, DISTINCT -> tested;
            case INDEX, PERMUTATION -> DType.INT64;
            case MASK -> DType.BOOL;
        };
    }

    /** Returns whether gradients can flow to the operand. */
    public boolean isReal() {
        return kind == Kind.NUMBERS || kind == Kind.DISTINCT;
    }

    /** Draws values that the tested type holds exactly. */
    public Values draw(DType tested, Random random) {
        int[] order = shuffled(Values.count(shape), random);
        int[] position = {0};
        return Values.fill(shape, index -> {
            int i = position[0]++;
            return switch (kind) {
                case NUMBERS -> number(tested, random);
                case DISTINCT -> distinct(tested, order[i], order.length);
                case INDEX -> low + random.nextInt((int) (high - low));
                case PERMUTATION -> permuted(index, i);
                case MASK -> random.nextInt(2);
            };
        });
    }

    private double number(DType tested, Random random) {
        double value = low + (high - low) * random.nextDouble();
        return switch (tested) {
            case FLOAT64 -> value;
            case FLOAT32 -> (float) value;
            case FLOAT16, BFLOAT16 -> Numbers.round(tested, value);
            case BOOL -> random.nextInt(2);
            default -> {
                long from = Math.clamp((long) Math.rint(low), Numbers.smallest(tested), Numbers.largest(tested));
                long to = Math.clamp((long) Math.rint(high), Numbers.smallest(tested), Numbers.largest(tested));
                yield from + random.nextInt((int) (to - from) + 1);
            }
        };
    }

    private double distinct(DType tested, int rank, int count) {
        if (tested == DType.BOOL) {
            return rank % 2;
        }
        return switch (tested) {
            case FLOAT64, FLOAT32 -> low + (high - low) * (2 * rank + 1) / 2048;
            // As many as 8 significant bits tell apart.
            case FLOAT16, BFLOAT16 -> (rank - count / 2) / 16.0;
            case UINT8 -> rank;
            default -> rank - count / 2;
        };
    }

    /** Along the first dimension a full cycle, another one in each column. */
    private double permuted(int[] index, int position) {
        int column = position % Math.max(1, Values.count(shape) / Math.max(1, shape[0]));
        int step = high % 2 == 0 ? 1 : 2;
        return (index[0] * step + column * 3 + 1) % (int) high;
    }

    /**
     * Draws values for gradients: between the multiples of 1/64, where derivatives of the operations here jump, and never the same in
     * two operands.
     */
    public Values drawSmooth(int operand, Random random) {
        if (kind != Kind.NUMBERS) {
            return draw(DType.FLOAT32, random);
        }
        int from = (int) Math.ceil(low * 64);
        int to = (int) Math.floor(high * 64);
        return Values.fill(shape, index -> (from + random.nextInt(Math.max(1, to - from)) + 0.5) / 64 + operand / 1024.0);
    }

    private static int[] shuffled(int count, Random random) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
