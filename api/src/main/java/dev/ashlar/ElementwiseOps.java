// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.internal.tensor.Blending;
import dev.ashlar.internal.tensor.Primitives;
import dev.ashlar.internal.tensor.Promotion;
import dev.ashlar.internal.tensor.Tape;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic and functions at each element. Operands broadcast: shapes are aligned at the last dimension, sizes of 1 are repeated.
 * Results have the broadcast shape and the promoted type; functions of integers are computed in float32.
 */
public sealed interface ElementwiseOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    private static Tensor binary(String name, ScalarOp op, Tensor a, Tensor b, Tape.Rule left, Tape.Rule right, boolean saves) {
        Tensor y = Primitives.binary(name, op, a, b);
        return Tape.record(name, y, of(a, b), saves ? of(a, b) : of(), left, right);
    }

    private Tensor number(double value) {
        return Primitives.scalarLike(self(), value, Promotion.withDouble(self().dtype()));
    }

    private Tensor number(long value) {
        DType type = Promotion.withLong(self().dtype());
        return type.isFloatingPoint() ? Primitives.scalarLike(self(), (double) value, type) : Primitives.scalarOf(self(), value, type);
    }

    // ---- arithmetic -------------------------------------------------------------------------------------------------------------

    /** Returns this + other. */
    default Tensor add(Tensor other) {
        Tensor b0 = Primitives.onDeviceOf("add", self(), other);
        DType type = Promotion.of(self(), b0);
        Tensor a = self().to(type);
        Tensor b = b0.to(type);
        return binary("add", ScalarOp.ADD, a, b, (g, _) -> Tape.sumTo(g, a.shape()), (g, _) -> Tape.sumTo(g, b.shape()), false);
    }

    default Tensor add(double number) {
        return add(number(number));
    }

    default Tensor add(long number) {
        return add(number(number));
    }

    /** Returns this - other. */
    default Tensor sub(Tensor other) {
        Tensor b0 = Primitives.onDeviceOf("sub", self(), other);
        DType type = Promotion.of(self(), b0);
        Tensor a = self().to(type);
        Tensor b = b0.to(type);
        return binary("sub", ScalarOp.SUB, a, b, (g, _) -> Tape.sumTo(g, a.shape()), (g, _) -> Tape.sumTo(g.neg(), b.shape()), false);
    }

    default Tensor sub(double number) {
        return sub(number(number));
    }

    default Tensor sub(long number) {
        return sub(number(number));
    }

    /** Returns number - this. */
    default Tensor rsub(double number) {
        return number(number).sub(self());
    }

    /** Returns this * other. */
    default Tensor mul(Tensor other) {
        Tensor b0 = Primitives.onDeviceOf("mul", self(), other);
        DType type = Promotion.of(self(), b0);
        Tensor a = self().to(type);
        Tensor b = b0.to(type);
        return binary(
                "mul",
                ScalarOp.MUL,
                a,
                b,
                (g, s) -> Tape.sumTo(g.mul(s[1]), a.shape()),
                (g, s) -> Tape.sumTo(g.mul(s[0]), b.shape()),
                true);
    }

    default Tensor mul(double number) {
        return mul(number(number));
    }

    default Tensor mul(long number) {
        return mul(number(number));
    }

    /** Returns this / other as a true quotient: integers are divided in float32. */
    default Tensor div(Tensor other) {
        Tensor b0 = Primitives.onDeviceOf("div", self(), other);
        DType type = Promotion.withDouble(Promotion.of(self(), b0));
        Tensor a = self().to(type);
        Tensor b = b0.to(type);
        return binary(
                "div",
                ScalarOp.DIV,
                a,
                b,
                (g, s) -> Tape.sumTo(g.div(s[1]), a.shape()),
                (g, s) -> Tape.sumTo(g.neg().mul(s[0]).div(s[1].mul(s[1])), b.shape()),
                true);
    }

    default Tensor div(double number) {
        return div(number(number));
    }

    default Tensor div(long number) {
        return div(number(number));
    }

    /** Returns the quotient rounded towards minus infinity; an integer divided by zero gives 0. */
    default Tensor floorDivide(Tensor other) {
        Tensor b0 = Primitives.onDeviceOf("floorDivide", self(), other);
        DType type = Promotion.of(self(), b0);
        Tensor a = Primitives.detached(self().to(type));
        Tensor b = Primitives.detached(b0.to(type));
        Tensor remainder = a.remainder(b);
        Tensor quotient = Primitives.binary("floorDivide", ScalarOp.DIV, Primitives.binary("floorDivide", ScalarOp.SUB, a, remainder), b);
        return type.isFloatingPoint() ? quotient.round() : quotient;
    }

    /**
     * Returns the remainder with the sign of the divisor, {@code a - floor(a / b) * b}.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.remainder.html">torch.remainder</a>
     */
    default Tensor remainder(Tensor other) {
        Tensor b0 = Primitives.onDeviceOf("remainder", self(), other);
        DType type = Promotion.of(self(), b0);
        Tensor a = self().to(type);
        Tensor b = b0.to(type);
        Tensor truncated = Primitives.binary("remainder", ScalarOp.REM, a, b);
        Tensor zero = Primitives.scalarOf(a, 0, type);
        Tensor signsDiffer = truncated.lt(zero).ne(Primitives.detached(b).lt(zero)).logicalAnd(truncated.ne(zero));
        Tensor y = Primitives.select("remainder", signsDiffer, Primitives.binary("remainder", ScalarOp.ADD, truncated, b), truncated);
        return Tape.record(
                "remainder",
                y,
                of(a, b),
                of(a, b),
                (g, _) -> Tape.sumTo(g, a.shape()),
                (g, s) -> Tape.sumTo(g.neg().mul(Primitives.detached(s[0]).div(Primitives.detached(s[1])).floor()), b.shape()));
    }

    default Tensor remainder(double number) {
        return remainder(number(number));
    }

    /** Returns -this; of integers it wraps. */
    default Tensor neg() {
        if (self().dtype() == DType.BOOL) {
            throw new DTypeMismatchException("[neg] expected a number type, got bool; use logicalNot()");
        }
        return Tape.record("neg", Primitives.unary("neg", ScalarOp.NEG, self()), of(self()), of(), (g, _) -> g.neg());
    }

    /** Returns the absolute value; its gradient is the sign, 0 at 0. */
    default Tensor abs() {
        Tensor x = self();
        return Tape.record("abs", Primitives.unary("abs", ScalarOp.ABS, x), of(x), of(x), (g, s) -> g.mul(s[0].sign()));
    }

    /** Returns -1, 0 or 1; of NaN 0, as in PyTorch. No gradient flows. */
    default Tensor sign() {
        Tensor x = Primitives.detached(self());
        Tensor zero = Primitives.scalarOf(x, 0, x.dtype());
        return x.gt(zero).to(x.dtype()).sub(x.lt(zero).to(x.dtype()));
    }

    /**
     * Returns this to a power, as C's pow. The gradient with respect to the exponent is 0 where the base is 0 and the exponent is not
     * negative.
     */
    default Tensor pow(Tensor exponent) {
        Tensor b0 = Primitives.onDeviceOf("pow", self(), exponent);
        DType type = Promotion.withDouble(Promotion.of(self(), b0));
        Tensor a = self().to(type);
        Tensor b = b0.to(type);
        Tensor y = Primitives.binary("pow", ScalarOp.POW, a, b);
        return Tape.record(
                "pow",
                y,
                of(a, b),
                of(a, b, y),
                (g, s) -> {
                    Tensor slope = s[1].mul(s[0].pow(s[1].sub(1.0)));
                    Tensor zero = Primitives.scalarOf(s[1], 0, type);
                    return Tape.sumTo(g.mul(s[1].eq(zero).where(zero, slope)), a.shape());
                },
                (g, s) -> {
                    Tensor zero = Primitives.scalarOf(s[0], 0, type);
                    Tensor flat = s[0].eq(zero).logicalAnd(s[1].ge(zero));
                    return Tape.sumTo(g.mul(flat.where(zero, s[2].mul(s[0].log()))), b.shape());
                });
    }

    /** Returns this to a power; 2, 3, 0.5, 1, 0 and -1 are products, roots and quotients. */
    default Tensor pow(double exponent) {
        Tensor x = Promotion.floating(self());
        if (exponent == 2) {
            return x.square();
        }
        if (exponent == 1) {
            return Primitives.scalarLike(x, 1, x.dtype()).mul(x);
        }
        if (exponent == 3) {
            return x.square().mul(x);
        }
        if (exponent == 0.5) {
            return x.sqrt();
        }
        if (exponent == -1) {
            return x.reciprocal();
        }
        if (exponent == 0) {
            return Primitives.full(x.shape(), 1.0, x.dtype(), Primitives.runtimeOf(x));
        }
        Tensor power = Primitives.scalarLike(x, exponent, x.dtype());
        Tensor y = Primitives.binary("pow", ScalarOp.POW, x, power);
        return Tape.record("pow", y, of(x), of(x), (g, s) -> g.mul(s[0].pow(exponent - 1).mul(exponent)));
    }

    default Tensor pow(long exponent) {
        if (self().dtype().isFloatingPoint()) {
            return pow((double) exponent);
        }
        if (exponent < 0) {
            throw new dev.ashlar.type.InvalidArgumentException(
                    "[pow] expected an exponent >= 0 for " + self().dtype() + ", got " + exponent + "; cast to a floating-point type");
        }
        Tensor result = Primitives.full(self().shape(), 1L, Promotion.withLong(self().dtype()), Primitives.runtimeOf(self()));
        for (long i = 0; i < exponent; i++) {
            result = result.mul(self());
        }
        return result;
    }

    /** Returns this * this. */
    default Tensor square() {
        Tensor x = self();
        Tensor y = Primitives.binary("square", ScalarOp.MUL, x, x);
        return Tape.record("square", y, of(x), of(x), (g, s) -> g.mul(s[0].mul(2.0)));
    }

    default Tensor sqrt() {
        return function("sqrt", ScalarOp.SQRT, true, (g, s) -> g.div(s[0].mul(2.0)));
    }

    /** Returns 1 / sqrt(this). */
    default Tensor rsqrt() {
        return self().sqrt().reciprocal();
    }

    /** Returns 1 / this. */
    default Tensor reciprocal() {
        Tensor x = Promotion.floating(self());
        Tensor y = Primitives.binary("reciprocal", ScalarOp.DIV, Primitives.scalarLike(x, 1, x.dtype()), x);
        return Tape.record("reciprocal", y, of(x), of(y), (g, s) -> g.neg().mul(s[0].mul(s[0])));
    }

    // ---- functions --------------------------------------------------------------------------------------------------------------

    /** Records a function with one operand; the rule reads the result or the operand. */
    private Tensor function(String name, ScalarOp op, boolean savesResult, Tape.Rule rule) {
        Tensor x = Promotion.floating(self());
        Tensor y = Primitives.unary(name, op, x);
        return Tape.record(name, y, of(x), of(savesResult ? y : x), rule);
    }

    default Tensor exp() {
        return function("exp", ScalarOp.EXP, true, (g, s) -> g.mul(s[0]));
    }

    /** Returns exp(this) - 1, exact near 0. */
    default Tensor expm1() {
        return function("expm1", ScalarOp.EXPM1, true, (g, s) -> g.mul(s[0].add(1.0)));
    }

    /** Returns the natural logarithm. */
    default Tensor log() {
        return function("log", ScalarOp.LOG, false, (g, s) -> g.div(s[0]));
    }

    /** Returns log(1 + this), exact near 0. */
    default Tensor log1p() {
        return function("log1p", ScalarOp.LOG1P, false, (g, s) -> g.div(s[0].add(1.0)));
    }

    default Tensor log2() {
        return self().log().mul(1 / Math.log(2));
    }

    default Tensor log10() {
        return self().log().mul(1 / Math.log(10));
    }

    default Tensor sin() {
        return function("sin", ScalarOp.SIN, false, (g, s) -> g.mul(s[0].cos()));
    }

    default Tensor cos() {
        return function("cos", ScalarOp.COS, false, (g, s) -> g.neg().mul(s[0].sin()));
    }

    default Tensor tan() {
        return self().sin().div(self().cos());
    }

    default Tensor atan() {
        return function("atan", ScalarOp.ATAN, false, (g, s) -> g.div(s[0].square().add(1.0)));
    }

    default Tensor tanh() {
        return function("tanh", ScalarOp.TANH, true, (g, s) -> g.sub(g.mul(s[0].mul(s[0]))));
    }

    /** Returns the error function, {@code 2/sqrt(pi)} times the integral of {@code exp(-t^2)} from 0. */
    default Tensor erf() {
        return function("erf", ScalarOp.ERF, false, (g, s) -> g.mul(s[0].square().neg().exp().mul(2 / Math.sqrt(Math.PI))));
    }

    // ---- rounding ---------------------------------------------------------------------------------------------------------------

    /** Returns the largest whole number that is not larger. No gradient flows. */
    default Tensor floor() {
        Tensor x = Primitives.detached(self());
        return x.dtype().isFloatingPoint() ? Primitives.unary("floor", ScalarOp.FLOOR, x) : x;
    }

    /** Returns the smallest whole number that is not smaller. No gradient flows. */
    default Tensor ceil() {
        Tensor x = Primitives.detached(self());
        return x.dtype().isFloatingPoint() ? x.neg().floor().neg() : x;
    }

    /** Rounds towards zero. No gradient flows. */
    default Tensor trunc() {
        Tensor x = Primitives.detached(self());
        return x.lt(Primitives.scalarOf(x, 0, x.dtype())).where(x.ceil(), x.floor());
    }

    /** Rounds to the nearest whole number, halves to the even one. No gradient flows. */
    default Tensor round() {
        Tensor x = Primitives.detached(self());
        if (!x.dtype().isFloatingPoint()) {
            return x;
        }
        Tensor down = x.floor();
        Tensor distance = x.sub(down);
        Tensor half = Primitives.scalarLike(x, 0.5, x.dtype());
        Tensor odd = Primitives.binary("round", ScalarOp.REM, down, Primitives.scalarLike(x, 2, x.dtype()))
                .ne(Primitives.scalarLike(x, 0, x.dtype()));
        Tensor up = distance.gt(half).logicalOr(distance.eq(half).logicalAnd(odd));
        return up.where(down.add(1.0), down);
    }

    // ---- limits -----------------------------------------------------------------------------------------------------------------

    /** Returns the larger operand, NaN if one is NaN; where they are equal each gets half of the gradient. */
    default Tensor maximum(Tensor other) {
        return extremum("maximum", ScalarOp.MAX, other);
    }

    /** Returns the smaller operand, NaN if one is NaN; where they are equal each gets half of the gradient. */
    default Tensor minimum(Tensor other) {
        return extremum("minimum", ScalarOp.MIN, other);
    }

    private Tensor extremum(String name, ScalarOp op, Tensor other) {
        Tensor b0 = Primitives.onDeviceOf(name, self(), other);
        DType type = Promotion.of(self(), b0);
        Tensor a = self().to(type);
        Tensor b = b0.to(type);
        boolean max = op == ScalarOp.MAX;
        return binary(
                name,
                op,
                a,
                b,
                (g, s) -> Tape.sumTo(g.mul(share(max ? s[0].gt(s[1]) : s[0].lt(s[1]), s[0].eq(s[1]), type)), a.shape()),
                (g, s) -> Tape.sumTo(g.mul(share(max ? s[1].gt(s[0]) : s[1].lt(s[0]), s[0].eq(s[1]), type)), b.shape()),
                true);
    }

    private static Tensor share(Tensor wins, Tensor ties, DType type) {
        return wins.to(type).add(ties.to(type).mul(0.5));
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
