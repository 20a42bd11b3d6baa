// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import dev.ashlar.internal.schedule.Formula;
import dev.ashlar.internal.tensor.Functions;
import dev.ashlar.internal.tensor.SpecialFunctions;
import dev.ashlar.spi.ScalarOp;

/**
 * Special functions at each element: error functions, gamma functions, Bessel functions and their like. Results have the operand's shape
 * and type; integers are computed in float32. Outside of the domain of a function the result is NaN.
 */
public sealed interface SpecialOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    // ---- error functions --------------------------------------------------------------------------------------------------------

    /** Returns the error function, {@code 2/sqrt(pi)} times the integral of {@code exp(-t^2)} from 0. */
    default Tensor erf() {
        return Functions.apply(
                "erf", ScalarOp.ERF, self(), false, (g, s) -> g.mul(s[0].square().neg().exp().mul(2 / Math.sqrt(Math.PI))));
    }

    /** Returns 1 - erf(this), exact where erf is near 1. */
    default Tensor erfc() {
        return Functions.apply(
                "erfc", Formula.ERFC, self(), false, (g, s) -> g.mul(s[0].square().neg().exp().mul(-2 / Math.sqrt(Math.PI))));
    }

    /** Returns the number whose {@link #erf()} this is; this is in [-1, 1], infinite at the ends. */
    default Tensor erfinv() {
        return Functions.apply("erfinv", Formula.ERFINV, self(), true, (g, s) -> g.mul(s[0].square().exp().mul(Math.sqrt(Math.PI) / 2)));
    }

    // ---- gamma functions --------------------------------------------------------------------------------------------------------

    /** Returns the logarithm of the absolute value of the gamma function; infinite at 0, -1, -2, ... Its gradient is digamma. */
    default Tensor lgamma() {
        return Functions.apply("lgamma", Formula.LGAMMA, self(), false, (g, s) -> g.mul(s[0].digamma()));
    }

    /** Returns the derivative of {@link #lgamma()}; at 0 it is -infinity, at -0.0 infinity, at negative whole numbers NaN. */
    default Tensor digamma() {
        return Functions.apply("digamma", Formula.DIGAMMA, self(), false, (g, s) -> g.mul(s[0].polygamma(1)));
    }

    /**
     * Returns a derivative of {@link #digamma()}; it has poles at 0, -1, -2, ... The second and higher derivatives are NaN below -8.
     *
     * @param order which derivative, &gt;= 0; 0 is digamma itself
     * @throws dev.ashlar.type.InvalidArgumentException if the order is negative
     */
    default Tensor polygamma(int order) {
        return SpecialFunctions.polygamma(self(), order);
    }

    // ---- others -----------------------------------------------------------------------------------------------------------------

    /** Returns the modified Bessel function of the first kind and order 0. */
    default Tensor i0() {
        return Functions.apply("i0", Formula.I0, self(), false, (g, s) -> g.mul(s[0].i1()));
    }

    /** Returns the modified Bessel function of the first kind and order 1. */
    default Tensor i1() {
        return SpecialFunctions.i1(self());
    }

    /** Returns sin(pi this) / (pi this), 1 at 0, where its gradient is 0. */
    default Tensor sinc() {
        return SpecialFunctions.sinc(self());
    }

    /** Returns log(this / (1 - this)); this is in [0, 1], infinite at the ends. */
    default Tensor logit() {
        return SpecialFunctions.logit(self());
    }

    /**
     * Returns {@link #logit()} of this limited to [eps, 1 - eps]; outside the gradient is 0.
     *
     * @param eps negative for no limit
     */
    default Tensor logit(double eps) {
        return eps < 0 ? logit() : SpecialFunctions.logit(self(), eps);
    }
}
