// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.schedule;

/**
 * Formulas of the modified Bessel functions of the first kind and orders 0 and 1: the power series, all of whose terms are positive
 * (<a href="https://dlmf.nist.gov/10.25.E2">DLMF 10.25.2</a>), and far out the asymptotic series
 * (<a href="https://dlmf.nist.gov/10.40.E1">DLMF 10.40.1</a>).
 */
final class BesselFunctions {
    private BesselFunctions() {}

    static Term i(Calculus c, Term x, int order) {
        // At this distance the smallest term of the asymptotic series is below half a unit in the last place.
        double border = c.single() ? 10 : 20;
        int terms = c.single() ? 26 : 48;
        Term size = c.abs(x);
        Term near = c.min(size, c.number(border));
        // In units of the border, so that the coefficients neither vanish nor overflow.
        Term square = c.square(c.mul(near, 1 / border));
        double unit = border * border / 4;
        double[] coefficients = new double[terms];
        double coefficient = 1;
        for (int k = 0; k < terms; k++) {
            coefficients[terms - 1 - k] = coefficient;
            coefficient *= unit / ((k + 1.0) * (k + 1.0 + order));
        }
        Term series = c.polynomial(square, coefficients);
        Term small = order == 0 ? series : c.mul(c.mul(series, near), 0.5);
        int length = c.single() ? 12 : 26;
        double[] asymptotic = new double[length];
        double factor = 1;
        for (int k = 0; k < length; k++) {
            asymptotic[length - 1 - k] = factor;
            double odd = 2 * k + 1;
            factor *= -(4.0 * order * order - odd * odd) / (8.0 * (k + 1));
        }
        Term far = c.max(size, c.number(border));
        Term sum = c.polynomial(c.div(1, far), asymptotic);
        // The exponential in two halves: the result is finite a little longer than it is.
        Term root = c.exp(c.mul(far, 0.5));
        Term large = c.mul(c.mul(root, c.div(sum, c.sqrt(c.mul(far, 2 * Math.PI)))), root);
        Term result = c.select(c.less(size, border), small, c.select(c.equal(size, Double.POSITIVE_INFINITY), size, large));
        return order == 0 ? result : c.copySign(result, x);
    }
}
