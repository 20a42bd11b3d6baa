// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.suite;

import dev.ashlar.conformance.internal.oracle.Numbers;
import dev.ashlar.conformance.internal.oracle.Scalar;
import dev.ashlar.type.DType;

/** Whether a value that a backend computed is one of those that the oracle allows. */
final class Comparison {
    private Comparison() {}

    /**
     * @param type as stored
     * @param expected what it must be
     * @param bits what the backend stored
     * @param strictSubnormals whether zero is wrong where the expected value is subnormal
     */
    static boolean accepts(DType type, Scalar expected, long bits, boolean strictSubnormals) {
        if (!type.isFloatingPoint()) {
            return bits == (Numbers.encode(type, expected) & mask(type));
        }
        double got = Numbers.decode(type, bits).x();
        double x = expected.x();
        if (Double.isNaN(x) || Double.isNaN(got)) {
            return Double.isNaN(x) && Double.isNaN(got);
        }
        if (!strictSubnormals && got == 0 && x != 0 && Math.abs(x) < Numbers.smallestNormal(type)) {
            return true;
        }
        if (expected.error() == 0) {
            double rounded = Numbers.round(type, x);
            return got == rounded && (rounded != 0 || expected.anySign() || sameSign(got, rounded));
        }
        if (Double.isInfinite(got)) {
            return sameSign(got, x) && Double.isInfinite(Numbers.round(type, Math.abs(x) + expected.error()));
        }
        return Math.abs(got - x) <= expected.error();
    }

    private static boolean sameSign(double a, double b) {
        return Math.copySign(1, a) == Math.copySign(1, b);
    }

    private static long mask(DType type) {
        return type.bytes() == 8 ? -1 : (1L << type.bytes() * 8) - 1;
    }

    /** Returns the error in units in the last place, or -1 where it has no meaning: infinities, NaN and subnormals. */
    static double ulps(DType type, Scalar expected, long bits) {
        double got = Numbers.decode(type, bits).x();
        double x = expected.x();
        boolean finite = !Double.isNaN(x) && !Double.isInfinite(x) && !Double.isNaN(got) && !Double.isInfinite(got);
        return finite && Math.abs(x) >= Numbers.smallestNormal(type) ? Math.abs(got - x) / Numbers.ulp(type, x) : -1;
    }

    /** Returns a stored value for messages. */
    static String show(DType type, long bits) {
        Scalar value = Numbers.decode(type, bits);
        return type.isFloatingPoint() ? type == DType.FLOAT64 ? Double.toString(value.x()) : Float.toString((float) value.x())
                : Long.toString(value.n());
    }

    /** Returns an expected value for messages. */
    static String show(DType type, Scalar value) {
        if (!type.isFloatingPoint()) {
            return Long.toString(value.n());
        }
        String text = type == DType.FLOAT64 || value.error() > 0 ? Double.toString(value.x())
                : Float.toString((float) Numbers.round(type, value.x()));
        return value.error() == 0 ? text : text + " within " + (float) value.error();
    }
}
