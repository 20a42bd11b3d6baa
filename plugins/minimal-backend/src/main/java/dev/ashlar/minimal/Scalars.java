// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.minimal;

import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;

/**
 * Step 5: the scalar operations, in the encoding of {@link Interpreter}. Arithmetic occurs in float64, float32, int64, int32 and bool
 * only; float32 is computed in double and rounded once, which for + - * / and square root gives the correctly rounded float.
 */
final class Scalars {
    private Scalars() {}

    static long unary(ScalarOp op, DType type, long a) {
        if (!type.isFloatingPoint()) {
            return switch (op) {
                case NEG -> wrap(type, -a);
                case ABS -> wrap(type, Math.abs(a));
                default -> throw new IllegalArgumentException(op + " is not defined for " + type);
            };
        }
        double x = Double.longBitsToDouble(a);
        return encode(type, switch (op) {
            case NEG -> -x;
            case ABS -> Math.abs(x);
            case SQRT -> Math.sqrt(x);
            case EXP -> StrictMath.exp(x);
            case LOG -> StrictMath.log(x);
            case EXPM1 -> StrictMath.expm1(x);
            case LOG1P -> StrictMath.log1p(x);
            case SIN -> StrictMath.sin(x);
            case COS -> StrictMath.cos(x);
            case TANH -> StrictMath.tanh(x);
            case FLOOR -> Math.floor(x);
            default -> throw new IllegalArgumentException(op + " is not a unary operation");
        });
    }

    /** Computes in {@code type}, the type of both operands; comparisons give 0 or 1. */
    static long binary(ScalarOp op, DType type, long a, long b) {
        if (type.isFloatingPoint()) {
            return floating(op, type, Double.longBitsToDouble(a), Double.longBitsToDouble(b));
        }
        int mask = type.bytes() * 8 - 1;
        return wrap(type, switch (op) {
            case ADD -> type == DType.BOOL ? a | b : a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            // Java traps division by zero; its division and remainder of the smallest value by -1 already wrap.
            case DIV -> b == 0 ? 0 : a / b;
            case REM -> b == 0 ? 0 : a % b;
            case MAX -> Math.max(a, b);
            case MIN -> Math.min(a, b);
            case LT -> a < b ? 1 : 0;
            case EQ -> a == b ? 1 : 0;
            case AND -> a & b;
            case OR -> a | b;
            case XOR -> a ^ b;
            case SHL -> a << (b & mask);
            case SHR -> a >> (b & mask);
            default -> throw new IllegalArgumentException(op + " is not defined for " + type);
        });
    }

    private static long floating(ScalarOp op, DType type, double x, double y) {
        return switch (op) {
            case LT -> x < y ? 1 : 0;
            case EQ -> x == y ? 1 : 0;
            case ADD -> encode(type, x + y);
            case SUB -> encode(type, x - y);
            case MUL -> encode(type, x * y);
            case DIV -> encode(type, x / y);
            case REM -> encode(type, x % y);
            case POW -> encode(type, pow(x, y));
            case MAX -> encode(type, Math.max(x, y));
            case MIN -> encode(type, Math.min(x, y));
            default -> throw new IllegalArgumentException(op + " is not defined for " + type);
        };
    }

    /** C99 and Java differ: 1 to any power, and -1 to an infinite power, are 1 in C99. */
    private static double pow(double x, double y) {
        return x == 1 || x == -1 && Double.isInfinite(y) ? 1 : StrictMath.pow(x, y);
    }

    static long fma(DType type, long a, long b, long c) {
        double x = Double.longBitsToDouble(a);
        double y = Double.longBitsToDouble(b);
        double z = Double.longBitsToDouble(c);
        // Not through double: x * y + z rounded to double and then to float is rounded twice.
        return encode(type, type == DType.FLOAT32 ? Math.fma((float) x, (float) y, (float) z) : Math.fma(x, y, z));
    }

    static long cast(DType from, long value, DType to) {
        if (from.isFloatingPoint()) {
            double x = Double.longBitsToDouble(value);
            return switch (to) {
                case BOOL -> x != 0 ? 1 : 0;
                case UINT8 -> Math.clamp((long) x, 0, 255);
                case INT8 -> Math.clamp((long) x, Byte.MIN_VALUE, Byte.MAX_VALUE);
                case INT16 -> Math.clamp((long) x, Short.MIN_VALUE, Short.MAX_VALUE);
                case INT32 -> (int) x;
                case INT64 -> (long) x;
                default -> encode(to, x);
            };
        }
        return switch (to) {
            case BOOL -> value != 0 ? 1 : 0;
            case FLOAT64 -> Double.doubleToRawLongBits(value);
            case FLOAT32 -> Double.doubleToRawLongBits((float) value);
            case FLOAT16, BFLOAT16 -> encode(to, roundToOdd(value));
            default -> wrap(to, value);
        };
    }

    /** Rounds to the type. */
    static long encode(DType type, double x) {
        return Double.doubleToRawLongBits(switch (type) {
            case FLOAT32 -> (float) x;
            case FLOAT16 -> round(x, 11, -14, 65504);
            case BFLOAT16 -> round(x, 8, -126, 0x1.FEp127);
            default -> x;
        });
    }

    /**
     * Rounds to nearest even in a format with this many significant bits. Going through float would round twice: 1 + 2^-11 + 2^-40
     * becomes the halfway case 1 + 2^-11 as float, and then 1 as float16.
     */
    private static double round(double x, int digits, int smallestExponent, double largest) {
        if (x == 0 || Double.isNaN(x) || Double.isInfinite(x)) {
            return x;
        }
        double unit = Math.scalb(1.0, Math.max(Math.getExponent(x), smallestExponent) - digits + 1);
        double rounded = Math.rint(x / unit) * unit;
        return Math.abs(rounded) > largest ? Math.copySign(Double.POSITIVE_INFINITY, x) : rounded;
    }

    /** Returns a double that every format with fewer digits rounds as it would the integer: a lost remainder sets the last bit. */
    private static double roundToOdd(long value) {
        if (Math.abs(value) < 1L << 53 && value != Long.MIN_VALUE) {
            return value;
        }
        long kept = value & -2048;
        return kept == value ? value : kept | 2048;
    }

    /** Keeps as many low bits as the type has. */
    private static long wrap(DType type, long value) {
        return Elements.fromBits(type, value);
    }
}
