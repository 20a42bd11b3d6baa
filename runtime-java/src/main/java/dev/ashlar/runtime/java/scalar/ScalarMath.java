// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.scalar;

import dev.ashlar.runtime.java.device.Conversions;
import dev.ashlar.runtime.java.device.SpecialFunctions;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;

/** What each scalar operation means, one method per arithmetic type. Values are 64 bits as {@link Conversions} describes them. */
final class ScalarMath {
    private ScalarMath() {}

    /** Applies an operation on operands of {@code type}; the operands that it does not have are ignored. */
    static long apply(ScalarOp op, DType type, long a, long b, long c) {
        return switch (type) {
            case FLOAT64 -> {
                double x = Double.longBitsToDouble(a);
                double y = Double.longBitsToDouble(b);
                yield switch (op) {
                    case LT -> x < y ? 1 : 0;
                    case EQ -> x == y ? 1 : 0;
                    default -> Double.doubleToRawLongBits(float64(op, x, y, Double.longBitsToDouble(c)));
                };
            }
            case FLOAT32 -> {
                float x = Float.intBitsToFloat((int) a);
                float y = Float.intBitsToFloat((int) b);
                yield switch (op) {
                    case LT -> x < y ? 1 : 0;
                    case EQ -> x == y ? 1 : 0;
                    default -> Float.floatToRawIntBits(float32(op, x, y, Float.intBitsToFloat((int) c)));
                };
            }
            case INT64 -> int64(op, a, b);
            case INT32 -> int32(op, (int) a, (int) b);
            case BOOL -> bool(op, a != 0, b != 0) ? 1 : 0;
            default -> throw new IllegalArgumentException(op + " on " + type);
        };
    }

    private static double float64(ScalarOp op, double x, double y, double z) {
        return switch (op) {
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
            case ATAN -> StrictMath.atan(x);
            case ERF -> SpecialFunctions.erf(x);
            case ADD -> x + y;
            case SUB -> x - y;
            case MUL -> x * y;
            case DIV -> x / y;
            case REM -> x % y;
            case POW -> SpecialFunctions.pow(x, y);
            case MAX -> Math.max(x, y);
            case MIN -> Math.min(x, y);
            case FMA -> Math.fma(x, y, z);
            default -> throw new IllegalArgumentException(op + " on float64");
        };
    }

    // Functions are evaluated in double and rounded once more, which is well within their bounds.
    private static float float32(ScalarOp op, float x, float y, float z) {
        return switch (op) {
            case ADD -> x + y;
            case SUB -> x - y;
            case MUL -> x * y;
            case DIV -> x / y;
            case REM -> x % y;
            case MAX -> Math.max(x, y);
            case MIN -> Math.min(x, y);
            case FMA -> Math.fma(x, y, z);
            default -> (float) float64(op, x, y, z);
        };
    }

    private static long int64(ScalarOp op, long x, long y) {
        return switch (op) {
            case NEG -> -x;
            case ABS -> Math.abs(x);
            case ADD -> x + y;
            case SUB -> x - y;
            case MUL -> x * y;
            case DIV -> y == 0 ? 0 : x / y;
            case REM -> y == 0 ? 0 : x % y;
            case MAX -> Math.max(x, y);
            case MIN -> Math.min(x, y);
            case LT -> x < y ? 1 : 0;
            case EQ -> x == y ? 1 : 0;
            case AND -> x & y;
            case OR -> x | y;
            case XOR -> x ^ y;
            case SHL -> x << y;
            case SHR -> x >> y;
            default -> throw new IllegalArgumentException(op + " on int64");
        };
    }

    private static int int32(ScalarOp op, int x, int y) {
        return switch (op) {
            case NEG -> -x;
            case ABS -> Math.abs(x);
            case ADD -> x + y;
            case SUB -> x - y;
            case MUL -> x * y;
            case DIV -> y == 0 ? 0 : x / y;
            case REM -> y == 0 ? 0 : x % y;
            case MAX -> Math.max(x, y);
            case MIN -> Math.min(x, y);
            case LT -> x < y ? 1 : 0;
            case EQ -> x == y ? 1 : 0;
            case AND -> x & y;
            case OR -> x | y;
            case XOR -> x ^ y;
            case SHL -> x << y;
            case SHR -> x >> y;
            default -> throw new IllegalArgumentException(op + " on int32");
        };
    }

    private static boolean bool(ScalarOp op, boolean x, boolean y) {
        return switch (op) {
            case ADD, MAX, OR -> x | y;
            case MUL, MIN, AND -> x & y;
            case XOR -> x ^ y;
            case LT -> !x & y;
            case EQ -> x == y;
            default -> throw new IllegalArgumentException(op + " on bool");
        };
    }
}
