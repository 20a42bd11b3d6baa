// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.schedule;

/**
 * Formulas of sin(pi x) / (pi x) and its derivatives. In those the quotients cancel near 0, where the power series is exact.
 */
final class SincFunctions {
    /** Below this the series of so many terms is good to the last bit, above it the quotients lose few. */
    private static final double NEAR = 0.75;

    private static final int TERMS = 9;

    private SincFunctions() {}

    static Term value(Calculus c, Term[] x) {
        Term angle = c.mul(x[0], Math.PI);
        return c.select(c.equal(x[0], 0), c.number(1), c.div(c.sin(angle), angle));
    }

    static Term slope(Calculus c, Term[] x) {
        Term angle = c.mul(x[0], Math.PI);
        Term near = c.mul(c.polynomial(c.square(angle), series(1)), angle);
        Term far = c.div(c.sub(c.cos(angle), c.div(c.sin(angle), angle)), angle);
        return c.mul(c.select(c.less(c.abs(angle), NEAR), near, far), Math.PI);
    }

    static Term curvature(Calculus c, Term[] x) {
        Term angle = c.mul(x[0], Math.PI);
        Term near = c.polynomial(c.square(angle), series(2));
        Term value = c.div(c.sin(angle), angle);
        Term slope = c.div(c.sub(c.cos(angle), value), angle);
        Term far = c.neg(c.add(value, c.mul(c.div(slope, angle), 2)));
        return c.mul(c.select(c.less(c.abs(angle), NEAR), near, far), Math.PI * Math.PI);
    }

    /** Returns the coefficients of a derivative of sin(u) / u, from u^(2k - 2) on every second, the highest first. */
    private static double[] series(int derivative) {
        double[] coefficients = new double[TERMS];
        double factorial = 1;
        for (int k = 1; k <= TERMS; k++) {
            factorial *= 2.0 * k * (2 * k + 1);
            double factor = derivative == 1 ? 2.0 * k : 2.0 * k * (2 * k - 1);
            coefficients[TERMS - k] = (k % 2 == 0 ? factor : -factor) / factorial;
        }
        return coefficients;
    }
}
