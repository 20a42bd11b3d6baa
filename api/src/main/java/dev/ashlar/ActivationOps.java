// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.internal.tensor.Activations;
import dev.ashlar.internal.tensor.Primitives;
import dev.ashlar.internal.tensor.Promotion;
import dev.ashlar.internal.tensor.Tape;
import dev.ashlar.internal.tensor.Widened;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Activation functions, with PyTorch's conventions for gradients where a function has a kink. Results have the operand's shape and its
 * type; functions of integers are computed in float32 unless said otherwise.
 */
public sealed interface ActivationOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    private Tensor numbers(String name) {
        if (self().dtype() == DType.BOOL) {
            throw new DTypeMismatchException("[" + name + "] expected a number type, got bool; cast it, for example with to(DType.INT32)");
        }
        return self();
    }

    // ---- limits -----------------------------------------------------------------------------------------------------------------

    /** Returns max(this, 0), NaN unchanged, integers as integers; the gradient at 0 is 0. */
    default Tensor relu() {
        Tensor x = numbers("relu");
        Tensor y = Primitives.binary("relu", ScalarOp.MAX, x, Primitives.scalarLike(x, 0, x.dtype()));
        return Tape.record(
                "relu", y, of(x), of(y), (g, s) -> s[0].le(0.0).where(Primitives.scalarLike(g, 0, g.dtype()), g));
    }

    /** Returns values limited to [0, 6], integers as integers; the gradient at 0 and 6 is 0. */
    default Tensor relu6() {
        return Activations.limited("relu6", numbers("relu6"), 0, 6);
    }

    /** Returns values limited to [-1, 1]; see {@link #hardtanh(double, double)}. */
    default Tensor hardtanh() {
        return hardtanh(-1, 1);
    }

    /**
     * Returns values limited to [min, max], NaN unchanged, integers as integers (the limits are truncated then); the gradient is 0 at the
     * limits.
     *
     * @throws InvalidArgumentException if {@code min > max}
     */
    default Tensor hardtanh(double min, double max) {
        if (min > max) {
            throw new InvalidArgumentException("[hardtanh] expected min <= max, got " + min + " and " + max + "; swap them");
        }
        return Activations.limited("hardtanh", numbers("hardtanh"), min, max);
    }

    /**
     * Returns this where larger than {@code threshold}, else {@code value}; NaN stays, integers stay integers. The gradient is 0 where
     * replaced, at the threshold too.
     */
    default Tensor threshold(double threshold, double value) {
        return Activations.threshold(numbers("threshold"), threshold, value);
    }

    /** Returns 0 where |this| &lt;= 0.5, else this. */
    default Tensor hardshrink() {
        return hardshrink(0.5);
    }

    /** Returns 0 in [-lambda, lambda], else this; the gradient is 0 in that closed interval and 1 outside. */
    default Tensor hardshrink(double lambda) {
        return Activations.hardshrink(Promotion.floating(self()), lambda);
    }

    /** Returns {@link #softshrink(double)} with lambda 0.5. */
    default Tensor softshrink() {
        return softshrink(0.5);
    }

    /**
     * Returns this moved towards 0 by lambda, and 0 in [-lambda, lambda]; the gradient is 0 in that closed interval and 1 outside.
     *
     * @param lambda &gt;= 0
     */
    default Tensor softshrink(double lambda) {
        if (!(lambda >= 0)) {
            throw new InvalidArgumentException("[softshrink] expected lambda >= 0, got " + lambda + "; use its absolute value");
        }
        return Activations.softshrink(Promotion.floating(self()), lambda);
    }

    /** Returns this - tanh(this). */
    default Tensor tanhshrink() {
        return Widened.apply(self(), x -> x.sub(x.tanh()));
    }

    /** Returns (this + 3) / 6 limited to [0, 1]; the gradient is 0 at -3 and 3. */
    default Tensor hardsigmoid() {
        return Widened.apply(self(), Activations::hardsigmoid);
    }

    /** Returns this * hardsigmoid(this); the gradient is 0 at -3 and 1 at 3. */
    default Tensor hardswish() {
        return Widened.apply(self(), Activations::hardswish);
    }

    // ---- linear units -----------------------------------------------------------------------------------------------------------

    /** Returns {@link #leakyRelu(double)} with slope 0.01. */
    default Tensor leakyRelu() {
        return leakyRelu(0.01);
    }

    /** Returns this where positive, else {@code slope} times this; the gradient at 0 is the slope. */
    default Tensor leakyRelu(double slope) {
        return Activations.leakyRelu(Promotion.floating(self()), slope);
    }

    /**
     * Returns this where positive, else this times a weight that is learned; the gradient of this at 0 is the weight.
     *
     * @param weight of one element for all, or [channels]: one for each position of dimension 1; of this one's type
     * @throws ShapeMismatchException if the weight has another size
     */
    default Tensor prelu(Tensor weight) {
        Tensor x = Promotion.floating(self());
        int rank = x.shape().rank();
        long channels = rank > 1 ? x.shape().size(1) : 1;
        if (weight.shape().rank() > 1 || weight.numel() != 1 && weight.numel() != channels) {
            throw new ShapeMismatchException("[prelu] expected a weight of shape [1] or [" + channels + "] for shape " + x.shape()
                    + ", got " + weight.shape() + "; the channels are dimension 1");
        }
        if (weight.dtype() != x.dtype()) {
            throw new DTypeMismatchException("[prelu] expected a weight of " + x.dtype() + ", got " + weight.dtype()
                    + "; cast one of them");
        }
        long[] sizes = new long[rank];
        Arrays.fill(sizes, 1);
        if (weight.numel() != 1) {
            sizes[1] = channels;
        }
        return Activations.sloped("prelu", x, weight.reshape(sizes));
    }

    /** Returns {@link #rrelu(double, double, boolean, Generator)} in evaluation: the slope is 11/48. */
    default Tensor rrelu() {
        return rrelu(1.0 / 8, 1.0 / 3, false, null);
    }

    /**
     * Returns this where positive, else this times a slope: in training drawn evenly from [lower, upper) for each element, else their
     * mean.
     *
     * @param generator where slopes come from; null for {@link Ashlar#generator()}. One that repeats another library's numbers waits for
     *     this tensor's values
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.RReLU.html">torch.nn.RReLU</a>
     */
    default Tensor rrelu(double lower, double upper, boolean training, @Nullable Generator generator) {
        if (!(lower <= upper)) {
            throw new InvalidArgumentException("[rrelu] expected lower <= upper, got " + lower + " and " + upper + "; swap them");
        }
        Tensor x = Promotion.floating(self());
        if (!training) {
            return Activations.leakyRelu(x, (lower + upper) / 2);
        }
        return Activations.sloped(
                "rrelu", x, slopes(Primitives.detached(x), lower, upper, generator == null ? Ashlar.generator() : generator));
    }

    private static Tensor slopes(Tensor x, double lower, double upper, Generator generator) {
        if (!generator.drawsOnHost()) {
            return x.randLike(generator).mul(upper - lower).add(lower);
        }
        // PyTorch draws one after the other, and only where a slope is needed.
        Tensor needed = x.le(0.0);
        Shape count = Shape.of(needed.sum().itemLong());
        Tensor drawn = Tensor.uniform(lower, upper, count, DType.FLOAT64, generator).to(x.dtype()).to(x.device());
        return x.onesLike().maskedScatter(needed, drawn);
    }

    /** Returns {@link #elu(double)} with alpha 1. */
    default Tensor elu() {
        return elu(1);
    }

    /** Returns this where positive, else {@code alpha * (exp(this) - 1)}; the gradient at 0 is alpha. */
    default Tensor elu(double alpha) {
        return Widened.apply(self(), x -> Activations.elu("elu", x, alpha, 1, 1));
    }

    /**
     * Returns {@code scale * this} where positive, else {@code scale * alpha * (exp(inputScale * this) - 1)}; the gradient at 0 is
     * that of the second.
     */
    default Tensor elu(double alpha, double scale, double inputScale) {
        return Widened.apply(self(), x -> Activations.elu("elu", x, alpha, scale, inputScale));
    }

    /** Returns {@link #celu(double)} with alpha 1. */
    default Tensor celu() {
        return celu(1);
    }

    /**
     * Returns this where positive, else {@code alpha * (exp(this / alpha) - 1)}; the gradient at 0 is 1.
     *
     * @param alpha not 0
     */
    default Tensor celu(double alpha) {
        if (alpha == 0) {
            throw new InvalidArgumentException("[celu] expected an alpha other than 0, got " + alpha + "; use relu()");
        }
        return Widened.apply(self(), x -> Activations.elu("celu", x, alpha, 1, 1 / alpha));
    }

    /**
     * Returns {@link #elu(double, double, double)} with the alpha and scale that keep mean 0 and variance 1.
     *
     * @see <a href="https://arxiv.org/abs/1706.02515">Klambauer et al.: Self-normalizing neural networks</a>
     */
    default Tensor selu() {
        double alpha = 1.6732632423543772848170429916717;
        double scale = 1.0507009873554804934193349852946;
        return Widened.apply(self(), x -> Activations.elu("selu", x, alpha, scale, 1));
    }

    // ---- smooth functions -------------------------------------------------------------------------------------------------------

    /** Returns 1 / (1 + exp(-this)), without overflow. */
    default Tensor sigmoid() {
        return Widened.apply(self(), Activations::sigmoid);
    }

    /** Returns this * sigmoid(this). */
    default Tensor silu() {
        return Widened.apply(self(), Activations::silu);
    }

    /** Returns this * tanh(softplus(this)). */
    default Tensor mish() {
        return Widened.apply(self(), Activations::mish);
    }

    /** Returns {@link #softplus(double, double)} with beta 1 and threshold 20. */
    default Tensor softplus() {
        return softplus(1, 20);
    }

    /**
     * Returns log(1 + exp(beta * this)) / beta, without overflow; this itself where {@code beta * this > threshold}.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.Softplus.html">torch.nn.Softplus</a>
     */
    default Tensor softplus(double beta, double threshold) {
        if (beta == 0) {
            throw new InvalidArgumentException("[softplus] expected a beta other than 0, got " + beta + "; use 1");
        }
        return Widened.apply(self(), x -> Activations.softplus(x, beta, threshold));
    }

    /** Returns this / (1 + |this|). */
    default Tensor softsign() {
        return Widened.apply(self(), x -> x.div(x.abs().add(1.0)));
    }

    /** Returns log(sigmoid(this)), without overflow. */
    default Tensor logSigmoid() {
        return Widened.apply(self(), Activations::logSigmoid);
    }

    /**
     * Returns this * Phi(this), with the distribution function of the normal distribution by way of erf.
     *
     * @see <a href="https://arxiv.org/abs/1606.08415">Hendrycks, Gimpel: Gaussian error linear units</a>
     */
    default Tensor gelu() {
        return Widened.apply(self(), Activations::gelu);
    }

    /** Returns the form of {@link #gelu} with tanh: {@code x/2 * (1 + tanh(sqrt(2/pi) * (x + 0.044715 x^3)))}. */
    default Tensor geluTanh() {
        return Widened.apply(self(), Activations::geluTanh);
    }

    /** Returns {@link #glu(int)} of the last dimension. */
    default Tensor glu() {
        return glu(-1);
    }

    /**
     * Returns the first half of a dimension times the sigmoid of its second half.
     *
     * @param dim of an even size, half of which the result has
     * @throws ShapeMismatchException if the size is odd or there is no dimension
     */
    default Tensor glu(int dim) {
        int at = self().shape().dim("glu", dim);
        if (self().shape().rank() == 0 || self().shape().size(at) % 2 != 0) {
            throw new ShapeMismatchException("[glu] expected a dimension of an even size, got dimension " + at + " of " + self().shape()
                    + "; its two halves are values and gates");
        }
        long half = self().shape().size(at) / 2;
        return Widened.apply(self(), x -> x.narrow(at, 0, half).mul(x.narrow(at, half, half).sigmoid()));
    }

    // ---- distributions ----------------------------------------------------------------------------------------------------------

    /**
     * Returns exp(this) divided by its sum over a dimension; a line that is -infinity throughout becomes NaN.
     *
     * @throws InvalidArgumentException if there is no such dimension
     */
    default Tensor softmax(int dim) {
        int at = self().shape().dim("softmax", dim);
        return Widened.apply(self(), x -> Activations.softmax(x, at));
    }

    /** Casts to a type and returns the {@link #softmax(int)} of that. */
    default Tensor softmax(int dim, DType type) {
        return self().to(type).softmax(dim);
    }

    /** Returns the {@link #softmax(int)} of -this. */
    default Tensor softmin(int dim) {
        return softmin(dim, Promotion.withDouble(self().dtype()));
    }

    /** Returns the {@link #softmax(int, DType)} of -this; unsigned integers wrap before they are cast. */
    default Tensor softmin(int dim, DType type) {
        int at = self().shape().dim("softmin", dim);
        return numbers("softmin").neg().softmax(at, type);
    }

    /** Returns the logarithm of {@link #softmax(int)}, without overflow. */
    default Tensor logSoftmax(int dim) {
        int at = self().shape().dim("logSoftmax", dim);
        return Widened.apply(self(), x -> Activations.logSoftmax(x, at));
    }

    /** Casts to a type and returns the {@link #logSoftmax(int)} of that. */
    default Tensor logSoftmax(int dim, DType type) {
        return self().to(type).logSoftmax(dim);
    }

    /** Returns {@link #gumbelSoftmax(double, boolean, int, Generator)} with temperature 1 over the last dimension. */
    default Tensor gumbelSoftmax() {
        return gumbelSoftmax(1, false, -1, null);
    }

    /**
     * Draws from the distributions that unnormalised log-probabilities describe: the softmax of this plus noise, divided by a temperature.
     *
     * @param temperature &gt; 0; the smaller, the nearer are results to 0 and 1
     * @param hard whether the result is 1 at the largest place and 0 elsewhere; gradients are those of the softmax
     * @param generator where the noise comes from; null for {@link Ashlar#generator()}
     * @see <a href="https://arxiv.org/abs/1611.01144">Jang, Gu, Poole: Categorical reparameterization with Gumbel-softmax</a>
     */
    default Tensor gumbelSoftmax(double temperature, boolean hard, int dim, @Nullable Generator generator) {
        int at = self().shape().dim("gumbelSoftmax", dim);
        if (!(temperature > 0)) {
            throw new InvalidArgumentException("[gumbelSoftmax] expected a temperature > 0, got " + temperature + "; 1 is usual");
        }
        Generator source = generator == null ? Ashlar.generator() : generator;
        return Widened.apply(self(), x -> {
            // A uniform number of exactly 0 would make the noise infinite.
            Tensor exponential = Primitives.detached(x).randLike(source).neg().log1p().neg().clampMin(0x1p-54);
            Tensor soft = Activations.softmax(x.sub(exponential.log()).div(temperature), at);
            return hard ? Activations.hardened(soft, at) : soft;
        });
    }
}
