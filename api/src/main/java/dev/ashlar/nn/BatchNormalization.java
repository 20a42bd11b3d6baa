// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import org.jspecify.annotations.Nullable;

/**
 * Normalises each channel by mean and variance, then multiplies by {@code weight} and adds {@code bias}, [channels] each; they start at 1
 * and 0.
 *
 * <p>In training mode the statistics are those of the batch, and {@code running_mean} and {@code running_var} move towards them; in
 * evaluation mode these take their place. {@code num_batches_tracked} counts the batches on the device: a step waits for nothing.
 */
abstract class BatchNormalization<M extends BatchNormalization<M>> extends NormalizedChannels<M> {
    private final int least;
    private final int most;

    BatchNormalization(
            int least,
            int most,
            long channels,
            double epsilon,
            @Nullable Double momentum,
            boolean affine,
            boolean trackRunningStats,
            boolean bias) {
        super("batchNorm", channels, epsilon, momentum, affine, trackRunningStats, bias);
        this.least = least;
        this.most = most;
    }

    @Override
    Tensor compute(Tensor input) {
        Ranks.checked(name, input, least, most);
        Tensor mean = runningMean();
        Tensor variance = runningVar();
        Tensor batches = numBatchesTracked();
        if (mean == null || variance == null || batches == null) {
            return input.batchNorm(null, null, weight(), bias(), true, 0, epsilon);
        }
        if (!isTraining()) {
            return input.batchNorm(mean, variance, weight(), bias(), false, 0, epsilon);
        }
        Tensor output = momentum != null || input.numel() == 0
                ? input.batchNorm(mean, variance, weight(), bias(), true, momentum == null ? 0 : momentum, epsilon)
                : cumulative(input, mean, variance, batches);
        try (var _ = Autograd.noGrad()) {
            batches.addAssign(1);
        }
        return output;
    }

    /** Moves running statistics to the mean of those of all batches. */
    private Tensor cumulative(Tensor input, Tensor mean, Tensor variance, Tensor batches) {
        Tensor batchMean = mean.zerosLike();
        Tensor batchVariance = variance.zerosLike();
        Tensor output = input.batchNorm(batchMean, batchVariance, weight(), bias(), true, 1, epsilon);
        try (var _ = Autograd.noGrad()) {
            Tensor part = batches.add(1).to(mean.dtype()).reciprocal();
            Tensor rest = part.rsub(1);
            mean.assign(mean.mul(rest).add(batchMean.mul(part)));
            variance.assign(variance.mul(rest).add(batchVariance.mul(part)));
        }
        return output;
    }
}
