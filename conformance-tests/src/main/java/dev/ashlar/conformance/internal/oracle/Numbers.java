// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.oracle;

import dev.ashlar.type.DType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Bytes, values and roundings of the ten storage types. */
public final class Numbers {
    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private Numbers() {}

    /** Returns the bit pattern at a byte position, zero-extended. */
    public static long bitsAt(DType type, byte[] memory, long position) {
        int at = Math.toIntExact(position);
        return switch (type.bytes()) {
            case 1 -> memory[at] & 0xFFL;
            case 2 -> (short) SHORTS.get(memory, at) & 0xFFFFL;
            case 4 -> (int) INTS.get(memory, at) & 0xFFFFFFFFL;
            default -> (long) LONGS.get(memory, at);
        };
    }

    public static void putBits(DType type, byte[] memory, long position, long bits) {
        int at = Math.toIntExact(position);
        switch (type.bytes()) {
            case 1 -> memory[at] = (byte) bits;
            case 2 -> SHORTS.set(memory, at, (short) bits);
            case 4 -> INTS.set(memory, at, (int) bits);
            default -> LONGS.set(memory, at, bits);
        }
    }

    /** Returns the exact value of a bit pattern. */
    public static Scalar decode(DType type, long bits) {
        return switch (type) {
            case FLOAT64 -> Scalar.of(type, Double.longBitsToDouble(bits));
            case FLOAT32 -> Scalar.of(type, Float.intBitsToFloat((int) bits));
            case FLOAT16 -> Scalar.of(type, Float.float16ToFloat((short) bits));
            case BFLOAT16 -> Scalar.of(type, Float.intBitsToFloat((int) bits << 16));
            default -> Scalar.of(type, wrap(type, bits));
        };
    }

    /** Returns the bit pattern of a value, which is rounded to the type first. */
    public static long encode(DType type, Scalar value) {
        return switch (type) {
            case FLOAT64 -> Double.doubleToLongBits(value.x());
            case FLOAT32 -> Float.floatToIntBits((float) value.x()) & 0xFFFFFFFFL;
            case FLOAT16 -> Float.floatToFloat16(oddFloat(value.x())) & 0xFFFFL;
            case BFLOAT16 -> brainBits(oddFloat(value.x()));
            default -> value.n();
        };
    }

    public static void put(DType type, byte[] memory, long position, Scalar value) {
        putBits(type, memory, position, encode(type, value));
    }

    /** Rounds to nearest even in a floating type, once. */
    public static double round(DType type, double x) {
        return switch (type) {
            case FLOAT32 -> (float) x;
            case FLOAT16 -> Float.float16ToFloat(Float.floatToFloat16(oddFloat(x)));
            case BFLOAT16 -> Float.intBitsToFloat((int) brainBits(oddFloat(x)) << 16);
            default -> x;
        };
    }

    /** Returns a whole number rounded once to nearest even in a floating type. */
    public static double round(DType type, long n) {
        if (type == DType.FLOAT64) {
            return n;
        }
        if (type == DType.FLOAT32) {
            return (float) n;
        }
        return round(type, oddDouble(n));
    }

    /** Keeps as many low bits of a whole number as the type has; bool is 0 or 1. */
    public static long wrap(DType type, long n) {
        return switch (type) {
            case INT32 -> (int) n;
            case INT16 -> (short) n;
            case INT8 -> (byte) n;
            case UINT8 -> n & 0xFF;
            case BOOL -> n & 1;
            default -> n;
        };
    }

    public static long smallest(DType type) {
        return switch (type) {
            case INT64 -> Long.MIN_VALUE;
            case INT32 -> Integer.MIN_VALUE;
            case INT16 -> Short.MIN_VALUE;
            case INT8 -> Byte.MIN_VALUE;
            default -> 0;
        };
    }

    public static long largest(DType type) {
        return switch (type) {
            case INT64 -> Long.MAX_VALUE;
            case INT32 -> Integer.MAX_VALUE;
            case INT16 -> Short.MAX_VALUE;
            case INT8 -> Byte.MAX_VALUE;
            case UINT8 -> 255;
            default -> 1;
        };
    }

    /** Returns the number of significant bits of a floating type, the hidden one included. */
    public static int precision(DType type) {
        return switch (type) {
            case FLOAT64 -> 53;
            case FLOAT32 -> 24;
            case FLOAT16 -> 11;
            default -> 8;
        };
    }

    /** Returns the smallest positive normal number of a floating type. */
    public static double smallestNormal(DType type) {
        return Math.scalb(1.0, smallestExponent(type));
    }

    /** Returns the largest finite number of a floating type. */
    public static double largestFinite(DType type) {
        int exponent = type == DType.FLOAT64 ? 1023 : type == DType.FLOAT16 ? 15 : 127;
        return Math.scalb(2.0 - Math.scalb(1.0, 1 - precision(type)), exponent);
    }

    /** Returns the distance between neighbours of a floating type near {@code x}; subnormals have the spacing of the smallest normal. */
    public static double ulp(DType type, double x) {
        double finite = Math.min(Math.abs(x), largestFinite(type));
        return Math.scalb(1.0, Math.max(Math.getExponent(finite), smallestExponent(type)) - precision(type) + 1);
    }

    private static int smallestExponent(DType type) {
        return type == DType.FLOAT64 ? -1022 : type == DType.FLOAT16 ? -14 : -126;
    }

    /**
     * Returns a float that every narrower format rounds as it would the double. Where the double lies between two floats the one with
     * the odd last bit is taken; it can never be mistaken for a halfway case of the narrower format.
     */
    private static float oddFloat(double x) {
        float nearest = (float) x;
        if (nearest == x || Double.isNaN(x)) {
            return nearest;
        }
        float towardsZero = Math.abs(nearest) > Math.abs(x) ? Math.nextAfter(nearest, 0.0) : nearest;
        return Float.intBitsToFloat(Float.floatToRawIntBits(towardsZero) | 1);
    }

    private static double oddDouble(long n) {
        if (n == Long.MIN_VALUE) {
            return n;
        }
        int surplus = 64 - Long.numberOfLeadingZeros(Math.abs(n)) - 53;
        if (surplus <= 0) {
            return n;
        }
        long kept = Math.abs(n) >>> surplus << surplus;
        long odd = kept == Math.abs(n) ? kept : kept | 1L << surplus;
        return n < 0 ? -(double) odd : odd;
    }

    private static long brainBits(float x) {
        if (Float.isNaN(x)) {
            return 0x7FC0;
        }
        int bits = Float.floatToRawIntBits(x);
        return (bits + 0x7FFF + (bits >>> 16 & 1)) >>> 16;
    }
}
