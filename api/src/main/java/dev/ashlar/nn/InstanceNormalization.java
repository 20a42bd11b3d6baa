// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import dev.ashlar.type.ShapeMismatchException;
import org.jspecify.annotations.Nullable;

/**
 * Normalises each channel of each sample by its own mean and variance, then multiplies by {@code weight} and adds {@code bias}, [channels]
 * each, if there are any; they start at 1 and 0. With running statistics, those normalise in evaluation mode. As in PyTorch,
 * {@code num_batches_tracked} stays 0.
 */
abstract class InstanceNormalization<M extends InstanceNormalization<M>> extends NormalizedChannels<M> {
    private final int rank;

    InstanceNormalization(
            int rank,
            long channels,
            double epsilon,
            @Nullable Double momentum,
            boolean affine,
            boolean trackRunningStats,
            boolean bias) {
        super("instanceNorm", channels, epsilon, momentum, affine, trackRunningStats, bias);
        this.rank = rank;
    }

    @Override
    Tensor compute(Tensor input) {
        Ranks.checked(name, input, rank + 1, rank + 2);
        if (weight() != null && input.size(-1 - rank) != channels) {
            throw new ShapeMismatchException("[" + name + "] expected " + channels + " channels, got shape " + input.shape()
                    + "; make the layer for the number of channels");
        }
        return input.dim() == rank + 1 ? normalised(input.unsqueeze(0)).squeeze(0) : normalised(input);
    }

    private Tensor normalised(Tensor input) {
        boolean ownStatistics = isTraining() || runningMean() == null;
        double part = momentum == null ? 0 : momentum;
        return input.instanceNorm(runningMean(), runningVar(), weight(), bias(), ownStatistics, part, epsilon);
    }
}
