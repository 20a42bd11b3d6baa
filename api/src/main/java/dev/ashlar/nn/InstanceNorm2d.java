// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import org.jspecify.annotations.Nullable;

/**
 * Normalises each channel of each sample of [batch, channels, rows, columns] or [channels, rows, columns]; see {@link
 * InstanceNormalization}.
 *
 * @see <a href="https://arxiv.org/abs/1607.08022">Ulyanov et al.: Instance normalization</a>
 */
public final class InstanceNorm2d extends InstanceNormalization<InstanceNorm2d> {
    /** Creates a layer with epsilon 1e-5 without weight, bias and running statistics. */
    public InstanceNorm2d(long channels) {
        this(channels, 1e-5, 0.1, false, false, true);
    }

    /**
     * @param channels the number of channels
     * @param epsilon added to the variance
     * @param momentum the weight of a batch in the running statistics; null for 0, as in PyTorch
     * @param affine whether there are weight and bias
     * @param trackRunningStats whether there are running statistics, which then normalise in evaluation mode
     * @param bias whether there is a bias beside the weight
     */
    public InstanceNorm2d(
            long channels, double epsilon, @Nullable Double momentum, boolean affine, boolean trackRunningStats, boolean bias) {
        super(2, channels, epsilon, momentum, affine, trackRunningStats, bias);
    }
}
