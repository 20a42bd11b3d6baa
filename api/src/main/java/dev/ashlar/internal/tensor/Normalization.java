// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Normalises values by the statistics of groups of them, then scales and shifts them. Each is one operation with its own gradient: a rule
 * reads the operand and the statistics and no other values, and computes the normalised values again where it needs them. The statistics
 * carry their own gradients, which makes the rules differentiable.
 *
 * <p>Operands are of one floating-point type; weights and biases broadcast to the operand.
 */
public final class Normalization {
    private Normalization() {}

    /**
     * What came out.
     *
     * @param output the operand's shape
     * @param mean with size 1 in the dimensions that were folded
     * @param variance biased, without history
     * @param rstd one divided by the standard deviation
     */
    public record Result(Tensor output, Tensor mean, Tensor variance, Tensor rstd) {}

    private static long count(Tensor x, int[] dims) {
        long count = 1;
        for (int dim : dims) {
            count *= x.shape().size(dim);
        }
        return count;
    }

    /** Normalises by mean and variance over dimensions: {@code (x - mean) / sqrt(variance + epsilon) * weight + bias}. */
    public static Result centred(
            String name, Tensor x, int[] dims, double epsilon, @Nullable Tensor weight, @Nullable Tensor bias) {
        Tensor mean = x.mean(dims, true);
        Tensor centred = Primitives.detached(x).sub(Primitives.detached(mean));
        Tensor variance = centred.square().mean(dims, true);
        Tensor root = variance.add(epsilon).rsqrt();
        long count = count(x, dims);
        Tensor rstd = Tape.record(name, root, of(x), of(x, mean, root), (g, s) ->
                g.mul(s[2].square().mul(s[2])).mul(s[0].sub(s[1])).mul(-1.0 / count));
        Tensor output = affine(name, x, mean, rstd, weight, bias, (g, hat, r) ->
                g.sub(g.mean(dims, true)).sub(hat.mul(g.mul(hat).mean(dims, true))).mul(r));
        return new Result(output, mean, variance, rstd);
    }

    /** Normalises by the root of the mean square over dimensions: {@code x / sqrt(mean(x^2) + epsilon) * weight}. */
    public static Tensor rootMeanSquare(String name, Tensor x, int[] dims, double epsilon, @Nullable Tensor weight) {
        Tensor root = Primitives.detached(x).square().mean(dims, true).add(epsilon).rsqrt();
        long count = count(x, dims);
        Tensor rstd = Tape.record(name, root, of(x), of(x, root), (g, s) ->
                g.mul(s[1].square().mul(s[1])).mul(s[0]).mul(-1.0 / count));
        return affine(name, x, null, rstd, weight, null, (g, hat, r) -> g.sub(hat.mul(g.mul(hat).mean(dims, true))).mul(r));
    }

    /** Normalises by given statistics, which get no gradient. */
    public static Tensor fixed(
            String name, Tensor x, Tensor mean, Tensor variance, double epsilon, @Nullable Tensor weight, @Nullable Tensor bias) {
        Tensor rstd = Primitives.detached(variance).add(epsilon).rsqrt();
        return affine(name, x, Primitives.detached(mean), rstd, weight, bias, (g, _, r) -> g.mul(r));
    }

    /** The gradient of the operand, from that of the normalised values. */
    @FunctionalInterface
    private interface Inner {
        Tensor gradient(Tensor gradient, Tensor normalised, Tensor rstd);
    }

    private static Tensor hat(Tensor x, @Nullable Tensor mean, Tensor rstd) {
        return (mean == null ? x : x.sub(mean)).mul(rstd);
    }

    private static @Nullable Tensor detached(@Nullable Tensor x) {
        return x == null ? null : Primitives.detached(x);
    }

    private static Tensor affine(
            String name, Tensor x, @Nullable Tensor mean, Tensor rstd, @Nullable Tensor weight, @Nullable Tensor bias, Inner inner) {
        Tensor y = hat(Primitives.detached(x), detached(mean), Primitives.detached(rstd));
        List<Tensor> inputs = new ArrayList<>(List.of(x));
        List<Tensor> saved = new ArrayList<>(List.of(x, rstd));
        int at = mean == null ? -1 : saved.size();
        if (mean != null) {
            saved.add(mean);
        }
        int scale = weight == null ? -1 : saved.size();
        List<Tape.Rule> rules = new ArrayList<>();
        rules.add((g, s) -> inner.gradient(scale < 0 ? g : g.mul(s[scale]), hat(s[0], at < 0 ? null : s[at], s[1]), s[1]));
        if (weight != null) {
            y = y.mul(Primitives.detached(weight));
            inputs.add(weight);
            saved.add(weight);
            rules.add((g, s) -> Tape.sumTo(g.mul(hat(s[0], at < 0 ? null : s[at], s[1])), weight.shape()));
        }
        if (bias != null) {
            y = y.add(Primitives.detached(bias));
            inputs.add(bias);
            rules.add((g, _) -> Tape.sumTo(g, bias.shape()));
        }
        return Tape.record(name, y, inputs.toArray(Tensor[]::new), saved.toArray(Tensor[]::new), rules.toArray(Tape.Rule[]::new));
    }

    /**
     * Moves running statistics towards those of a batch; their gradient mode does not matter.
     *
     * @param result of {@link #centred}
     * @param count how many values each statistic was made of: the variance is corrected to be unbiased
     * @param shape of the statistics before a mean over their first dimension, which gives the running ones' shape; or null
     */
    public static void track(
            Result result,
            long count,
            double momentum,
            @Nullable Tensor runningMean,
            @Nullable Tensor runningVariance,
            long @Nullable [] shape) {
        try (var _ = Autograd.noGrad()) {
            if (runningMean != null) {
                move(runningMean, Primitives.detached(result.mean()), momentum, shape);
            }
            if (runningVariance != null) {
                Tensor unbiased = result.variance().mul((double) count).div(count - 1.0);
                move(runningVariance, unbiased, momentum, shape);
            }
        }
    }

    private static void move(Tensor running, Tensor value, double momentum, long @Nullable [] shape) {
        Tensor next = shape == null ? value.reshape(running.shape().toArray()) : value.reshape(shape).mean(0);
        Tensor wide = Widened.of(running);
        running.assign(wide.mul(1 - momentum).add(next.to(wide.dtype()).mul(momentum)));
    }
}
