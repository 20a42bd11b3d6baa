// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.oracle;

import dev.ashlar.spi.Expr;
import dev.ashlar.spi.Instruction;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One expression at one point. A value whose operands are exact and whose operation must be correctly rounded is exact; where an
 * operation has a tolerance, the bound travels with the value through everything that is computed from it.
 */
final class ScalarOracle {
    private ScalarOracle() {}

    /**
     * @param expr to evaluate
     * @param leaf gives the values of INPUT, PARAM and AXIS_INDEX
     * @param result the folded value, null where there is none
     * @return the values of all results
     */
    static Scalar[] evaluate(Expr expr, Function<Instruction, Scalar> leaf, @Nullable Scalar result) {
        List<Instruction> steps = expr.instructions();
        Scalar[] values = new Scalar[steps.size()];
        for (int i = 0; i < values.length; i++) {
            Instruction step = steps.get(i);
            values[i] = switch (step.op()) {
                case INPUT, AXIS_INDEX, PARAM -> leaf.apply(step);
                case CONST -> literal(step.type(), step.immediate());
                case RESULT -> {
                    if (result == null) {
                        throw new IllegalArgumentException("RESULT outside of an epilogue");
                    }
                    yield result;
                }
                case CAST -> cast(steps.get(step.a()).type(), values[step.a()], step.type());
                case BITCAST -> bitcast(steps.get(step.a()).type(), values[step.a()], step.type());
                case SELECT -> values[step.a()].n() != 0 ? values[step.b()] : values[step.c()];
                case FMA -> fma(step.type(), values[step.a()], values[step.b()], values[step.c()]);
                default -> step.op().operands() == 1
                        ? unary(step.op(), step.type(), values[step.a()])
                        : binary(step.op(), steps.get(step.a()).type(), values[step.a()], values[step.b()]);
            };
        }
        Scalar[] results = new Scalar[expr.results().size()];
        for (int i = 0; i < results.length; i++) {
            results[i] = values[expr.results().get(i)];
        }
        return results;
    }

    /** Decodes a literal or a run-time scalar, which arrives as a double or a long, and rounds it to its type. */
    static Scalar literal(DType type, long bits) {
        return type.isFloatingPoint()
                ? Scalar.exact(Numbers.round(type, Double.longBitsToDouble(bits)))
                : Scalar.whole(Numbers.wrap(type, bits));
    }

    private static Scalar unary(ScalarOp op, DType type, Scalar a) {
        if (!type.isFloatingPoint()) {
            return Scalar.whole(Numbers.wrap(type, switch (op) {
                case NEG -> -a.n();
                case ABS -> a.n() < 0 ? -a.n() : a.n();
                default -> throw undefined(op, type);
            }));
        }
        double x = a.x();
        double y = function(op, x);
        if (op == ScalarOp.NEG || op == ScalarOp.ABS) {
            return new Scalar(y, 0, a.error(), a.anySign() && op == ScalarOp.NEG);
        }
        if (a.error() == 0) {
            return ErrorBounds.ulps(op) == 0
                    ? Scalar.exact(Numbers.round(type, y))
                    : Scalar.within(y, ErrorBounds.elementwise(op, type, y)).zeroOfAnySign(a.anySign());
        }
        double slack = switch (op) {
            case SIN, COS -> a.error();
            case FLOOR -> throw inexact(op);
            // The others are monotonous.
            default -> Math.max(Math.abs(function(op, x - a.error()) - y), Math.abs(function(op, x + a.error()) - y));
        };
        return Scalar.within(y, slack + ErrorBounds.elementwise(op, type, y) + Numbers.ulp(type, y) / 2);
    }

    private static double function(ScalarOp op, double x) {
        return switch (op) {
            case NEG -> -x;
            case ABS -> Math.abs(x);
            case SQRT -> StrictMath.sqrt(x);
            case EXP -> StrictMath.exp(x);
            case LOG -> StrictMath.log(x);
            case EXPM1 -> StrictMath.expm1(x);
            case LOG1P -> StrictMath.log1p(x);
            case SIN -> StrictMath.sin(x);
            case COS -> StrictMath.cos(x);
            case TANH -> StrictMath.tanh(x);
            case FLOOR -> StrictMath.floor(x);
            case ATAN -> StrictMath.atan(x);
            case ERF -> Erf.of(x);
            default -> throw undefined(op, DType.FLOAT64);
        };
    }

    /** Computes in {@code type}, the operands' type. */
    static Scalar binary(ScalarOp op, DType type, Scalar a, Scalar b) {
        return type.isFloatingPoint() ? floating(op, type, a, b) : Scalar.whole(whole(op, type, a.n(), b.n()));
    }

    private static long whole(ScalarOp op, DType type, long a, long b) {
        boolean bool = type == DType.BOOL;
        int count = (int) (b & type.bytes() * 8L - 1);
        return Numbers.wrap(type, switch (op) {
            case ADD -> bool ? a | b : a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case DIV -> b == 0 ? 0 : b == -1 ? -a : a / b;
            case REM -> b == 0 || b == -1 ? 0 : a % b;
            case MAX -> a > b ? a : b;
            case MIN -> a < b ? a : b;
            case LT -> a < b ? 1 : 0;
            case EQ -> a == b ? 1 : 0;
            case AND -> a & b;
            case OR -> a | b;
            case XOR -> a ^ b;
            case SHL -> a << count;
            case SHR -> a >> count;
            default -> throw undefined(op, type);
        });
    }

