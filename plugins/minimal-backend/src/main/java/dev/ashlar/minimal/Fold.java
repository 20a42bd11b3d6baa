// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.minimal;

import dev.ashlar.spi.ReduceOp;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;

/** One fold in progress. Floating sums and products are kept in double and rounded once, which is better than the contract asks. */
final class Fold {
    private final ReduceOp op;
    private final DType type;
    private final DType accumulator;
    private long value;
    private long best;
    private long position;

    /**
     * @param type of the values to fold
     * @param accumulator of the result
     */
    Fold(ReduceOp op, DType type, DType accumulator) {
        this.op = op;
        this.type = type;
        this.accumulator = accumulator;
        this.value = identity();
    }

    private long identity() {
        return switch (op) {
            case SUM, ARGMAX, ARGMIN -> 0;
            case PROD -> type(1);
            case MAX -> type.isFloatingPoint() ? type(Double.NEGATIVE_INFINITY) : type == DType.BOOL ? 0 : -largest() - 1;
            case MIN -> type.isFloatingPoint() ? type(Double.POSITIVE_INFINITY) : type == DType.BOOL ? 1 : largest();
        };
    }

    private long type(double x) {
        return accumulator.isFloatingPoint() ? Double.doubleToRawLongBits(x) : (long) x;
    }

    private long largest() {
        return type == DType.INT32 ? Integer.MAX_VALUE : Long.MAX_VALUE;
    }

    void add(long x) {
        DType wide = accumulator.isFloatingPoint() ? DType.FLOAT64 : DType.INT64;
        switch (op) {
            case SUM -> value = Scalars.binary(ScalarOp.ADD, wide, value, x);
            case PROD -> value = Scalars.binary(ScalarOp.MUL, wide, value, x);
            case MAX -> value = Scalars.binary(ScalarOp.MAX, type, value, x);
            case MIN -> value = Scalars.binary(ScalarOp.MIN, type, value, x);
            case ARGMAX, ARGMIN -> {
                if (position == 0 || beats(x)) {
                    value = position;
                    best = x;
                }
                position++;
            }
        }
    }

    /** The first NaN wins and stays; else only a strictly better value takes over, so the first of several equals stays. */
    private boolean beats(long x) {
        if (type.isFloatingPoint() && Double.isNaN(Double.longBitsToDouble(best))) {
            return false;
        }
        if (type.isFloatingPoint() && Double.isNaN(Double.longBitsToDouble(x))) {
            return true;
        }
        return (op == ReduceOp.ARGMAX ? Scalars.binary(ScalarOp.LT, type, best, x) : Scalars.binary(ScalarOp.LT, type, x, best)) != 0;
    }

    long result() {
        return accumulator.isFloatingPoint() ? Scalars.encode(accumulator, Double.longBitsToDouble(value)) : value;
    }
}
