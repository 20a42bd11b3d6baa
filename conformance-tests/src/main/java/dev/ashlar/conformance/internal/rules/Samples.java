// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.rules;

import dev.ashlar.conformance.internal.oracle.Numbers;
import dev.ashlar.conformance.internal.oracle.Scalar;
import dev.ashlar.conformance.internal.suite.Filler;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import java.util.List;

/** Values at which implementations go wrong. As data, so that a new trap is one number. */
final class Samples {
    private static final double INF = Double.POSITIVE_INFINITY;

    /** Special values of every floating type: zeros, ones, infinities, NaN, powers and neighbours. */
    private static final double[] FLOATING = {
        0.0, -0.0, 1, -1, 0.5, -0.5, 2, -2, 3, -3, 1.5, -1.5, 2.5, 0.1, -0.7, 7, 100, -100, 1e-3, 3.1415926535897931, INF, -INF, Double.NaN
    };
    private static final long[] WHOLE = {0, 1, -1, 2, -2, 3, 7, -7, 10, 31, 32, 33, 63, 64, 65, -31, -64, 255, 0x5555_5555L, 1_000_003};
    /** Arguments at which a function or its usual approximation changes its manner. */
    private static final double[] EXP = {88.7, 88.8, -87.3, -103, -104, 1e-8, -1e-8, 0.34657, -0.34658, 20, -20, 700, -700};
    private static final double[] LOG = {1 - 0x1p-24, 1 + 0x1p-23, 0.70710677, 0.7071068, 1.4142135, 1e-30, 1e30, 2.718281828};
    private static final double[] LOG1P = {-0.999, -1, -1 - 0x1p-23, 1e-8, -1e-8, 1e-20, 0.4142, -0.2929, 1e30};
    private static final double[] EXPM1 = {1e-8, -1e-8, 1e-20, 0.3465, -0.3466, -17.5, -20, 88.7, -88, 0.01};
    private static final double[] TRIGONOMETRIC = {0.78539816, 1.57079632, 3.1415927, 6.2831853, -4.712389, 22, 355, 1000.5, 8192.7, 48039};
    private static final double[] TANH = {1e-8, 1e-20, 0.0004, 0.55, 0.625, 8.5, 9.1, -9.1, 20, -20, 88, 0.1};
    private static final double[] FLOOR = {8388607.5, -8388607.5, 8388608, 16777216, -0.25, 0.99999994, 1e10, -1e10};

    private Samples() {}

    /** Special values of the operation first, then random ones from where it is interesting. */
    static Filler unary(ScalarOp op) {
        double[] own = switch (op) {
            case EXP -> EXP;
            case LOG, SQRT -> LOG;
            case LOG1P -> LOG1P;
            case EXPM1 -> EXPM1;
            case SIN, COS -> TRIGONOMETRIC;
            case TANH, ATAN, ERF -> TANH;
            case FLOOR -> FLOOR;
            default -> new double[] {1e30, -1e30, 16777217};
        };
        return (type, element, random) -> {
            if (!type.isFloatingPoint()) {
                return whole(type, element, random.nextLong());
            }
            if (element < FLOATING.length) {
                return Scalar.exact(FLOATING[element]);
            }
            if (element < FLOATING.length + own.length) {
                return Scalar.exact(own[element - FLOATING.length]);
            }
            if (element == FLOATING.length + own.length) {
                return Scalar.exact(Numbers.largestFinite(type));
            }
            boolean positive = op == ScalarOp.LOG || op == ScalarOp.SQRT;
            double sign = positive || random.nextBoolean() ? 1 : -1;
            double value = switch (random.nextInt(3)) {
                case 0 -> random.nextDouble() * 2;
                case 1 -> random.nextDouble() * (op == ScalarOp.EXP || op == ScalarOp.EXPM1 ? 87 : 10);
                default -> Math.scalb(1 + random.nextDouble(), random.nextInt(40) - 30);
            };
            return Scalar.exact(op == ScalarOp.LOG1P && sign < 0 ? -(value % 1) : sign * value);
        };
    }

    /** Returns how many elements cover the special values and leave room for random ones. */
    static int unaryCount() {
        return FLOATING.length + 1000;
    }

    /**
     * Every special value against every other, then random pairs.
     *
     * @param operand 0 or 1
     */
    static Filler pairs(int operand) {
        return (type, element, random) -> {
            int count = specials(type);
            long drawn = random.nextLong();
            if (element >= count * count) {
                return type.isFloatingPoint() ? Filler.ANY.next(type, element, random) : Scalar.whole(Numbers.wrap(type, drawn));
            }
            int which = operand == 0 ? element / count : element % count;
            return special(type, which);
        };
    }

    /** Returns how many elements cover all pairs of special values of a type and leave room for random ones. */
    static int pairCount(DType type) {
        return specials(type) * specials(type) + 500;
    }

    /**
     * All triples of a few special values, then random ones.
     *
     * @param operand 0 to 2
     */
    static Filler triples(int operand) {
        double[] few = {0.0, -0.0, 1, -1.5, 1 + 0x1p-12, 0x1p-24, INF, -INF, Double.NaN, 3e38};
        int n = few.length;
        return (type, element, random) -> element < n * n * n
                ? Scalar.exact(few[operand == 0 ? element / (n * n) : operand == 1 ? element / n % n : element % n])
                : Filler.ANY.next(type, element, random);
    }

    static int tripleCount() {
        return 1500;
    }

    private static int specials(DType type) {
        return type == DType.BOOL ? 2 : type.isFloatingPoint() ? FLOATING.length + 2 : WHOLE.length + 4;
    }

    private static Scalar special(DType type, int which) {
        if (type == DType.BOOL) {
            return Scalar.whole(which);
        }
        if (type.isFloatingPoint()) {
            return Scalar.exact(which < FLOATING.length ? FLOATING[which]
                    : which == FLOATING.length ? Numbers.largestFinite(type) : -Numbers.largestFinite(type));
        }
        if (which < WHOLE.length) {
            return Scalar.whole(Numbers.wrap(type, WHOLE[which]));
        }
        List<Long> edges = List.of(
                Numbers.smallest(type), Numbers.largest(type), Numbers.smallest(type) + 1, Numbers.largest(type) - 1);
        return Scalar.whole(edges.get(which - WHOLE.length));
    }

    private static Scalar whole(DType type, int element, long drawn) {
        return element < specials(type) ? special(type, element) : Scalar.whole(type == DType.BOOL ? drawn & 1 : Numbers.wrap(type, drawn));
    }
}