    private static Scalar floating(ScalarOp op, DType type, Scalar a, Scalar b) {
        double x = a.x();
        double y = b.x();
        double error = a.error() + b.error();
        boolean free = a.anySign() || b.anySign();
        return switch (op) {
            case LT, EQ -> {
                if (error > 0) {
                    throw inexact(op);
                }
                yield Scalar.bool(op == ScalarOp.LT ? x < y : x == y);
            }
            case MAX, MIN -> {
                if (Double.isNaN(x) || Double.isNaN(y)) {
                    yield Scalar.exact(Double.NaN);
                }
                double chosen = op == ScalarOp.MAX ? Math.max(x, y) : Math.min(x, y);
                // Which of +0 and -0 is larger is left open, as in C and IEEE 754-2008.
                yield new Scalar(chosen, 0, Math.max(a.error(), b.error()), free || x == 0 && y == 0);
            }
            case ADD -> rounded(type, x + y, error).zeroOfAnySign(free);
            case SUB -> rounded(type, x - y, error).zeroOfAnySign(free);
            case MUL -> rounded(type, x * y, productError(a, b)).zeroOfAnySign(free);
            case DIV -> quotient(type, a, b).zeroOfAnySign(free);
            case REM -> {
                if (error > 0) {
                    throw inexact(op);
                }
                yield Scalar.exact(Numbers.round(type, x % y));
            }
            case POW -> {
                if (error > 0) {
                    throw inexact(op);
                }
                double power = power(x, y);
                yield Scalar.within(power, ErrorBounds.elementwise(op, type, power));
            }
            default -> throw undefined(op, type);
        };
    }

    /** Float32 results that were computed in double and then rounded are correctly rounded: 53 >= 2 * 24 + 2 digits. */
    private static Scalar rounded(DType type, double exact, double error) {
        return error == 0 ? Scalar.exact(Numbers.round(type, exact)) : Scalar.within(exact, error + Numbers.ulp(type, exact) / 2);
    }

    private static double productError(Scalar a, Scalar b) {
        double error = 0;
        if (a.error() > 0) {
            error += a.error() * Math.abs(b.x());
        }
        if (b.error() > 0) {
            error += b.error() * Math.abs(a.x());
        }
        return error + a.error() * b.error();
    }

    private static Scalar quotient(DType type, Scalar a, Scalar b) {
        if (b.anySign() || b.error() > 0 && Math.abs(b.x()) <= b.error()) {
            throw inexact(ScalarOp.DIV);
        }
        double q = a.x() / b.x();
        if (a.error() == 0 && b.error() == 0) {
            return Scalar.exact(Numbers.round(type, q));
        }
        double smallestDivisor = Math.abs(b.x()) - b.error();
        return Scalar.within(q, (a.error() + Math.abs(q) * b.error()) / smallestDivisor + Numbers.ulp(type, q) / 2);
    }

    /** Annex F of C99 says 1 where Java says NaN. */
    private static double power(double x, double y) {
        if (x == 1.0 || x == -1.0 && Double.isInfinite(y)) {
            return 1.0;
        }
        return StrictMath.pow(x, y);
    }

    private static Scalar fma(DType type, Scalar a, Scalar b, Scalar c) {
        if (!type.isFloatingPoint()) {
            throw undefined(ScalarOp.FMA, type);
        }
        double error = productError(a, b) + c.error();
        if (error > 0) {
            return rounded(type, a.x() * b.x() + c.x(), error);
        }
        return Scalar.exact(type == DType.FLOAT32
                ? Math.fma((float) a.x(), (float) b.x(), (float) c.x())
                : Math.fma(a.x(), b.x(), c.x()));
    }

    static Scalar cast(DType from, Scalar a, DType to) {
        if (from.isFloatingPoint()) {
            if (to.isFloatingPoint()) {
                boolean narrower = Numbers.precision(to) < Numbers.precision(from) || to == DType.FLOAT16;
                return a.error() == 0
                        ? Scalar.exact(Numbers.round(to, a.x())).zeroOfAnySign(a.anySign())
                        : Scalar.within(a.x(), a.error() + (narrower ? Numbers.ulp(to, a.x()) / 2 : 0));
            }
            if (a.error() > 0) {
                throw inexact(ScalarOp.CAST);
            }
            if (to == DType.BOOL) {
                return Scalar.bool(a.x() != 0);
            }
            double whole = Double.isNaN(a.x()) ? 0 : a.x() < 0 ? Math.ceil(a.x()) : Math.floor(a.x());
            return Scalar.whole(whole <= Numbers.smallest(to) ? Numbers.smallest(to)
                    : whole >= Numbers.largest(to) ? Numbers.largest(to) : (long) whole);
        }
        if (to.isFloatingPoint()) {
            return Scalar.exact(Numbers.round(to, a.n()));
        }
        return to == DType.BOOL ? Scalar.bool(a.n() != 0) : Scalar.whole(Numbers.wrap(to, a.n()));
    }

    private static Scalar bitcast(DType from, Scalar a, DType to) {
        if (a.error() > 0) {
            throw inexact(ScalarOp.BITCAST);
        }
        return Numbers.decode(to, Numbers.encode(from, a));
    }

    private static IllegalArgumentException undefined(ScalarOp op, DType type) {
        return new IllegalArgumentException(op + " is not defined for " + type);
    }

    /** A test that asks for this is badly made: a tiny allowed error could become an arbitrary difference. */
    private static IllegalArgumentException inexact(ScalarOp op) {
        return new IllegalArgumentException(op + " of a value that has a tolerance");
    }
}
