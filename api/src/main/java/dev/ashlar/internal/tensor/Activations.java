// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.Tensor;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.spi.ScatterOp;

/**
 * Activation functions of floating-point tensors, each with its gradient. Rules choose with a condition instead of multiplying with 0, and
 * limit what grows without bound in the branch that is not taken, so that neither they nor their own gradients make NaN of it.
 */
public final class Activations {
    private static final double ROOT_HALF = Math.sqrt(0.5);
    private static final double ROOT_TWO_BY_PI = Math.sqrt(2 / Math.PI);
    private static final double CUBIC = 0.044715;

    private Activations() {}

    private static Tensor zero(Tensor like) {
        return Primitives.scalarLike(like, 0, like.dtype());
    }

    private static Tensor number(Tensor like, double value) {
        return Primitives.scalarLike(like, value, like.dtype());
    }

    /** See {@link Tensor#threshold}. */
    public static Tensor threshold(Tensor x, double threshold, double value) {
        Tensor d = Primitives.detached(x);
        Tensor y = Primitives.select("threshold", below(d, threshold), number(d, value), d);
        return Tape.record("threshold", y, of(x), of(x), (g, s) -> below(s[0], threshold).where(zero(g), g));
    }

    /** Compares with the number as it is, not rounded to a half type. */
    private static Tensor below(Tensor x, double threshold) {
        Tensor wide = Promotion.wide(Primitives.detached(x));
        return wide.le(number(wide, threshold));
    }

    /** See {@link Tensor#hardtanh}; {@code name} is the function that users called. */
    public static Tensor limited(String name, Tensor x, double min, double max) {
        Tensor d = Primitives.detached(x);
        Tensor y = Primitives.binary(name, ScalarOp.MIN, Primitives.binary(name, ScalarOp.MAX, d, number(d, min)), number(d, max));
        return Tape.record(name, y, of(x), of(x), (g, s) -> s[0].gt(min).logicalAnd(s[0].lt(max)).where(g, zero(g)));
    }

    /** See {@link Tensor#leakyRelu}. */
    public static Tensor leakyRelu(Tensor x, double slope) {
        Tensor d = Primitives.detached(x);
        Tensor y = Primitives.select("leakyRelu", d.gt(0.0), d, d.mul(slope));
        return Tape.record("leakyRelu", y, of(x), of(x), (g, s) -> s[0].gt(0.0).where(g, g.mul(slope)));
    }

    /** Returns {@code scale * x} where positive, else {@code scale * alpha * (exp(inner * x) - 1)}. */
    public static Tensor elu(String name, Tensor x, double alpha, double scale, double inner) {
        Tensor d = Primitives.detached(x);
        Tensor negative = d.clampMax(0).mul(inner).expm1().mul(alpha * scale);
        Tensor y = Primitives.select(name, d.gt(0.0), d.mul(scale), negative);
        return Tape.record(name, y, of(x), of(x), (g, s) -> {
            Tensor slope = s[0].clampMax(0).mul(inner).exp().mul(alpha * scale * inner);
            return s[0].gt(0.0).where(g.mul(scale), g.mul(slope));
        });
    }

    /** See {@link Tensor#sigmoid}. */
    public static Tensor sigmoid(Tensor x) {
        Tensor d = Primitives.detached(x);
        Tensor y = d.mul(0.5).tanh().mul(0.5).add(0.5);
        Tensor small = d.neg().exp().add(1.0).reciprocal();
        // The tanh form loses relative precision far below 0, the quotient form is exact there.
        Tensor result = d.lt(0.0).where(small, y);
        return Tape.record("sigmoid", result, of(x), of(result), (g, s) -> g.mul(s[0].sub(s[0].mul(s[0]))));
    }

    /** See {@link Tensor#silu}. */
    public static Tensor silu(Tensor x) {
        Tensor d = Primitives.detached(x);
        return Tape.record("silu", d.mul(d.sigmoid()), of(x), of(x), (g, s) -> {
            Tensor sigmoid = s[0].sigmoid();
            return g.mul(sigmoid.mul(s[0].mul(sigmoid.rsub(1)).add(1.0)));
        });
    }

