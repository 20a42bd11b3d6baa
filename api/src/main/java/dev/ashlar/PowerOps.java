// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.internal.schedule.Formula;
import dev.ashlar.internal.tensor.Functions;
import dev.ashlar.internal.tensor.Pair;
import dev.ashlar.internal.tensor.Powers;
import dev.ashlar.internal.tensor.Primitives;
import dev.ashlar.internal.tensor.Promotion;
import dev.ashlar.internal.tensor.Tape;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;

/**
 * Powers, roots, exponentials and logarithms at each element. Operands broadcast; functions other than powers of integers compute
 * integers in float32. Outside of the domain of a function the result is NaN.
 */
public sealed interface PowerOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    // ---- powers -----------------------------------------------------------------------------------------------------------------

    /**
     * Returns this to a power, as C's pow; both broadcast. Integers to integers are integers, which wrap; to a negative power they are 0,
     * except of 1 and -1. The gradient of this is 0 where the exponent is 0, that of the exponent is 0 where the base is 0 and the exponent
     * not negative.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.pow.html">torch.pow</a>
     */
    default Tensor pow(Tensor exponent) {
        return Powers.pow(Pair.of("pow", self(), exponent).numbers("cast, for example with to(DType.INT64)"));
    }

    /** Returns this to a power; 2, 3, 0.5, 1, 0 and -1 are products, roots and quotients. Integers become float32. */
    default Tensor pow(double exponent) {
        return Powers.pow(Promotion.floating(self()), exponent);
    }

    /**
     * Returns this to a whole power; integers stay integers, bool becomes int64.
     *
     * @throws dev.ashlar.type.InvalidArgumentException if this is of integers and the power negative
     */
    default Tensor pow(long exponent) {
        return self().dtype().isFloatingPoint() ? pow((double) exponent) : Powers.whole(self(), exponent);
    }

    /** Returns a number to the power of this; of integers in float32. */
    default Tensor rpow(double base) {
        return Functions.number(self(), base).pow(self());
    }

    /** Returns a whole number to the power of this; of integers an integer. */
    default Tensor rpow(long base) {
        return Functions.number(self(), base).pow(self());
    }

    /** Returns this to a power, computed in float64; both broadcast. */
    default Tensor floatPower(Tensor exponent) {
        return Powers.pow(Pair.in("floatPower", self(), exponent, DType.FLOAT64));
    }

    /** Returns this to a power, computed in float64. */
    default Tensor floatPower(double exponent) {
        return self().to(DType.FLOAT64).pow(exponent);
    }

    /** Returns this * this; of bool in int64. */
    default Tensor square() {
        Tensor x = self().to(Promotion.withLong(self().dtype()));
        Tensor y = Primitives.binary("square", ScalarOp.MUL, x, x);
        return Tape.record("square", y, of(x), of(x), (g, s) -> g.mul(s[0].mul(2.0)));
    }

    /** Returns the square root; the gradient at 0 is infinite. */
    default Tensor sqrt() {
        return Functions.apply("sqrt", ScalarOp.SQRT, self(), true, (g, s) -> g.div(s[0].mul(2.0)));
    }

    /** Returns 1 / sqrt(this). */
    default Tensor rsqrt() {
        return Functions.apply("rsqrt", Formula.RSQRT, self(), true, (g, s) -> g.mul(-0.5).mul(s[0].square().mul(s[0])));
    }

    // ---- exponentials -----------------------------------------------------------------------------------------------------------

    /** Returns e to the power of this. */
    default Tensor exp() {
        return Functions.apply("exp", ScalarOp.EXP, self(), true, (g, s) -> g.mul(s[0]));
    }

    /** Returns 2 to the power of this; whole powers are exact. */
    default Tensor exp2() {
        return Functions.apply("exp2", Formula.EXP2, self(), true, (g, s) -> g.mul(s[0].mul(Math.log(2))));
    }

    /** Returns exp(this) - 1, exact near 0. */
    default Tensor expm1() {
        return Functions.apply("expm1", ScalarOp.EXPM1, self(), true, (g, s) -> g.mul(s[0].add(1.0)));
    }

    // ---- logarithms -------------------------------------------------------------------------------------------------------------

    /** Returns the natural logarithm: -infinity at 0. */
    default Tensor log() {
        return Functions.apply("log", ScalarOp.LOG, self(), false, (g, s) -> g.div(s[0]));
    }

    /** Returns log(1 + this), exact near 0. */
    default Tensor log1p() {
        return Functions.apply("log1p", ScalarOp.LOG1P, self(), false, (g, s) -> g.div(s[0].add(1.0)));
    }

    /** Returns the logarithm to base 2; that of a whole power of 2 is exact. */
    default Tensor log2() {
        return Functions.apply("log2", Formula.LOG2, self(), false, (g, s) -> g.div(s[0].mul(Math.log(2))));
    }

    /** Returns the logarithm to base 10; that of a whole power of 10 is exact. */
    default Tensor log10() {
        return Functions.apply("log10", Formula.LOG10, self(), false, (g, s) -> g.div(s[0].mul(Math.log(10))));
    }

    /** Returns log(exp(this) + exp(other)), without overflow; both broadcast and are of floating point. */
    default Tensor logaddexp(Tensor other) {
        return Pair.of("logaddexp", self(), other).floats().apply(
                Formula.LOGADDEXP,
                (g, s) -> g.div(s[1].sub(s[0]).exp().add(1.0)),
                (g, s) -> g.div(s[0].sub(s[1]).exp().add(1.0)));
    }

    /** Returns log2(2^this + 2^other), without overflow; both broadcast and are of floating point. */
    default Tensor logaddexp2(Tensor other) {
        return Pair.of("logaddexp2", self(), other).floats().apply(
                Formula.LOGADDEXP2,
                (g, s) -> g.div(s[1].sub(s[0]).exp2().add(1.0)),
                (g, s) -> g.div(s[0].sub(s[1]).exp2().add(1.0)));
    }

    /** Returns this * log(other), 0 where this is 0 and the other no NaN; both broadcast. */
    default Tensor xlogy(Tensor other) {
        return Pair.floating("xlogy", self(), other).apply(
                Formula.XLOGY,
                (g, s) -> Functions.masked(s[0].ne(0.0).logicalOr(s[1].le(0.0).logicalNot()), g.xlogy(s[1])),
                (g, s) -> g.mul(s[0]).div(s[1]));
    }

    /** Returns this * log(other), 0 where this is 0. */
    default Tensor xlogy(double other) {
        return xlogy(Functions.number(self(), other));
    }
}
