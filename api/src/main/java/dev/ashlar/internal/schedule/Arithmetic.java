// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.schedule;

/** Formulas of division, powers and divisors. */
final class Arithmetic {
    private Arithmetic() {}

    /** Of numbers the exact remainder is taken off first, so that the quotient's own rounding cannot cross a whole number. */
    static Term floorDivide(Calculus c, Term[] x) {
        Term a = x[0];
        Term b = x[1];
        Term zero = c.number(0);
        Term remainder = c.rem(a, b);
        Term adjust = c.and(c.not(c.equal(remainder, zero)), c.xor(c.less(b, zero), c.less(remainder, zero)));
        if (!c.isFloatingPoint()) {
            // Division by 0 gives remainder 0 and quotient 0.
            Term quotient = c.div(a, b);
            return c.select(adjust, c.sub(quotient, c.number(1)), quotient);
        }
        Term quotient = c.div(c.sub(a, remainder), b);
        Term corrected = c.select(adjust, c.add(quotient, -1), quotient);
        Term floor = c.floor(corrected);
        Term near = c.select(c.less(0.5, c.sub(corrected, floor)), c.add(floor, 1), floor);
        Term ratio = c.div(a, b);
        Term whole = c.select(c.equal(corrected, zero), c.copySign(zero, ratio), near);
        return c.select(c.equal(b, zero), ratio, whole);
    }

    static Term remainder(Calculus c, Term[] x) {
        Term zero = c.number(0);
        Term remainder = c.rem(x[0], x[1]);
        Term adjust = c.and(c.not(c.equal(remainder, zero)), c.xor(c.less(x[1], zero), c.less(remainder, zero)));
        return c.select(adjust, c.add(remainder, x[1]), remainder);
    }

    /** Scaled by the larger operand, so that no square overflows or vanishes; infinite if one is, as in C. */
    static Term hypot(Calculus c, Term[] x) {
        Term a = c.abs(x[0]);
        Term b = c.abs(x[1]);
        Term large = c.max(a, b);
        Term ratio = c.div(c.min(a, b), large);
        Term result = c.mul(large, c.sqrt(c.add(c.square(ratio), 1)));
        Term infinity = c.number(Double.POSITIVE_INFINITY);
        Term flat = c.select(c.equal(large, 0), large, result);
        return c.select(c.or(c.equal(a, infinity), c.equal(b, infinity)), infinity, flat);
    }

    static Term integerPower(Calculus c, Term[] x) {
        Term base = x[0];
        Term exponent = x[1];
        Term zero = c.number(0);
        Term one = c.number(1);
        Term result = one;
        Term square = base;
        for (int bit = 0; bit < c.width() - 1; bit++) {
            Term clear = c.equal(c.and(exponent, c.whole(1L << bit)), zero);
            result = c.select(clear, result, c.mul(result, square));
            square = c.square(square);
        }
        // The lowest bit says whether a negative exponent is odd too.
        Term odd = c.equal(c.and(exponent, one), one);
        Term minusOne = c.number(-1);
        Term unit = c.select(c.equal(base, minusOne), c.select(odd, minusOne, one), zero);
        return c.select(c.less(exponent, zero), c.select(c.equal(base, one), one, unit), result);
    }

    /**
     * Euclid's algorithm; the longest runs are those of neighbouring Fibonacci numbers, 45 divisions of 31 bits and 90 of 63. Two
     * steps more take the smallest numbers of the types in, whose magnitudes have a bit more.
     */
    static Term gcd(Calculus c, Term first, Term second) {
        Term a = first;
        Term b = second;
        int steps = c.width() == 64 ? 92 : 46;
        for (int i = 0; i < steps; i++) {
            // a - a / b * b is a where b is 0, because dividing by 0 gives 0.
            Term rest = c.sub(a, c.mul(c.div(a, b), b));
            a = b;
            b = rest;
        }
        return c.abs(c.or(a, b));
    }

    /** Dividing by 0 gives 0, which is what the multiple of 0 and 0 is. */
    static Term lcm(Calculus c, Term[] x) {
        return c.abs(c.mul(c.div(x[0], gcd(c, x[0], x[1])), x[1]));
    }
}