    /** See {@link Tensor#mish}. */
    public static Tensor mish(Tensor x) {
        Tensor d = Primitives.detached(x);
        return Tape.record("mish", d.mul(softplus(d).tanh()), of(x), of(x), (g, s) -> {
            Tensor tanh = softplus(s[0]).tanh();
            return g.mul(tanh.add(s[0].mul(s[0].sigmoid()).mul(tanh.square().rsub(1))));
        });
    }

    /** Returns log(1 + exp(x)), without overflow. */
    private static Tensor softplus(Tensor x) {
        Tensor d = Primitives.detached(x);
        Tensor y = d.abs().neg().exp().log1p().add(d.maximum(zero(d)));
        return Tape.record("softplus", y, of(x), of(x), (g, s) -> g.mul(s[0].sigmoid()));
    }

    /** See {@link Tensor#softplus}. */
    public static Tensor softplus(Tensor x, double beta, double threshold) {
        Tensor d = Primitives.detached(x);
        Tensor z = d.mul(beta);
        Tensor y = Primitives.select("softplus", z.gt(number(z, threshold)), d, softplus(z).div(beta));
        return Tape.record("softplus", y, of(x), of(x), (g, s) -> {
            Tensor scaled = s[0].mul(beta);
            return scaled.gt(number(scaled, threshold)).where(g, g.mul(scaled.sigmoid()));
        });
    }

    /** See {@link Tensor#logSigmoid}. */
    public static Tensor logSigmoid(Tensor x) {
        Tensor d = Primitives.detached(x);
        Tensor y = d.minimum(zero(d)).sub(d.abs().neg().exp().log1p());
        return Tape.record("logSigmoid", y, of(x), of(x), (g, s) -> g.mul(s[0].neg().sigmoid()));
    }

    /** See {@link Tensor#gelu()}. */
    public static Tensor gelu(Tensor x) {
        Tensor d = Primitives.detached(x);
        Tensor y = d.mul(d.mul(ROOT_HALF).erf().add(1.0).mul(0.5));
        return Tape.record("gelu", y, of(x), of(x), (g, s) -> {
            Tensor phi = s[0].mul(ROOT_HALF).erf().add(1.0).mul(0.5);
            Tensor density = s[0].square().mul(-0.5).exp().mul(1 / Math.sqrt(2 * Math.PI));
            return g.mul(phi.add(s[0].mul(density)));
        });
    }

    private static Tensor geluTanh(Tensor x, Tensor square) {
        return square.mul(CUBIC).add(1.0).mul(x).mul(ROOT_TWO_BY_PI).tanh();
    }

    /** See {@link Tensor#geluTanh}. */
    public static Tensor geluTanh(Tensor x) {
        Tensor d = Primitives.detached(x);
        Tensor y = d.mul(0.5).mul(geluTanh(d, d.square()).add(1.0));
        return Tape.record("geluTanh", y, of(x), of(x), (g, s) -> {
            Tensor square = s[0].square();
            Tensor tanh = geluTanh(s[0], square);
            Tensor slope = square.mul(3 * CUBIC).add(1.0).mul(ROOT_TWO_BY_PI);
            Tensor right = s[0].mul(0.5).mul(tanh.square().rsub(1)).mul(slope);
            return g.mul(tanh.add(1.0).mul(0.5).add(right));
        });
    }

    /** See {@link Tensor#hardsigmoid}. */
    public static Tensor hardsigmoid(Tensor x) {
        Tensor d = Primitives.detached(x);
        Tensor y = d.add(3.0).clamp(0, 6).div(6.0);
        return Tape.record("hardsigmoid", y, of(x), of(x), (g, s) -> s[0].gt(-3.0).logicalAnd(s[0].lt(3.0)).where(g.div(6.0), zero(g)));
    }

    /** See {@link Tensor#hardswish}. */
    public static Tensor hardswish(Tensor x) {
        Tensor d = Primitives.detached(x);
        Tensor y = d.mul(d.add(3.0).clamp(0, 6)).div(6.0);
        return Tape.record("hardswish", y, of(x), of(x), (g, s) -> {
            Tensor inside = g.mul(s[0].div(3.0).add(0.5));
            return s[0].le(-3.0).where(zero(g), s[0].lt(3.0).where(inside, g));
        });
    }

