// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.internal.schedule.Formula;
import dev.ashlar.internal.tensor.Functions;
import dev.ashlar.internal.tensor.Pair;
import dev.ashlar.internal.tensor.Primitives;
import dev.ashlar.internal.tensor.Promotion;
import dev.ashlar.internal.tensor.Tape;
import dev.ashlar.spi.ScalarOp;

/**
 * Trigonometric and hyperbolic functions and their inverses at each element, angles in radians. Results have the operand's shape and
 * type; integers are computed in float32. Outside of the domain of a function the result is NaN.
 */
public sealed interface TrigonometricOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    /** Returns the sine. */
    default Tensor sin() {
        return Functions.apply("sin", ScalarOp.SIN, self(), false, (g, s) -> g.mul(s[0].cos()));
    }

    /** Returns the cosine. */
    default Tensor cos() {
        return Functions.apply("cos", ScalarOp.COS, self(), false, (g, s) -> g.mul(s[0].sin().neg()));
    }

    /** Returns the tangent. */
    default Tensor tan() {
        return Functions.apply("tan", Formula.TAN, self(), true, (g, s) -> g.mul(s[0].square().add(1.0)));
    }

    /** Returns the angle in [-pi/2, pi/2] with this sine; this is in [-1, 1]. The gradient at the ends is infinite. */
    default Tensor asin() {
        return Functions.apply("asin", Formula.ASIN, self(), false, (g, s) -> g.mul(s[0].square().rsub(1.0).rsqrt()));
    }

    /** Returns the angle in [0, pi] with this cosine; this is in [-1, 1]. The gradient at the ends is infinite. */
    default Tensor acos() {
        return Functions.apply("acos", Formula.ACOS, self(), false, (g, s) -> g.mul(s[0].square().rsub(1.0).rsqrt().neg()));
    }

    /** Returns the angle in [-pi/2, pi/2] with this tangent. */
    default Tensor atan() {
        return Functions.apply("atan", ScalarOp.ATAN, self(), false, (g, s) -> g.div(s[0].square().add(1.0)));
    }

    /**
     * Returns the angle in [-pi, pi] of the point with this ordinate and the given abscissa; both broadcast. The signs of zeros count as
     * in C; the gradient at the origin is 0.
     */
    default Tensor atan2(Tensor abscissa) {
        return Pair.floating("atan2", self(), abscissa).apply(
                Formula.ATAN2,
                (g, s) -> g.mul(overSquares(s[1], s)),
                (g, s) -> g.mul(overSquares(s[0].neg(), s)));
    }

    private static Tensor overSquares(Tensor numerator, Tensor[] operands) {
        Tensor sum = operands[0].square().add(operands[1].square());
        return Functions.masked(sum.ne(0.0), numerator.div(sum));
    }

    /** Returns the hyperbolic sine. */
    default Tensor sinh() {
        return Functions.apply("sinh", Formula.SINH, self(), false, (g, s) -> g.mul(s[0].cosh()));
    }

    /** Returns the hyperbolic cosine. */
    default Tensor cosh() {
        return Functions.apply("cosh", Formula.COSH, self(), false, (g, s) -> g.mul(s[0].sinh()));
    }

    /** Returns the hyperbolic tangent. */
    default Tensor tanh() {
        return Functions.apply("tanh", ScalarOp.TANH, self(), true, (g, s) -> {
            // In a half type the square of the result would round to 1 long before the slope is 0.
            Tensor wide = Promotion.wide(g);
            return wide.sub(wide.mul(Promotion.wide(s[0]).square())).to(g.dtype());
        });
    }

    /** Returns the number with this hyperbolic sine. */
    default Tensor asinh() {
        return Functions.apply("asinh", Formula.ASINH, self(), false, (g, s) -> g.mul(s[0].square().add(1.0).rsqrt()));
    }

    /** Returns the number &gt;= 0 with this hyperbolic cosine; this is &gt;= 1. The gradient at 1 is infinite. */
    default Tensor acosh() {
        return Functions.apply(
                "acosh", Formula.ACOSH, self(), false, (g, s) -> g.mul(s[0].sub(1.0).mul(s[0].add(1.0)).rsqrt()));
    }

    /** Returns the number with this hyperbolic tangent; this is in [-1, 1], infinite at the ends. */
    default Tensor atanh() {
        return Functions.apply("atanh", Formula.ATANH, self(), false, (g, s) -> g.div(s[0].square().rsub(1.0)));
    }

    /** Returns degrees as radians. */
    default Tensor deg2rad() {
        return Promotion.floating(self()).mul(Math.PI / 180);
    }

    /** Returns radians as degrees. */
    default Tensor rad2deg() {
        return Promotion.floating(self()).mul(180 / Math.PI);
    }

    /** Returns the length of the hypotenuse, sqrt(this^2 + other^2), without overflow of the squares; both broadcast. */
    default Tensor hypot(Tensor other) {
        Pair pair = Pair.of("hypot", self(), other).floats();
        Tensor a = pair.a();
        Tensor b = pair.b();
        Tensor y = Primitives.function("hypot", Formula.HYPOT, a, b);
        return Tape.record(
                "hypot",
                y,
                of(a, b),
                of(a, b, y),
                (g, s) -> Tape.sumTo(g.mul(s[0].div(s[2])), a.shape()),
                (g, s) -> Tape.sumTo(g.mul(s[1].div(s[2])), b.shape()));
    }
}
