// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.schedule;

/**
 * Formulas of exponentials, logarithms, hyperbolic and inverse trigonometric functions. Each avoids the cancellation and the overflow that
 * its definition has; special values are those of C.
 */
final class Exponentials {
    private static final double LN_2 = 0.693147180559945309417;

    private Exponentials() {}

    /** A whole power of two, exact, times the exponential of what is left; two factors, because one may overflow alone. */
    static Term exp2(Calculus c, Term[] x) {
        return exp2(c, x[0]);
    }

    private static Term exp2(Calculus c, Term x) {
        double limit = c.single() ? 252 : 2040;
        Term limited = c.max(c.min(x, c.number(limit)), c.number(-limit));
        Term nearest = c.round(limited);
        // NaN must not become an integer: which one is the backend's business.
        Term safe = c.select(c.isNan(x), c.number(0), nearest);
        Term half = c.floor(c.mul(safe, 0.5));
        Term low = c.powerOfTwo(c.toWhole(half));
        Term high = c.powerOfTwo(c.toWhole(c.sub(safe, half)));
        return c.mul(c.mul(c.exp(c.mul(c.sub(limited, nearest), LN_2)), low), high);
    }

    /** The exponent, exact, plus the logarithm of a fraction between sqrt(1/2) and sqrt(2). */
    static Term log2(Calculus c, Term[] x) {
        Term tiny = c.less(x[0], c.single() ? 0x1p-126 : 0x1p-1022);
        Term normal = c.select(tiny, c.mul(x[0], 0x1p64), x[0]);
        Term bits = c.bits(normal);
        int fraction = c.fractionBits();
        Term one = c.whole((long) c.exponentBias() << fraction);
        Term scaled = c.fromBits(c.or(c.and(bits, c.whole((1L << fraction) - 1)), one));
        Term large = c.less(1.4142135623730951, scaled);
        Term mantissa = c.select(large, c.mul(scaled, 0.5), scaled);
        Term exponent = c.add(c.toNumber(c.shiftRight(bits, fraction)), -c.exponentBias());
        Term raised = c.select(large, c.add(exponent, 1), exponent);
        Term whole = c.select(tiny, c.add(raised, -64), raised);
        Term result = c.add(c.mul(c.log(mantissa), 1 / LN_2), whole);
        return c.select(ordinary(c, x[0]), result, c.log(x[0]));
    }

    private static Term ordinary(Calculus c, Term x) {
        return c.and(c.less(0, x), c.less(x, Double.POSITIVE_INFINITY));
    }

    /** The natural logarithm in another unit; whole where the operand is a power of ten that the type can hold. */
    static Term log10(Calculus c, Term[] x) {
        Term result = c.mul(c.log(x[0]), 0.43429448190325182765);
        int bits = c.single() ? 4 : 5;
        int last = c.single() ? 10 : 22;
        Term whole = c.round(result);
        Term inRange = c.and(c.less(-0.5, whole), c.less(whole, last + 0.5));
        Term exponent = c.toWhole(c.select(inRange, whole, c.number(0)));
        Term power = c.number(1);
        for (int i = 0; i < bits; i++) {
            Term clear = c.equal(c.and(exponent, c.whole(1L << i)), c.whole(0));
            power = c.select(clear, power, c.mul(power, Math.pow(10, 1 << i)));
        }
        return c.select(c.and(inRange, c.equal(power, x[0])), whole, result);
    }

    // ---- hyperbolic functions ---------------------------------------------------------------------------------------------------

    static Term sinh(Calculus c, Term[] x) {
        Term size = c.abs(x[0]);
        Term small = c.expm1(size);
        Term near = c.mul(c.add(small, c.div(small, c.add(small, 1))), 0.5);
        Term root = c.exp(c.mul(size, 0.5));
        Term far = c.mul(c.mul(root, 0.5), root);
        return c.copySign(c.select(c.less(size, 20), near, far), x[0]);
    }

    static Term cosh(Calculus c, Term[] x) {
        Term size = c.abs(x[0]);
        Term power = c.exp(size);
        Term near = c.mul(c.add(power, c.div(1, power)), 0.5);
        Term root = c.exp(c.mul(size, 0.5));
        Term far = c.mul(c.mul(root, 0.5), root);
        return c.select(c.less(size, 20), near, far);
    }

    static Term asinh(Calculus c, Term[] x) {
        Term size = c.abs(x[0]);
        Term square = c.square(size);
        Term near = c.log1p(c.add(size, c.div(square, c.add(c.sqrt(c.add(square, 1)), 1))));
        Term far = c.add(c.log(size), LN_2);
        return c.copySign(c.select(c.less(size, 0x1p28), near, far), x[0]);
    }

    static Term acosh(Calculus c, Term[] x) {
        Term above = c.add(x[0], -1);
        Term near = c.log1p(c.add(above, c.sqrt(c.mul(above, c.add(above, 2)))));
        Term far = c.add(c.log(x[0]), LN_2);
        Term result = c.select(c.less(x[0], 0x1p28), near, far);
        return c.select(c.less(x[0], 1), c.number(Double.NaN), result);
    }

    static Term atanh(Calculus c, Term[] x) {
        Term size = c.abs(x[0]);
        Term result = c.mul(c.log1p(c.div(c.add(size, size), c.sub(1, size))), 0.5);
        return c.copySign(result, x[0]);
    }

    static Term logAddExp(Calculus c, Term[] x) {
        Term larger = c.max(x[0], x[1]);
        Term result = c.add(larger, c.log1p(c.exp(c.neg(c.abs(c.sub(x[0], x[1]))))));
        return c.select(bothInfinite(c, x), x[0], result);
    }

    static Term logAddExp2(Calculus c, Term[] x) {
        Term larger = c.max(x[0], x[1]);
        Term smaller = exp2(c, c.neg(c.abs(c.sub(x[0], x[1]))));
        Term result = c.add(larger, c.mul(c.log1p(smaller), 1 / LN_2));
        return c.select(bothInfinite(c, x), x[0], result);
    }

    /** Whether both are the same infinity, whose difference is NaN. */
    private static Term bothInfinite(Calculus c, Term[] x) {
        return c.and(c.equal(x[0], x[1]), c.equal(c.abs(x[0]), Double.POSITIVE_INFINITY));
    }

    // ---- inverse trigonometric functions ----------------------------------------------------------------------------------------

    static Term asin(Calculus c, Term[] x) {
        return c.atan(c.div(x[0], c.sqrt(c.mul(c.sub(1, x[0]), c.add(x[0], 1)))));
    }

    static Term acos(Calculus c, Term[] x) {
        return c.mul(c.atan(c.sqrt(c.div(c.sub(1, x[0]), c.add(x[0], 1)))), 2);
    }

    static Term atan2(Calculus c, Term[] x) {
        Term height = c.abs(x[0]);
        Term width = c.abs(x[1]);
        Term zero = c.number(0);
        Term same = c.equal(height, width);
        Term diagonal = c.select(c.equal(height, zero), zero, c.number(Math.PI / 4));
        Term angle = c.select(same, diagonal, c.atan(c.div(height, width)));
        return c.copySign(c.select(c.signBit(x[1]), c.sub(Math.PI, angle), angle), x[0]);
    }
}
