// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.fuzz;

import dev.ashlar.type.DType;

/** Rounding to element types, and the distance between neighbours in them. */
final class Numbers {
    private Numbers() {}

    /** Returns the number as the type holds it: floats rounded to nearest even, whole numbers wrapped. */
    static double round(double value, DType type) {
        return switch (type) {
            case FLOAT64 -> value;
            case FLOAT32 -> (float) value;
            case FLOAT16 -> Float.float16ToFloat(Float.floatToFloat16(toOdd(value)));
            case BFLOAT16 -> bfloat16(toOdd(value));
            case INT64 -> value;
            case INT32 -> (int) (long) value;
            case INT16 -> (short) (long) value;
            case INT8 -> (byte) (long) value;
            case UINT8 -> (long) value & 0xFF;
            case BOOL -> value != 0 ? 1 : 0;
        };
    }

    /** Rounds so that a second rounding to a shorter type is the right one: what float32 cannot hold gets an odd last bit. */
    private static float toOdd(double value) {
        float near = (float) value;
        if (Double.isNaN(value) || near == value || Float.isInfinite(near)) {
            return near;
        }
        float down = Math.abs((double) near) > Math.abs(value) ? Math.nextAfter(near, 0.0) : near;
        return Float.intBitsToFloat(Float.floatToRawIntBits(down) | 1);
    }

    private static double bfloat16(float value) {
        if (Float.isNaN(value)) {
            return value;
        }
        int bits = Float.floatToRawIntBits(value);
        return Float.intBitsToFloat((bits + 0x7FFF + ((bits >>> 16) & 1)) & 0xFFFF0000);
    }

    /** Returns the distance from a number to the next larger one in magnitude. */
    static double unit(double value, DType type) {
        double size = Math.abs(value);
        return switch (type) {
            case FLOAT64 -> Math.ulp(size);
            case FLOAT32 -> Math.ulp((float) Math.min(size, Float.MAX_VALUE));
            case FLOAT16 -> Math.max(Math.scalb(1.0, -24), Math.scalb(1.0, Math.getExponent(size) - 10));
            case BFLOAT16 -> Math.max(Float.MIN_NORMAL, Math.scalb(1.0, Math.getExponent(size) - 7));
            default -> 0;
        };
    }

    /** Returns the largest finite number. */
    static double largest(DType type) {
        return switch (type) {
            case FLOAT64 -> Double.MAX_VALUE;
            case FLOAT16 -> 65504;
            case BFLOAT16 -> bfloat16(Float.intBitsToFloat(0x7F7F0000));
            default -> Float.MAX_VALUE;
        };
    }

    /** Returns the size below which a result may become zero. */
    static double smallest(DType type) {
        return switch (type) {
            case FLOAT64 -> Double.MIN_NORMAL;
            case FLOAT16 -> Math.scalb(1.0, -24);
            default -> Float.MIN_NORMAL;
        };
    }
}
