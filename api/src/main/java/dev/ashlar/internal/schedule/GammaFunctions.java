// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.schedule;

import dev.ashlar.spi.ScalarOp;

/**
 * Formulas of the gamma function's relatives. Small arguments are moved by the recurrence, a fixed number of steps; large ones have the
 * asymptotic series; negative ones are reflected.
 *
 * <p>Sources: S. L. Moshier, Methods and Programs for Mathematical Functions (1989), for the logarithm of gamma between 2 and 3 and beyond
 * 13. <a href="https://dlmf.nist.gov/5">DLMF 5.5, 5.11 and 5.15</a> for digamma and trigamma; <a href="https://dlmf.nist.gov/25.11">DLMF
 * 25.11.28</a> (Euler and Maclaurin) for Hurwitz's zeta.
 */
final class GammaFunctions {
    private static final double[] STIRLING = {
        8.11614167470508450300e-4,
        -5.95061904284301438324e-4,
        7.93650340457716943945e-4,
        -2.77777777730099687205e-3,
        8.33333333333331927722e-2
    };
    private static final double[] NEAR_B = {
        -1.37825152569120859100e3,
        -3.88016315134637840924e4,
        -3.31612992738871184744e5,
        -1.16237097492762307383e6,
        -1.72173700820839662146e6,
        -8.53555664245765465627e5
    };
    private static final double[] NEAR_C = {
        1,
        -3.51815701436523470549e2,
        -1.70642106651881159223e4,
        -2.20528590553854454839e5,
        -1.13933444367982507207e6,
        -2.53252307177582951285e6,
        -2.01889141433532773231e6
    };
    private static final double HALF_LOG_TWO_PI = 0.91893853320467274178;
    /** Bernoulli numbers of even index from 2 on. */
    private static final double[] BERNOULLI = {
        1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6, -3617.0 / 510, 43867.0 / 798, -174611.0 / 330
    };
    /** Terms of zeta's sum before the rest has a series; from -8 on arguments are 12 then. */
    private static final int TERMS = 20;
    /** From here on the asymptotic series of eight terms are good to the last bit. */
    private static final int SHIFT = 10;

    private GammaFunctions() {}

    static Term lgamma(Calculus c, Term[] x) {
        Term size = c.abs(x[0]);
        Term positive = positive(c, size);
        Term sine = c.abs(c.sinPi(size));
        Term reflected = c.sub(c.sub(c.log(c.div(Math.PI, sine)), c.log(size)), positive);
        Term infinity = c.number(Double.POSITIVE_INFINITY);
        Term pole = c.and(c.not(c.less(0, x[0])), c.equal(size, c.floor(size)));
        Term result = c.select(c.less(x[0], 0), reflected, positive);
        return c.select(c.or(pole, c.equal(size, infinity)), infinity, result);
    }

    /** Below 13 the argument goes down to [2, 3) factor by factor, or up by at most two. */
    private static Term positive(Calculus c, Term x) {
        Term low = x;
        Term product = c.number(1);
        for (int i = 0; i < 10; i++) {
            Term down = c.not(c.less(low, 3));
            Term next = c.add(low, -1);
            product = c.select(down, c.mul(product, next), product);
            low = c.select(down, next, low);
        }
        for (int i = 0; i < 2; i++) {
            Term up = c.less(low, 2);
            product = c.select(up, c.div(product, low), product);
            low = c.select(up, c.add(low, 1), low);
        }
        Term above = c.add(low, -2);
        Term near = c.add(c.log(product), c.mul(above, c.div(c.polynomial(above, NEAR_B), c.polynomial(above, NEAR_C))));
        Term inverse = c.div(1, x);
        Term series = c.mul(c.polynomial(c.square(inverse), STIRLING), inverse);
        Term far = c.add(c.add(c.sub(c.mul(c.add(x, -0.5), c.log(x)), x), HALF_LOG_TWO_PI), series);
        return c.select(c.less(x, 13), near, far);
    }

    static Term digamma(Calculus c, Term[] x) {
        Term zero = c.number(0);
        Term negative = c.less(x[0], zero);
        Term y = c.select(negative, c.sub(1, x[0]), x[0]);
        Term shifted = c.add(y, SHIFT);
        Term sum = c.div(1, c.add(y, SHIFT - 1));
        for (int k = SHIFT - 2; k >= 0; k--) {
            sum = c.add(sum, c.div(1, k == 0 ? y : c.add(y, k)));
        }
        Term inverse = c.div(1, shifted);
        double[] coefficients = new double[8];
        for (int k = 1; k <= 8; k++) {
            coefficients[8 - k] = BERNOULLI[k - 1] / (2 * k);
        }
        Term square = c.square(inverse);
        Term series = c.add(c.mul(c.polynomial(square, coefficients), square), c.mul(inverse, 0.5));
        Term positive = c.sub(c.sub(c.log(shifted), series), sum);
        Term turn = c.mul(c.sub(x[0], c.round(x[0])), Math.PI);
        Term reflected = c.sub(positive, c.div(c.mul(c.cos(turn), Math.PI), c.sin(turn)));
        Term pole = c.and(negative, c.equal(x[0], c.floor(x[0])));
        Term result = c.select(pole, c.number(Double.NaN), c.select(negative, reflected, positive));
        Term infinity = c.number(Double.POSITIVE_INFINITY);
        Term atZero = c.copySign(infinity, c.neg(x[0]));
        return c.select(c.equal(x[0], zero), atZero, c.select(c.equal(x[0], infinity), infinity, result));
    }

    /**
     * The sum over k of (x + k)^-s for whole s above 1. Arguments below 0 are reflected for s = 2; for others the first terms reach above
     * 0 from -8 on.
     */
    static Term zeta(Calculus c, Term[] x) {
        Term at = x[0];
        Term order = x[1];
        Term zero = c.number(0);
        Term negative = c.and(c.less(at, 0.5), c.equal(order, 2));
        Term y = c.select(negative, c.sub(1, at), at);
        Term power = c.neg(order);
        Term last = c.add(y, TERMS);
        Term tail = c.apply(ScalarOp.POW, last, power);
        Term sum = c.mul(tail, 0.5);
        for (int k = TERMS - 1; k >= 0; k--) {
            sum = c.add(sum, c.apply(ScalarOp.POW, k == 0 ? y : c.add(y, k), power));
        }
        sum = c.add(sum, c.div(c.mul(tail, last), c.add(order, -1)));
        Term inverse = c.div(1, last);
        Term square = c.square(inverse);
        Term factor = c.mul(c.mul(tail, order), inverse);
        double factorial = 2;
        for (int k = 1; k <= BERNOULLI.length; k++) {
            sum = c.add(sum, c.mul(factor, BERNOULLI[k - 1] / factorial));
            factor = c.mul(c.mul(c.mul(factor, c.add(order, 2 * k - 1)), c.add(order, 2 * k)), square);
            factorial *= (2 * k + 1) * (2 * k + 2);
        }
        Term sine = c.sin(c.mul(c.sub(at, c.round(at)), Math.PI));
        Term reflected = c.sub(c.div(Math.PI * Math.PI, c.square(sine)), sum);
        Term result = c.select(negative, reflected, sum);
        Term infinity = c.number(Double.POSITIVE_INFINITY);
        Term pole = c.and(c.not(c.less(zero, at)), c.equal(at, c.floor(at)));
        Term known = c.select(c.and(c.less(at, -8), c.not(negative)), c.number(Double.NaN), result);
        return c.select(c.equal(at, infinity), zero, c.select(pole, infinity, known));
    }
}