    /** See {@link Tensor#hardshrink}. */
    public static Tensor hardshrink(Tensor x, double lambda) {
        Tensor d = Primitives.detached(x);
        Tensor y = Primitives.select("hardshrink", shrunk(d, lambda), zero(d), d);
        return Tape.record("hardshrink", y, of(x), of(x), (g, s) -> shrunk(s[0], lambda).where(zero(g), g));
    }

    private static Tensor shrunk(Tensor x, double lambda) {
        return x.ge(number(x, -lambda)).logicalAnd(x.le(number(x, lambda)));
    }

    /** See {@link Tensor#softshrink}. */
    public static Tensor softshrink(Tensor x, double lambda) {
        Tensor d = Primitives.detached(x);
        Tensor bound = number(d, lambda);
        // NaN is neither above nor below: times 0 it stays NaN.
        Tensor inner = Primitives.select("softshrink", d.lt(number(d, -lambda)), d.add(bound), d.mul(0.0));
        Tensor y = Primitives.select("softshrink", d.gt(bound), d.sub(bound), inner);
        return Tape.record("softshrink", y, of(x), of(x), (g, s) -> shrunk(s[0], lambda).where(zero(g), g));
    }

    /** Returns the operand where positive, else the operand times a slope that broadcasts to it. */
    public static Tensor sloped(String name, Tensor x, Tensor slope) {
        Tensor d = Primitives.detached(x);
        Tensor y = Primitives.select(name, d.gt(0.0), d, d.mul(Primitives.detached(slope)));
        return Tape.record(
                name,
                y,
                of(x, slope),
                of(x, slope),
                (g, s) -> s[0].gt(0.0).where(g, g.mul(s[1])),
                (g, s) -> Tape.sumTo(s[0].gt(0.0).where(zero(g), g.mul(s[0])), slope.shape()));
    }

    /** See {@link Tensor#softmax(int)}; the dimension is counted from the front. */
    public static Tensor softmax(Tensor x, int dim) {
        if (x.shape().elements() == 0) {
            return x.mul(1.0);
        }
        Tensor d = Primitives.detached(x);
        Tensor e = d.sub(d.amax(dim, true)).exp();
        Tensor y = e.div(e.sum(dim, true));
        return Tape.record("softmax", y, of(x), of(y), (g, s) -> {
            Tensor product = g.mul(s[0]);
            return product.sub(s[0].mul(product.sum(dim, true)));
        });
    }

    /** See {@link Tensor#logSoftmax(int)}; the dimension is counted from the front. */
    public static Tensor logSoftmax(Tensor x, int dim) {
        if (x.shape().elements() == 0) {
            return x.mul(1.0);
        }
        Tensor d = Primitives.detached(x);
        Tensor shifted = d.sub(d.amax(dim, true));
        Tensor y = shifted.sub(shifted.exp().sum(dim, true).log());
        return Tape.record("logSoftmax", y, of(x), of(y), (g, s) -> g.sub(s[0].exp().mul(g.sum(dim, true))));
    }

    /** Returns 1 at the largest place along a dimension and 0 elsewhere; the gradient passes as if nothing had been done. */
    public static Tensor hardened(Tensor soft, int dim) {
        if (soft.shape().elements() == 0) {
            return soft;
        }
        Tensor d = Primitives.detached(soft);
        if (soft.shape().rank() == 0) {
            return Tape.record("gumbelSoftmax", d.mul(0.0).add(1.0), of(soft), of(), (g, _) -> g);
        }
        Tensor place = d.argmax(dim, true);
        Tensor zeros = Primitives.full(d.shape(), 0.0, d.dtype(), Primitives.runtime(d));
        Tensor ones = Primitives.full(place.shape(), 1.0, d.dtype(), Primitives.runtime(d));
        Tensor y = Primitives.scatter("gumbelSoftmax", zeros, dim, place, ones, ScatterOp.SET);
        return Tape.record("gumbelSoftmax", y, of(soft), of(), (g, _) -> g);
    }
}
