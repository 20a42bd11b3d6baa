// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.render;

import dev.ashlar.type.DType;

/** Constants as exact source text, and their encoding in storage types. */
public final class Literals {
    private Literals() {}

    /**
     * Returns a register value (see {@link Lanes}) of one element.
     *
     * @param bits encoded as in {@link dev.ashlar.spi.KernelArgs#encode(DType, double)}
     */
    static String of(DType type, long bits) {
        return switch (type) {
            case FLOAT64 -> float64(Double.longBitsToDouble(bits));
            case FLOAT32 -> float32((float) Double.longBitsToDouble(bits));
            case FLOAT16, BFLOAT16 -> "(ushort)" + encode(type, bits);
            case INT64 -> bits == Long.MIN_VALUE ? "(-0x7fffffffffffffffL - 1L)" : "(" + bits + "L)";
            case INT32 -> (int) bits == Integer.MIN_VALUE ? "(-0x7fffffff - 1)" : "(" + (int) bits + ")";
            case INT16 -> "((short)(" + (short) bits + "))";
            case INT8 -> "((char)(" + (byte) bits + "))";
            case UINT8 -> "((uchar)(" + (bits & 0xff) + "))";
            case BOOL -> bits != 0 ? "1" : "0";
        };
    }

    private static String float32(float value) {
        if (Float.isNaN(value)) {
            return "NAN";
        }
        if (Float.isInfinite(value)) {
            return value > 0 ? "INFINITY" : "(-INFINITY)";
        }
        return "(" + Float.toHexString(value) + "f)";
    }

    private static String float64(double value) {
        if (Double.isNaN(value)) {
            return "((double)NAN)";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "((double)INFINITY)" : "(-(double)INFINITY)";
        }
        return "(" + Double.toHexString(value) + ")";
    }

    /** Returns the bits of the value in its storage type, zero-extended for float types, as a number. */
    public static long encode(DType type, long bits) {
        double value = Double.longBitsToDouble(bits);
        return switch (type) {
            case FLOAT64, INT64 -> bits;
            case FLOAT32 -> Float.floatToRawIntBits((float) value);
            case FLOAT16 -> Float.floatToFloat16(toOdd(value)) & 0xffffL;
            case BFLOAT16 -> bfloat16(toOdd(value));
            case INT32 -> (int) bits;
            case INT16 -> (short) bits;
            case INT8 -> (byte) bits;
            case UINT8 -> bits & 0xff;
            case BOOL -> bits != 0 ? 1 : 0;
        };
    }

    /** Rounds to odd, after which rounding again to a shorter type gives what rounding once would have. */
    private static float toOdd(double value) {
        float near = (float) value;
        if (Double.isNaN(value) || near == value) {
            return near;
        }
        int bits = Float.floatToRawIntBits(near);
        return Float.intBitsToFloat((Math.abs((double) near) > Math.abs(value) ? bits - 1 : bits) | 1);
    }

    private static long bfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        return Float.isNaN(value) ? (bits >>> 16) | 0x40 : (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
    }
}
