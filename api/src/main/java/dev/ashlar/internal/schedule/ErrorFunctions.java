// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.schedule;

import dev.ashlar.spi.ScalarOp;

/**
 * Formulas of the complementary and the inverse error function.
 *
 * <p>Sources: W. J. Cody, <a href="https://doi.org/10.1090/S0025-5718-1969-0247736-4">Rational Chebyshev approximations for the error
 * function</a> (1969), the intervals up to 4 and beyond. M. J. Wichura, <a href="https://doi.org/10.2307/2347330">Algorithm AS 241: The
 * percentage points of the normal distribution</a> (1988), PPND16, whose quantile is sqrt(2) times the inverse error function.
 */
final class ErrorFunctions {
    private static final double[] CODY_C = {
        2.15311535474403846e-8,
        5.64188496988670089e-1,
        8.88314979438837594e0,
        6.61191906371416295e1,
        2.98635138197400131e2,
        8.81952221241769090e2,
        1.71204761263407058e3,
        2.05107837782607147e3,
        1.23033935479799725e3
    };
    private static final double[] CODY_D = {
        1,
        1.57449261107098347e1,
        1.17693950891312499e2,
        5.37181101862009858e2,
        1.62138957456669019e3,
        3.29079923573345963e3,
        4.36261909014324716e3,
        3.43936767414372164e3,
        1.23033935480374942e3
    };
    private static final double[] CODY_P = {
        1.63153871373020978e-2,
        3.05326634961232344e-1,
        3.60344899949804439e-1,
        1.25781726111229246e-1,
        1.60837851487422766e-2,
        6.58749161529837803e-4
    };
    private static final double[] CODY_Q = {
        1,
        2.56852019228982242e0,
        1.87295284992346725e0,
        5.27905102951428412e-1,
        6.05183413124413191e-2,
        2.33520497626869185e-3
    };
    private static final double[] MIDDLE_A = {
        2.5090809287301226727e3,
        3.3430575583588128105e4,
        6.7265770927008700853e4,
        4.5921953931549871457e4,
        1.3731693765509461125e4,
        1.9715909503065514427e3,
        1.3314166789178437745e2,
        3.3871328727963666080e0
    };
    private static final double[] MIDDLE_B = {
        5.2264952788528545610e3,
        2.8729085735721942674e4,
        3.9307895800092710610e4,
        2.1213794301586595867e4,
        5.3941960214247511077e3,
        6.8718700749205790830e2,
        4.2313330701600911252e1,
        1.0
    };
    private static final double[] TAIL_C = {
        7.74545014278341407640e-4,
        2.27238449892691845833e-2,
        2.41780725177450611770e-1,
        1.27045825245236838258e0,
        3.64784832476320460504e0,
        5.76949722146069140550e0,
        4.63033784615654529590e0,
        1.42343711074968357734e0
    };
    private static final double[] TAIL_D = {
        1.05075007164441684324e-9,
        5.47593808499534494600e-4,
        1.51986665636164571966e-2,
        1.48103976427480074590e-1,
        6.89767334985100004550e-1,
        1.67638483018380384940e0,
        2.05319162663775882187e0,
        1.0
    };
    private static final double[] END_E = {
        2.01033439929228813265e-7,
        2.71155556874348757815e-5,
        1.24266094738807843860e-3,
        2.65321895265761230930e-2,
        2.96560571828504891230e-1,
        1.78482653991729133580e0,
        5.46378491116411436990e0,
        6.65790464350110377720e0
    };
    private static final double[] END_F = {
        2.04426310338993978564e-15,
        1.42151175831644588870e-7,
        1.84631831751005468180e-5,
        7.86869131145613259100e-4,
        1.48753612908506148525e-2,
        1.36929880922735805310e-1,
        5.99832206555887937690e-1,
        1.0
    };

    private ErrorFunctions() {}

    static Term erfc(Calculus c, Term[] x) {
        Term size = c.abs(x[0]);
        // Beyond this the result is 0 in both types.
        Term y = c.min(size, c.number(30));
        Term middle = c.div(c.polynomial(y, CODY_C), c.polynomial(y, CODY_D));
        Term inverse = c.div(1, c.square(y));
        Term rest = c.mul(inverse, c.div(c.polynomial(inverse, CODY_P), c.polynomial(inverse, CODY_Q)));
        Term far = c.div(c.sub(0.56418958354775628695, rest), y);
        // The square's rounding error would be multiplied by the square: a head of few bits squares exactly.
        Term head = c.mul(c.floor(c.mul(y, 16)), 0.0625);
        Term tail = c.mul(c.sub(y, head), c.add(y, head));
        Term power = c.mul(c.exp(c.neg(c.square(head))), c.exp(c.neg(tail)));
        Term upper = c.mul(power, c.select(c.less(y, 4), middle, far));
        Term outer = c.select(c.less(x[0], 0), c.sub(2, upper), upper);
        return c.select(c.less(size, 0.46875), c.sub(1, c.apply(ScalarOp.ERF, x[0])), outer);
    }

    static Term erfinv(Calculus c, Term[] x) {
        Term size = c.abs(x[0]);
        Term half = c.mul(x[0], 0.5);
        Term near = c.sub(0.180625, c.square(half));
        Term middle = c.mul(half, c.div(c.polynomial(near, MIDDLE_A), c.polynomial(near, MIDDLE_B)));
        Term root = c.sqrt(c.neg(c.log(c.mul(c.sub(1, size), 0.5))));
        Term left = c.add(root, -1.6);
        Term tail = c.div(c.polynomial(left, TAIL_C), c.polynomial(left, TAIL_D));
        Term right = c.add(root, -5);
        Term end = c.div(c.polynomial(right, END_E), c.polynomial(right, END_F));
        Term outer = c.copySign(c.select(c.less(root, 5), tail, end), x[0]);
        Term result = c.mul(c.select(c.less(size, 0.85), middle, outer), 0.70710678118654752440);
        Term infinity = c.copySign(c.number(Double.POSITIVE_INFINITY), x[0]);
        return c.select(c.equal(size, 1), infinity, result);
    }
}
