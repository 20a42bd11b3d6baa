// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.scalar;

import dev.ashlar.runtime.java.device.Conversions;
import dev.ashlar.spi.ReduceOp;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;

/** The state of one fold. Floating sums and products are kept in double; what a narrower accumulator would do is allowed to be worse. */
final class ScalarFold {
    private final ReduceOp op;
    private final DType type;
    private final DType compared;
    private final DType accumulator;
    private double floating;
    private long whole;
    private long position;
    private long count;

    /**
     * @param type of the values
     * @param accumulator of the result
     */
    ScalarFold(ReduceOp op, DType type, DType accumulator) {
        this.op = op;
        this.type = type;
        this.accumulator = accumulator;
        this.compared =
                switch (type) {
                    case FLOAT16, BFLOAT16 -> DType.FLOAT32;
                    case INT16, INT8, UINT8 -> DType.INT32;
                    default -> type;
                };
    }

    void reset() {
        floating = op == ReduceOp.PROD ? 1 : 0;
        whole = op == ReduceOp.PROD ? 1 : 0;
        position = 0;
        count = 0;
    }

    void add(long bits) {
        long value = Conversions.cast(type, compared, bits);
        switch (op) {
            case SUM -> {
                if (accumulator.isFloatingPoint()) {
                    floating += floating(value);
                } else {
                    whole += value;
                }
            }
            case PROD -> {
                if (accumulator.isFloatingPoint()) {
                    floating *= floating(value);
                } else {
                    whole *= value;
                }
            }
            case MAX -> whole = count == 0 ? value : ScalarMath.apply(ScalarOp.MAX, compared, whole, value, 0);
            case MIN -> whole = count == 0 ? value : ScalarMath.apply(ScalarOp.MIN, compared, whole, value, 0);
            case ARGMAX -> keepIfBetter(value, whole, value);
            case ARGMIN -> keepIfBetter(value, value, whole);
        }
        count++;
    }

    private void keepIfBetter(long value, long smaller, long larger) {
        boolean better = ScalarMath.apply(ScalarOp.LT, compared, smaller, larger, 0) != 0 || isNan(value) && !isNan(whole);
        if (count == 0 || better) {
            whole = value;
            position = count;
        }
    }

    /** Returns the value in the accumulator's type. */
    long result() {
        return switch (op) {
            case SUM, PROD -> accumulator.isFloatingPoint() ? Conversions.fromDouble(accumulator, floating) : whole;
            case MAX, MIN -> Conversions.cast(compared, accumulator, count == 0 ? identity() : whole);
            case ARGMAX, ARGMIN -> position;
        };
    }

    private long identity() {
        boolean largest = op == ReduceOp.MIN;
        return switch (compared) {
            case FLOAT64, FLOAT32 -> Conversions.fromDouble(compared, largest ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY);
            case BOOL -> largest ? 1 : 0;
            case INT32 -> smallIdentity(largest);
            default -> largest ? Long.MAX_VALUE : Long.MIN_VALUE;
        };
    }

    private long smallIdentity(boolean largest) {
        return switch (type) {
            case INT16 -> largest ? Short.MAX_VALUE : Short.MIN_VALUE;
            case INT8 -> largest ? Byte.MAX_VALUE : Byte.MIN_VALUE;
            case UINT8 -> largest ? 255 : 0;
            default -> largest ? Integer.MAX_VALUE : Integer.MIN_VALUE;
        };
    }

    private boolean isNan(long value) {
        return compared.isFloatingPoint() && Double.isNaN(floating(value));
    }

    private double floating(long value) {
        return compared.isFloatingPoint() ? Conversions.toDouble(compared, value) : value;
    }
}
