// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Rounding;
import dev.ashlar.Tensor;
import dev.ashlar.internal.schedule.Formula;
import dev.ashlar.spi.ScalarOp;

/** Rounded quotients and their remainders, with gradients. */
public final class Division {
    private static final String REMEDY = "cast, for example with to(DType.INT64)";

    private Division() {}

    private static Tensor flat(Pair pair, Tensor y) {
        return pair.record(y, (_, _) -> pair.a().zerosLike(), (_, _) -> pair.b().zerosLike(), false);
    }

    /** Returns the quotient rounded towards minus infinity. */
    public static Tensor floor(Pair pair) {
        pair.numbers(REMEDY);
        return flat(pair, Primitives.function(pair.name(), Formula.FLOOR_DIVIDE, pair.a(), pair.b()));
    }

    /** Returns the quotient rounded towards zero. */
    public static Tensor trunc(Pair pair) {
        pair.numbers(REMEDY);
        return flat(pair, Primitives.function(pair.name(), Formula.TRUNC_DIVIDE, pair.a(), pair.b()));
    }

    /** Returns the remainder with the sign of the divisor. */
    public static Tensor remainder(Pair pair) {
        return pair.numbers(REMEDY).apply(
                Formula.REMAINDER, (g, _) -> g, (g, s) -> g.neg().mul(s[0].div(s[1], Rounding.FLOOR)));
    }

    /** Returns the remainder with the sign of the dividend. */
    public static Tensor fmod(Pair pair) {
        return pair.numbers(REMEDY).apply(
                ScalarOp.REM, (g, _) -> g, (g, s) -> g.neg().mul(s[0].div(s[1], Rounding.TRUNC)), true);
    }

    /** Returns the gradient of an extremum: none where the other operand won, half of it where they are equal. */
    public static Tensor shared(Tensor gradient, Tensor lost, Tensor ties) {
        return Functions.masked(lost.logicalNot(), ties.where(gradient.mul(0.5), gradient));
    }
}
