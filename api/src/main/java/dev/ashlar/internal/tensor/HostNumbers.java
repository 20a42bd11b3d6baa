// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.spi.KernelArgs;
import dev.ashlar.type.DType;

/**
 * Numbers of the host as values of an element type, encoded for kernels. They are computed in double and rounded once to the nearest
 * value of the type; a number with a fraction or out of range becomes an integer as a cast does it, truncated and saturated; a whole
 * number out of range wraps.
 */
final class HostNumbers {
    private HostNumbers() {}

    /** Returns the bits, as in {@link KernelArgs#encode(DType, double)}, of a value of the type. */
    static long encode(DType type, double value) {
        return switch (type) {
            case FLOAT64, FLOAT32, FLOAT16, BFLOAT16 -> Double.doubleToRawLongBits(round(type, value));
            case INT64 -> (long) value;
            case INT32 -> (int) value;
            case INT16 -> Math.clamp((int) value, Short.MIN_VALUE, Short.MAX_VALUE);
            case INT8 -> Math.clamp((int) value, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case UINT8 -> Math.clamp((int) value, 0, 255);
            case BOOL -> value != 0 ? 1 : 0;
        };
    }

    /** Returns the bits, as in {@link KernelArgs#encode(DType, long)}, of a value of the type. */
    static long encode(DType type, long value) {
        return switch (type) {
            case FLOAT64 -> Double.doubleToRawLongBits(value);
            case FLOAT32 -> Double.doubleToRawLongBits((float) value);
            case FLOAT16, BFLOAT16 -> Double.doubleToRawLongBits(round(type, odd(value)));
            case INT64 -> value;
            case INT32 -> (int) value;
            case INT16 -> (short) value;
            case INT8 -> (byte) value;
            case UINT8 -> value & 0xFF;
            case BOOL -> value != 0 ? 1 : 0;
        };
    }

    /** Returns the nearest value of a floating-point type, ties to even. */
    static double round(DType type, double value) {
        return switch (type) {
            case FLOAT32 -> (float) value;
            case FLOAT16 -> Float.float16ToFloat(Float.floatToFloat16(odd(value)));
            case BFLOAT16 -> brain(odd(value));
            default -> value;
        };
    }

    private static float brain(float value) {
        int bits = Float.floatToRawIntBits(value);
        return Float.isNaN(value) ? value : Float.intBitsToFloat(bits + 0x7FFF + (bits >>> 16 & 1) & 0xFFFF0000);
    }

    // Rounding to odd first makes the second rounding, to the 16-bit type, the same as a direct one.
    private static float odd(double value) {
        float nearest = (float) value;
        if (nearest == value || Double.isNaN(value)) {
            return nearest;
        }
        int bits = Float.floatToRawIntBits(nearest);
        return Float.intBitsToFloat((Math.abs((double) nearest) > Math.abs(value) ? bits - 1 : bits) | 1);
    }

    private static double odd(long value) {
        return (value & 0x7FF) == 0 || Math.abs(value) >>> 53 == 0 ? value : (value & -0x800L) | 0x800L;
    }
}
