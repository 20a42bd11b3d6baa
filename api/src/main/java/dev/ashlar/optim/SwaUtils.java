// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.nn.Layer;
import dev.ashlar.nn.RunningStatistics;
import dev.ashlar.type.InvalidArgumentException;

/**
 * How weights are averaged, for {@link AveragedModel}.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/optim.html#weight-averaging-swa-and-ema">torch.optim.swa_utils</a>
 */
public final class SwaUtils {
    private SwaUtils() {}

    /** What becomes of a mean. */
    @FunctionalInterface
    public interface Average {
        /**
         * Returns the next mean.
         *
         * @param mean the mean so far
         * @param value what comes to it
         * @param count how many values are in the mean, int64 without dimensions
         */
        Tensor next(Tensor mean, Tensor value, Tensor count);
    }

    /** Returns the mean of all values: {@code mean + (value - mean) / (count + 1)}. */
    public static Average getSwaAvgFn() {
        return (mean, value, count) -> {
            Tensor change = value.sub(mean);
            return mean.add(change.div(count.add(1L).to(mean.dtype().isFloatingPoint() ? mean.dtype() : count.dtype())));
        };
    }

    /**
     * Returns the mean in which older values count less and less: {@code decay * mean + (1 - decay) * value}.
     *
     * @param decay from 0 to 1
     */
    public static Average getEmaAvgFn(double decay) {
        if (!(decay >= 0 && decay <= 1)) {
            throw new InvalidArgumentException("[getEmaAvgFn] expected a decay from 0 to 1, got " + decay + "; 0.999 is usual");
        }
        return (mean, value, _) -> mean.mul(decay).add(value.mul(1 - decay));
    }

    /**
     * Computes the running means and variances of all batch normalisations anew: averaged weights have others. They become the plain
     * means over all batches; the model's mode is as before afterwards.
     *
     * @param inputs batches of inputs, on the model's device
     */
    public static void updateBn(Iterable<Tensor> inputs, Layer model) {
        RunningStatistics.renew(model, () -> {
            try (var _ = Autograd.noGrad()) {
                inputs.forEach(model::forward);
            }
        });
    }
}
