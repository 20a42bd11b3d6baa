// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
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
     * @param variance biased, without history
     */
    public record Result(Tensor output, Statistics statistics, Tensor variance) {}

    /**
     * Statistics of groups of values, with size 1 in the dimensions that were folded. They are without history, and get it when somebody
     * asks for it: a history that nobody walks would keep the operand in memory until the next collection.
     *
     * @param mean null for a root of a mean square
     * @param rstd one divided by the standard deviation or by the root of the mean square
     * @param count how many values were folded
     */
    public record Statistics(String name, Tensor x, @Nullable Tensor mean, Tensor rstd, long count) {
        /** Returns the mean with its history. */
        public Tensor recordedMean() {
            Shape shape = x.shape();
            Tensor plain = Primitives.alias(Objects.requireNonNull(mean));
            return Tape.record(name, plain, of(x), of(), (g, _) -> g.div((double) count).expand(shape.toArray()));
        }

        /** Returns one divided by the standard deviation with its history. */
        public Tensor recordedRstd() {
            Tensor plain = Primitives.alias(rstd);
            Tensor centre = mean == null ? null : recordedMean();
            return Tape.record(name, plain, of(x), centre == null ? of(x, plain) : of(x, plain, centre), (g, s) ->
                    g.mul(s[1].square().mul(s[1])).mul(centre == null ? s[0] : s[0].sub(s[2])).mul(-1.0 / count));
        }
    }

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
        Tensor plain = Primitives.detached(x);
        Tensor mean = plain.mean(dims, true);
        Tensor variance = plain.sub(mean).square().mean(dims, true);
        Statistics statistics = new Statistics(name, x, mean, variance.add(epsilon).rsqrt(), count(x, dims));
        Tensor output = affine(statistics, dims, weight, bias);
        return new Result(output, statistics, variance);
    }

    /** Normalises by the root of the mean square over dimensions: {@code x / sqrt(mean(x^2) + epsilon) * weight}. */
    public static Tensor rootMeanSquare(String name, Tensor x, int[] dims, double epsilon, @Nullable Tensor weight) {
        Tensor root = Primitives.detached(x).square().mean(dims, true).add(epsilon).rsqrt();
        return affine(new Statistics(name, x, null, root, count(x, dims)), dims, weight, null);
    }

    /** Normalises by given statistics, which get no gradient. */
    public static Tensor fixed(
            String name, Tensor x, Tensor mean, Tensor variance, double epsilon, @Nullable Tensor weight, @Nullable Tensor bias) {
        Tensor rstd = Primitives.detached(variance).add(epsilon).rsqrt();
        return affine(new Statistics(name, x, Primitives.detached(mean), rstd, 1), new int[0], weight, bias);
    }

    private static Tensor hat(Tensor x, @Nullable Tensor mean, Tensor rstd) {
        return (mean == null ? x : x.sub(mean)).mul(rstd);
    }

    /** @param dims of the statistics; none if these do not depend on the operand */
    private static Tensor affine(Statistics statistics, int[] dims, @Nullable Tensor weight, @Nullable Tensor bias) {
        String name = statistics.name();
        Tensor x = statistics.x();
        Tensor mean = statistics.mean();
        Tensor y = hat(Primitives.detached(x), mean, statistics.rstd());
        List<Tensor> inputs = new ArrayList<>(List.of(x));
        List<Tensor> saved = new ArrayList<>(List.of(x, statistics.rstd()));
        int at = mean == null ? -1 : saved.size();
        if (mean != null) {
            saved.add(mean);
        }
        int scale = weight == null ? -1 : saved.size();
        Function<Tensor[], Statistics> restored = s -> {
            Statistics plain = new Statistics(name, s[0], at < 0 ? null : s[at], s[1], statistics.count());
            // Only gradients of gradients need the statistics' own history.
            return dims.length == 0 || !GradMode.isEnabled()
                    ? plain
                    : new Statistics(name, s[0], at < 0 ? null : plain.recordedMean(), plain.recordedRstd(), plain.count());
        };
        NormalizationSums sums = NormalizationSums.of(dims, statistics.count(), mean != null, x.shape().rank(), weight != null ? weight
                : bias);
        List<Tape.Rule> rules = new ArrayList<>();
        rules.add((g, s) -> {
            Statistics known = restored.apply(s);
            return sums.ofOperand(g, s, hat(s[0], known.mean(), known.rstd()), known.rstd(), scale < 0 ? null : s[scale]);
        });
        if (weight != null) {
            y = y.mul(Primitives.detached(weight));
            inputs.add(weight);
            saved.add(weight);
            rules.add((g, s) -> {
                Statistics known = restored.apply(s);
                return Tape.sumTo(sums.ofProduct(g, s, hat(s[0], known.mean(), known.rstd())), weight.shape());
            });
        }
        if (bias != null) {
            y = y.add(Primitives.detached(bias));
            inputs.add(bias);
            rules.add((g, s) -> Tape.sumTo(sums.ofGradient(g, s), bias.shape()));
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
                move(runningMean, Objects.requireNonNull(result.statistics().mean()), momentum, shape);
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
