// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.device;

import dev.ashlar.type.DType;

/**
 * Values of all element types as 64 bits, and the conversions between them. A value is held as {@link Native#load} gives it: raw
 * bits of a floating type, sign-extended; the value of an integer type; 0 or 1 for bool.
 */
public final class Conversions {
    private Conversions() {}

    /** Returns a literal or run-time scalar ({@link dev.ashlar.spi.KernelArgs#encode}) as a value of its type. */
    public static long decode(DType type, long encoded) {
        return type.isFloatingPoint() ? fromDouble(type, Double.longBitsToDouble(encoded)) : cast(DType.INT64, type, encoded);
    }

    /** Returns the value of {@link dev.ashlar.spi.ScalarOp#CAST}. */
    public static long cast(DType from, DType to, long bits) {
        if (from == to) {
            return bits;
        }
        if (from.isFloatingPoint()) {
            double value = toDouble(from, bits);
            return to.isFloatingPoint() ? fromDouble(to, value) : saturate(to, value);
        }
        return switch (to) {
            case FLOAT64 -> Double.doubleToRawLongBits((double) bits);
            case FLOAT32 -> Float.floatToRawIntBits((float) bits);
            case FLOAT16, BFLOAT16 -> fromDouble(to, oddDouble(bits));
            case INT64 -> bits;
            case INT32 -> (int) bits;
            case INT16 -> (short) bits;
            case INT8 -> (byte) bits;
            case UINT8 -> bits & 0xFF;
            case BOOL -> bits != 0 ? 1 : 0;
        };
    }

    /** Returns the value of {@link dev.ashlar.spi.ScalarOp#BITCAST}. */
    public static long bitcast(DType to, long bits) {
        return switch (to) {
            case UINT8 -> bits & 0xFF;
            case INT8 -> (byte) bits;
            case BOOL -> bits != 0 ? 1 : 0;
            default -> bits;
        };
    }

    /** Returns a value of a floating type; exact. */
    public static double toDouble(DType type, long bits) {
        return switch (type) {
            case FLOAT64 -> Double.longBitsToDouble(bits);
            case FLOAT32 -> Float.intBitsToFloat((int) bits);
            case FLOAT16 -> Float.float16ToFloat((short) bits);
            case BFLOAT16 -> Float.intBitsToFloat((int) bits << 16);
            default -> throw new IllegalArgumentException(type + " is no floating type");
        };
    }

    /** Returns the nearest value of a floating type, ties to even. */
    public static long fromDouble(DType type, double value) {
        return switch (type) {
            case FLOAT64 -> Double.doubleToRawLongBits(value);
            case FLOAT32 -> Float.floatToRawIntBits((float) value);
            case FLOAT16 -> Float.floatToFloat16(oddFloat(value));
            case BFLOAT16 -> bfloat16(oddFloat(value));
            default -> throw new IllegalArgumentException(type + " is no floating type");
        };
    }

    /** Returns the bits of the nearest bfloat16, ties to even; NaN stays NaN. */
    public static short bfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) (bits >>> 16 | 0x40);
        }
        return (short) (bits + 0x7FFF + (bits >>> 16 & 1) >>> 16);
    }

    private static long saturate(DType to, double value) {
        return switch (to) {
            case INT64 -> (long) value;
            case INT32 -> (int) value;
            case INT16 -> Math.clamp((int) value, Short.MIN_VALUE, Short.MAX_VALUE);
            case INT8 -> Math.clamp((int) value, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case UINT8 -> Math.clamp((int) value, 0, 255);
            case BOOL -> value != 0 ? 1 : 0;
            default -> throw new IllegalArgumentException(to + " is no integer type");
        };
    }

    // Rounding to odd first makes the second rounding, to the 16-bit type, the same as a direct one.
    private static float oddFloat(double value) {
        float nearest = (float) value;
        if (nearest == value || Double.isNaN(value)) {
            return nearest;
        }
        int bits = Float.floatToRawIntBits(nearest);
        return Float.intBitsToFloat((Math.abs((double) nearest) > Math.abs(value) ? bits - 1 : bits) | 1);
    }

    private static double oddDouble(long value) {
        return (value & 0x7FF) == 0 || Math.abs(value) >>> 53 == 0 ? value : (value & -0x800L) | 0x800L;
    }
}
