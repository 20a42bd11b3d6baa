// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.internal.tensor.Primitives;
import dev.ashlar.internal.tensor.Promotion;
import dev.ashlar.internal.tensor.Tape;
import dev.ashlar.spi.ScalarOp;

/** Activation functions, with PyTorch's conventions for gradients where a function has a kink. */
public sealed interface ActivationOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    private static Tensor zero(Tensor like) {
        return Primitives.scalarLike(like, 0, like.dtype());
    }

    /** Returns max(this, 0), NaN unchanged; the gradient at 0 is 0. */
    default Tensor relu() {
        Tensor x = self();
        Tensor y = Primitives.binary("relu", ScalarOp.MAX, x, zero(x));
        return Tape.record("relu", y, of(x), of(y), (g, s) -> s[0].gt(zero(s[0])).where(g, zero(g)));
    }

    /** Returns this where positive, else {@code slope} times this. */
    default Tensor leakyRelu(double slope) {
        Tensor x = Promotion.floating(self());
        Tensor y = Primitives.select("leakyRelu", x.gt(0.0), Primitives.detached(x), Primitives.detached(x).mul(slope));
        return Tape.record("leakyRelu", y, of(x), of(x), (g, s) -> s[0].gt(0.0).where(g, g.mul(slope)));
    }

    /** Returns this where positive, else {@code alpha * (exp(this) - 1)}. */
    default Tensor elu(double alpha) {
        Tensor x = Promotion.floating(self());
        return x.gt(0.0).where(x, x.clampMax(0).expm1().mul(alpha));
    }

    /** Returns 1 / (1 + exp(-this)), without overflow. */
    default Tensor sigmoid() {
        Tensor x = Promotion.floating(self());
        Tensor d = Primitives.detached(x);
        Tensor y = d.mul(0.5).tanh().mul(0.5).add(0.5);
        Tensor small = d.neg().exp().add(1.0).reciprocal();
        // The tanh form loses relative precision far below 0, the quotient form is exact there.
        Tensor result = d.lt(0.0).where(small, y);
        return Tape.record("sigmoid", result, of(x), of(result), (g, s) -> g.mul(s[0].sub(s[0].mul(s[0]))));
    }

    /** Returns this * sigmoid(this). */
    default Tensor silu() {
        Tensor x = Promotion.floating(self());
        return x.mul(x.sigmoid());
    }

    /**
     * Returns log(1 + exp(this)), without overflow.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.Softplus.html">torch.nn.Softplus</a>
     */
    default Tensor softplus() {
        Tensor x = Promotion.floating(self());
        Tensor d = Primitives.detached(x);
        Tensor y = d.abs().neg().exp().log1p().add(d.maximum(zero(d)));
        return Tape.record("softplus", y, of(x), of(x), (g, s) -> g.mul(s[0].sigmoid()));
    }

    /** Returns log(sigmoid(this)). */
    default Tensor logSigmoid() {
        return Promotion.floating(self()).neg().softplus().neg();
    }

    /**
     * Returns this * Phi(this), with the distribution function of the normal distribution by way of erf.
     *
     * @see <a href="https://arxiv.org/abs/1606.08415">Hendrycks, Gimpel: Gaussian error linear units</a>
     */
    default Tensor gelu() {
        Tensor x = Promotion.floating(self());
        Tensor y = Primitives.detached(x).mul(Primitives.detached(x).mul(Math.sqrt(0.5)).erf().add(1.0).mul(0.5));
        return Tape.record("gelu", y, of(x), of(x), (g, s) -> {
            Tensor phi = s[0].mul(Math.sqrt(0.5)).erf().add(1.0).mul(0.5);
            Tensor density = s[0].square().mul(-0.5).exp().mul(1 / Math.sqrt(2 * Math.PI));
            return g.mul(phi.add(s[0].mul(density)));
        });
    }

    /** Returns values limited to [min, max]; the gradient is 0 at the limits. */
    default Tensor hardtanh(double min, double max) {
        Tensor x = Promotion.floating(self());
        Tensor y = Primitives.detached(x).clamp(min, max);
        return Tape.record("hardtanh", y, of(x), of(x), (g, s) -> s[0].gt(min).logicalAnd(s[0].lt(max)).where(g, zero(g)));
    }

    /** Returns exp(this) divided by its sum over a dimension. */
    default Tensor softmax(int dim) {
        Tensor x = Promotion.floating(self());
        Tensor d = Primitives.detached(x);
        Tensor e = d.sub(d.amax(dim, true)).exp();
        Tensor y = e.div(e.sum(dim, true));
        return Tape.record("softmax", y, of(x), of(y), (g, s) -> {
            Tensor product = g.mul(s[0]);
            return product.sub(s[0].mul(product.sum(dim, true)));
        });
    }

    /** Returns the logarithm of {@link #softmax}, without overflow. */
    default Tensor logSoftmax(int dim) {
        Tensor x = Promotion.floating(self());
        Tensor d = Primitives.detached(x);
        Tensor shifted = d.sub(d.amax(dim, true));
        Tensor y = shifted.sub(shifted.exp().sum(dim, true).log());
        return Tape.record("logSoftmax", y, of(x), of(y), (g, s) -> g.sub(s[0].exp().mul(g.sum(dim, true))));
    }
}
