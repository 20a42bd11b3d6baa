// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.internal.schedule.Formula;
import dev.ashlar.internal.tensor.Blending;
import dev.ashlar.internal.tensor.Division;
import dev.ashlar.internal.tensor.Functions;
import dev.ashlar.internal.tensor.Pair;
import dev.ashlar.internal.tensor.Primitives;
import dev.ashlar.internal.tensor.Promotion;
import dev.ashlar.internal.tensor.Scaled;
import dev.ashlar.internal.tensor.Tape;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic and limits at each element. Operands broadcast: shapes are aligned at the last dimension, sizes of 1 are repeated. Results
 * have the broadcast shape and the promoted type; integers wrap.
 */
public sealed interface ElementwiseOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    private Tensor number(double value) {
        return Functions.number(self(), value);
    }

    private Tensor number(long value) {
        return Functions.number(self(), value);
    }

    // ---- sums -------------------------------------------------------------------------------------------------------------------

    /** Returns this + other; of bool whether one is true. */
    default Tensor add(Tensor other) {
        return Pair.of("add", self(), other).apply(ScalarOp.ADD, (g, _) -> g, (g, _) -> g, false);
    }

    /** Returns this + number. */
    default Tensor add(double number) {
        return add(number(number));
    }

    /** Returns this + number. */
    default Tensor add(long number) {
        return add(number(number));
    }

    /**
     * Returns this + alpha * other.
     *
     * @param alpha whole where both are of integers
     * @throws dev.ashlar.type.InvalidArgumentException if alpha has a fraction and the result is of integers
     */
    default Tensor add(Tensor other, double alpha) {
        return Scaled.add("add", Pair.of("add", self(), other), alpha);
    }

    /** Returns this - other. */
    default Tensor sub(Tensor other) {
        return Pair.of("sub", self(), other).numbers("use logicalXor(other)").apply(ScalarOp.SUB, (g, _) -> g, (g, _) -> g.neg(), false);
    }

    /** Returns this - number. */
    default Tensor sub(double number) {
        return sub(number(number));
    }

    /** Returns this - number. */
    default Tensor sub(long number) {
        return sub(number(number));
    }

    /**
     * Returns this - alpha * other.
     *
     * @param alpha whole where both are of integers
     * @throws dev.ashlar.type.InvalidArgumentException if alpha has a fraction and the result is of integers
     */
    default Tensor sub(Tensor other, double alpha) {
        return Scaled.sub("sub", Pair.of("sub", self(), other).numbers("use logicalXor(other)"), alpha);
    }

    /** Returns other - this. */
    default Tensor rsub(Tensor other) {
        return rsub(other, 1);
    }

    /** Returns number - this. */
    default Tensor rsub(double number) {
        return number(number).sub(self());
    }

    /** Returns number - this. */
    default Tensor rsub(long number) {
        return number(number).sub(self());
    }

    /**
     * Returns other - alpha * this.
     *
     * @param alpha whole where both are of integers
     */
    default Tensor rsub(Tensor other, double alpha) {
        Pair pair = Pair.of("rsub", self(), other).numbers("use logicalXor(other)");
        return Scaled.sub("rsub", new Pair("rsub", pair.b(), pair.a()), alpha);
    }

    /** Returns -this; of integers it wraps. */
    default Tensor neg() {
        if (self().dtype() == DType.BOOL) {
            throw new DTypeMismatchException("[neg] expected a number type, got bool; use logicalNot()");
        }
        return Tape.record("neg", Primitives.unary("neg", ScalarOp.NEG, self()), of(self()), of(), (g, _) -> g.neg());
    }

    /** Returns this. */
    default Tensor positive() {
        return Functions.numbers("positive", self());
    }

    /** Returns the absolute value; its gradient is the sign, 0 at 0. */
    default Tensor abs() {
        Tensor x = Functions.numbers("abs", self());
        return Tape.record("abs", Primitives.unary("abs", ScalarOp.ABS, x), of(x), of(x), (g, s) -> g.mul(s[0].sign()));
    }

    // ---- products and quotients -------------------------------------------------------------------------------------------------

    /** Returns this * other; of bool whether both are true. */
    default Tensor mul(Tensor other) {
        return Pair.of("mul", self(), other).apply(ScalarOp.MUL, (g, s) -> g.mul(s[1]), (g, s) -> g.mul(s[0]), true);
    }

    /** Returns this * number; beside a 16-bit type the number is not rounded to it first. */
    default Tensor mul(double number) {
        return Scaled.byNumber(self(), number, Tensor::mul);
    }

    /** Returns this * number. */
    default Tensor mul(long number) {
        return self().dtype().isFloatingPoint() ? mul((double) number) : mul(number(number));
    }

    /** Returns this / other as a true quotient: integers are divided in float32. */
    default Tensor div(Tensor other) {
        return Pair.floating("div", self(), other).apply(
                ScalarOp.DIV, (g, s) -> g.div(s[1]), (g, s) -> g.neg().mul(s[0].div(s[1]).div(s[1])), true);
    }

    /** Returns this / number; beside a 16-bit type the number is not rounded to it first. */
    default Tensor div(double number) {
        return Scaled.byNumber(self(), number, Tensor::div);
    }

    /** Returns this / number as a true quotient. */
    default Tensor div(long number) {
        return div((double) number);
    }

    /**
     * Returns the quotient, rounded or not; rounded, integers stay integers and an integer by 0 is 0. The gradient of a rounded quotient
     * is 0.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.div.html">torch.div</a>
     */
    default Tensor div(Tensor other, Rounding rounding) {
        return switch (rounding) {
            case NONE -> div(other);
            case TRUNC -> Division.trunc(Pair.of("div", self(), other));
            case FLOOR -> Division.floor(Pair.of("div", self(), other));
        };
    }

    /** Returns this / number, rounded or not. */
    default Tensor div(double number, Rounding rounding) {
        return div(number(number), rounding);
    }

    /** Returns this / number, rounded or not. */
    default Tensor div(long number, Rounding rounding) {
        return div(number(number), rounding);
    }

    /** Returns the quotient rounded towards minus infinity; an integer divided by 0 gives 0. No gradient flows. */
    default Tensor floorDivide(Tensor other) {
        return Division.floor(Pair.of("floorDivide", self(), other).detached());
    }

    /** Returns the quotient rounded towards minus infinity. */
    default Tensor floorDivide(double number) {
        return floorDivide(number(number));
    }

    /** Returns the quotient rounded towards minus infinity. */
    default Tensor floorDivide(long number) {
        return floorDivide(number(number));
    }

    /**
     * Returns the remainder with the sign of the divisor, {@code a - floor(a / b) * b}; of integers by 0 it is 0.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.remainder.html">torch.remainder</a>
     */
    default Tensor remainder(Tensor other) {
        return Division.remainder(Pair.of("remainder", self(), other));
    }

    /** Returns the remainder with the sign of the number. */
    default Tensor remainder(double number) {
        return remainder(number(number));
    }

    /** Returns the remainder with the sign of the number. */
    default Tensor remainder(long number) {
        return remainder(number(number));
    }

    /** Returns the remainder with the sign of this, {@code a - trunc(a / b) * b}, exact; of integers by 0 it is 0. */
    default Tensor fmod(Tensor other) {
        return Division.fmod(Pair.of("fmod", self(), other));
    }

    /** Returns the remainder with the sign of this. */
    default Tensor fmod(double number) {
        return fmod(number(number));
    }

    /** Returns the remainder with the sign of this. */
    default Tensor fmod(long number) {
        return fmod(number(number));
    }

    /** Returns 1 / this; integers become float32. */
    default Tensor reciprocal() {
        Tensor x = Promotion.floating(self());
        Tensor y = Primitives.binary("reciprocal", ScalarOp.DIV, Primitives.scalarLike(x, 1, x.dtype()), x);
        return Tape.record("reciprocal", y, of(x), of(y), (g, s) -> g.neg().mul(s[0].mul(s[0])));
    }

    // ---- limits -----------------------------------------------------------------------------------------------------------------

    /** Returns the larger operand, NaN if one is NaN; where they are equal each gets half of the gradient. */
    default Tensor maximum(Tensor other) {
        return Pair.of("maximum", self(), other).apply(
                ScalarOp.MAX,
                (g, s) -> Division.shared(g, s[0].lt(s[1]), s[0].eq(s[1])),
                (g, s) -> Division.shared(g, s[1].lt(s[0]), s[0].eq(s[1])),
                true);
    }

    /** Returns the smaller operand, NaN if one is NaN; where they are equal each gets half of the gradient. */
    default Tensor minimum(Tensor other) {
        return Pair.of("minimum", self(), other).apply(
                ScalarOp.MIN,
                (g, s) -> Division.shared(g, s[0].gt(s[1]), s[0].eq(s[1])),
                (g, s) -> Division.shared(g, s[1].gt(s[0]), s[0].eq(s[1])),
                true);
    }

    /** Returns the larger operand, or the one that is no NaN; where they are equal this gets the gradient. */
    default Tensor fmax(Tensor other) {
        Pair pair = Pair.of("fmax", self(), other);
        if (!pair.type().isFloatingPoint()) {
            return maximum(other);
        }
        return pair.apply(
                Formula.FMAX,
                (g, s) -> Functions.masked(s[0].ge(s[1]).logicalOr(s[1].isNan()), g),
                (g, s) -> Functions.masked(s[0].ge(s[1]).logicalOr(s[1].isNan()).logicalNot(), g));
    }

    /** Returns the smaller operand, or the one that is no NaN; where they are equal this gets the gradient. */
    default Tensor fmin(Tensor other) {
        Pair pair = Pair.of("fmin", self(), other);
        if (!pair.type().isFloatingPoint()) {
            return minimum(other);
        }
        return pair.apply(
                Formula.FMIN,
                (g, s) -> Functions.masked(s[0].le(s[1]).logicalOr(s[1].isNan()), g),
                (g, s) -> Functions.masked(s[0].le(s[1]).logicalOr(s[1].isNan()).logicalNot(), g));
    }

    /**
     * Returns values limited to [min, max], NaN unchanged; where min is above max, max. The gradient is 1 inside and at the limits, else
     * 0. Integers become float32.
     */
    default Tensor clamp(double min, double max) {
        return Blending.clamp(self(), number(min), number(max));
    }

    /** Returns values limited to [min, max]; of integers and bool they are integers. */
    default Tensor clamp(long min, long max) {
        return Blending.clamp(self(), number(min), number(max));
    }

    /**
     * Returns values limited to [min, max] at each element. All three broadcast; the result has their promoted type. NaN in any of them
     * gives NaN; where min is above max the result is max. Values outside pass their gradient to the limit that they have become.
     *
     * @param min or null for no lower limit
     * @param max or null for no upper limit
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.clamp.html">torch.clamp</a>
     * @throws dev.ashlar.type.InvalidArgumentException if both are null
     */
    default Tensor clamp(@Nullable Tensor min, @Nullable Tensor max) {
        return Blending.clamp(self(), min, max);
    }

    /** Returns values of at least {@code min}; integers become float32. */
    default Tensor clampMin(double min) {
        return Blending.clamp(self(), number(min), null);
    }

    /** Returns values of at least {@code min}; of integers and bool they are integers. */
    default Tensor clampMin(long min) {
        return Blending.clamp(self(), number(min), null);
    }

    /** Returns values of at most {@code max}; integers become float32. */
    default Tensor clampMax(double max) {
        return Blending.clamp(self(), null, number(max));
    }

    /** Returns values of at most {@code max}; of integers and bool they are integers. */
    default Tensor clampMax(long max) {
        return Blending.clamp(self(), null, number(max));
    }

    // ---- three operands ---------------------------------------------------------------------------------------------------------

    /**
     * Returns {@code this + weight * (end - this)} of floating-point tensors, exactly the ends for weights of 0 and 1: from 0.5 on it is
     * computed as {@code end - (end - this) * (1 - weight)}.
     */
    default Tensor lerp(Tensor end, double weight) {
        return Blending.lerp(self(), end, weight);
    }

    /** Returns {@code this + weight * (end - this)} with a weight for each element; all three broadcast. */
    default Tensor lerp(Tensor end, Tensor weight) {
        return Blending.lerp(self(), end, weight);
    }

    /** Returns {@code this + first * second}; all three broadcast. */
    default Tensor addcmul(Tensor first, Tensor second) {
        return Blending.addcmul(self(), first, second, null);
    }

    /** Returns {@code this + value * first * second}; all three broadcast. In integers the value is truncated. */
    default Tensor addcmul(Tensor first, Tensor second, double value) {
        return Blending.addcmul(self(), first, second, value);
    }

    /** Returns {@code this + value * first * second}; all three broadcast. */
    default Tensor addcmul(Tensor first, Tensor second, long value) {
        return Blending.addcmul(self(), first, second, value);
    }

    /** Returns {@code this + first / second}; all three broadcast. */
    default Tensor addcdiv(Tensor first, Tensor second) {
        return Blending.addcdiv(self(), first, second, null);
    }

    /**
     * Returns {@code this + value * first / second}; all three broadcast.
     *
     * @throws DTypeMismatchException if both dividend and divisor are of integers
     */
    default Tensor addcdiv(Tensor first, Tensor second, double value) {
        return Blending.addcdiv(self(), first, second, value);
    }
}
