// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.Tensor;
import dev.ashlar.internal.schedule.Formula;
import dev.ashlar.type.InvalidArgumentException;

/** Special functions whose gradients take more than a line. */
public final class SpecialFunctions {
    private SpecialFunctions() {}

    /** See {@link Tensor#sinc}. */
    public static Tensor sinc(Tensor operand) {
        return Functions.apply("sinc", Formula.SINC, operand, false, (g, s) -> g.mul(sincSlope(s[0])));
    }

    private static Tensor sincSlope(Tensor operand) {
        return Functions.apply("sinc", Formula.SINC_SLOPE, operand, false, (g, s) -> g.mul(sincCurvature(s[0])));
    }

    /** With f = sinc, x f'' + 2 f' + pi^2 x f = 0; derived once more this gives the third derivative. */
    private static Tensor sincCurvature(Tensor operand) {
        return Functions.apply("sinc", Formula.SINC_CURVATURE, operand, false, (g, s) -> {
            Tensor x = s[0];
            Tensor atZero = x.eq(0.0);
            Tensor divisor = atZero.where(Primitives.scalarLike(x, 1, x.dtype()), x);
            Tensor quotient = sincCurvature(x).mul(3.0).add(sinc(x).mul(Math.PI * Math.PI)).div(divisor);
            Tensor third = quotient.add(sincSlope(x).mul(Math.PI * Math.PI)).neg();
            return Functions.masked(atZero.logicalNot(), g.mul(third));
        });
    }

    /** See {@link Tensor#logit()}. */
    public static Tensor logit(Tensor operand) {
        return Functions.apply("logit", Formula.LOGIT, operand, false, (g, s) -> {
            Tensor outside = s[0].lt(0.0).logicalOr(s[0].gt(1.0));
            Tensor slope = g.div(s[0].mul(s[0].rsub(1.0)));
            return outside.where(Primitives.scalarLike(g, Double.NaN, g.dtype()), slope);
        });
    }

    /** See {@link Tensor#logit(double)}. */
    public static Tensor logit(Tensor operand, double eps) {
        return Widened.apply(operand, x -> {
            Tensor low = Primitives.scalarLike(x, eps, x.dtype());
            Tensor high = Primitives.scalarLike(x, 1 - eps, x.dtype());
            Tensor d = Primitives.detached(x);
            // Written as comparisons, so that NaN stays.
            Tensor limited = Primitives.select("logit", d.lt(low), low, Primitives.select("logit", d.gt(high), high, d));
            Tensor y = Primitives.function("logit", Formula.LOGIT, limited);
            return Tape.record("logit", y, of(x), of(x), (g, s) -> {
                Tensor outside = s[0].lt(low).logicalOr(s[0].gt(high));
                return Functions.masked(outside.logicalNot(), g.div(s[0].mul(s[0].rsub(1.0))));
            });
        });
    }

    /** See {@link Tensor#polygamma}. */
    public static Tensor polygamma(Tensor operand, int order) {
        if (order < 0) {
            throw new InvalidArgumentException("[polygamma] expected an order >= 0, got " + order + "; 0 is digamma");
        }
        if (order == 0) {
            return operand.digamma();
        }
        double factorial = 1;
        for (int i = 2; i <= order; i++) {
            factorial *= i;
        }
        double factor = order % 2 == 0 ? -factorial : factorial;
        return Widened.apply(operand, x -> {
            Tensor d = Primitives.detached(x);
            Tensor zeta = Primitives.function("polygamma", Formula.ZETA, d, Primitives.scalarLike(d, order + 1.0, d.dtype()));
            // The first derivative alone has a reflection formula, which ends in the sine of infinity.
            Tensor y = order == 1 ? d.eq(Double.NEGATIVE_INFINITY).where(Functions.number(d, Double.NaN), zeta) : zeta.mul(factor);
            return Tape.record("polygamma", y, of(x), of(x), (g, s) -> g.mul(s[0].polygamma(order + 1)));
        });
    }

    /** See {@link Tensor#i1}. */
    public static Tensor i1(Tensor operand) {
        Tensor x = Promotion.floating(operand);
        Tensor y = Primitives.function("i1", Formula.I1, x);
        return Tape.record("i1", y, of(x), of(x, y), (g, s) -> {
            Tensor slope = s[0].i0().sub(s[1].div(s[0]));
            return g.mul(s[0].eq(0.0).where(Primitives.scalarLike(g, 0.5, g.dtype()), slope));
        });
    }
}
