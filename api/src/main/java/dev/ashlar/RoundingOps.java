// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.internal.schedule.Formula;
import dev.ashlar.internal.tensor.Functions;
import dev.ashlar.internal.tensor.Neighbours;
import dev.ashlar.internal.tensor.Pair;
import dev.ashlar.internal.tensor.Primitives;
import dev.ashlar.internal.tensor.Promotion;
import dev.ashlar.internal.tensor.Tape;
import dev.ashlar.internal.tensor.Widened;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;

/**
 * Rounding, signs and neighbours of numbers at each element. Results have the operand's type: whole numbers of floating-point type stay of
 * that type, integers are returned as they are. NaN, infinities and -0.0 stay what they are unless said otherwise.
 */
public sealed interface RoundingOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    private Tensor rounded(String name, Formula formula) {
        Tensor x = Functions.numbers(name, self());
        if (!x.dtype().isFloatingPoint()) {
            return x;
        }
        return Functions.flat(name, x, Primitives.function(name, formula, x));
    }

    /** Returns the largest whole number that is not larger. The gradient is 0. */
    default Tensor floor() {
        return rounded("floor", Formula.FLOOR);
    }

    /** Returns the smallest whole number that is not smaller. The gradient is 0. */
    default Tensor ceil() {
        return rounded("ceil", Formula.CEIL);
    }

    /** Rounds towards zero. The gradient is 0. */
    default Tensor trunc() {
        return rounded("trunc", Formula.TRUNC);
    }

    /** Rounds to the nearest whole number, halves to the even one. The gradient is 0. */
    default Tensor round() {
        return rounded("round", Formula.ROUND);
    }

    /**
     * Rounds to a number of decimal places: scales by a power of ten, rounds halves to even and scales back. The gradient is 0.
     *
     * @param decimals negative for places before the point
     */
    default Tensor round(int decimals) {
        Tensor x = Functions.numbers("round", self());
        if (decimals == 0 || !x.dtype().isFloatingPoint()) {
            return x.round();
        }
        double unit = Math.pow(10, Math.abs(decimals));
        return Widened.apply(x, w -> decimals > 0 ? w.mul(unit).round().div(unit) : w.div(unit).round().mul(unit));
    }

    /** Returns what {@link #trunc()} takes off, with the sign of this; the gradient is 1. Floating-point types only. */
    default Tensor frac() {
        Tensor x = Functions.floats("frac", self());
        Tensor y = Primitives.binary("frac", ScalarOp.SUB, x, Primitives.function("frac", Formula.TRUNC, x));
        return Tape.record("frac", y, of(x), of(), (g, _) -> g);
    }

    // ---- signs ------------------------------------------------------------------------------------------------------------------

    /** Returns -1, 0 or 1; of NaN 0, of bool the value itself. The gradient is 0. */
    default Tensor sign() {
        Tensor x = self();
        if (x.dtype() == DType.BOOL) {
            return x;
        }
        return Functions.flat("sign", x, Primitives.function("sign", Formula.SIGN, x));
    }

    /** Returns {@link #sign()}, which of real numbers is the same. */
    default Tensor sgn() {
        return sign();
    }

    /** Returns as bool whether the sign bit is set: of -0.0 it is, of numbers of no sign it is not. No gradient flows through bool. */
    default Tensor signbit() {
        Tensor x = Primitives.detached(self());
        if (!x.dtype().isFloatingPoint()) {
            return x.lt(Primitives.scalarOf(x, 0, x.dtype()));
        }
        Tensor one = Primitives.scalarLike(x, 1, x.dtype());
        Tensor signed = Primitives.function("signbit", Formula.COPYSIGN, one, x);
        return Primitives.binary("signbit", ScalarOp.LT, signed, Primitives.scalarLike(x, 0, x.dtype()));
    }

    /**
     * Returns the magnitude of this with the sign of another tensor, -0.0 being negative; both broadcast, integers become float32. The
     * gradient is 1 or -1, at 0 it is 0, at infinity NaN; none flows to the sign.
     */
    default Tensor copysign(Tensor sign) {
        Pair pair = Pair.floating("copysign", self(), sign);
        Tensor a = pair.a();
        Tensor b = pair.b();
        Tensor y = Primitives.function("copysign", Formula.COPYSIGN, a, b);
        Tape.Rule left = (g, s) -> {
            // It is constant between the places where it jumps.
            Tensor x = Primitives.detached(s[0]);
            Tensor ratio = Primitives.function("copysign", Formula.COPYSIGN, x, s[1]).div(x);
            return Tape.sumTo(g.mul(Functions.masked(x.ne(0.0), ratio)), a.shape());
        };
        return Tape.record("copysign", y, of(a, b), of(a, b), left, (_, _) -> b.zerosLike());
    }

    /** Returns the magnitude of this with the sign of a number. */
    default Tensor copysign(double sign) {
        return copysign(Functions.number(self(), sign));
    }

    /** Returns 0 below 0, 1 above, at 0 the value of another tensor of this one's type; both broadcast. NaN gives 0. */
    default Tensor heaviside(Tensor values) {
        Pair pair = Pair.of("heaviside", self(), values).detached();
        if (self().dtype() != values.dtype()) {
            throw new DTypeMismatchException("[heaviside] expected operands of one type, got " + self().dtype() + " and "
                    + values.dtype() + "; cast one of them");
        }
        Tensor x = pair.a();
        Tensor zero = Primitives.scalarOf(x, 0, x.dtype());
        return Primitives.select("heaviside", x.eq(zero), pair.b(), x.gt(zero).to(x.dtype()));
    }

    // ---- neighbours -------------------------------------------------------------------------------------------------------------

    /**
     * Returns the number of the type that lies next to this towards another; both broadcast and are of floating point. Where they are
     * equal it is the other. The gradient of this is 1, where they are equal 0; that of the other is 0.
     */
    default Tensor nextafter(Tensor other) {
        Pair pair = Pair.of("nextafter", self(), other).floats();
        Pair plain = pair.detached();
        Tensor y = Neighbours.after(plain.a(), plain.b());
        return pair.record(y, (g, s) -> Functions.masked(s[0].ne(s[1]), g), (_, _) -> plain.b().zerosLike(), true);
    }

    /**
     * Returns this times 2 to the power of another tensor; both broadcast. Beside whole exponents this keeps its type, integers become
     * float32.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.ldexp.html">torch.ldexp</a>
     */
    default Tensor ldexp(Tensor exponent) {
        Tensor near = Primitives.onDeviceOf("ldexp", self(), exponent);
        Tensor power = near.dtype().isFloatingPoint() ? near : near.to(Promotion.withDouble(self().dtype()));
        return self().mul(power.exp2());
    }

    /** Returns the fraction of magnitude in [0.5, 1), or 0, and the exponent as int32, such that this is fraction * 2^exponent. */
    default MantissaAndExponent frexp() {
        return Neighbours.split(Functions.floats("frexp", self()));
    }
}
