// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import org.jspecify.annotations.Nullable;

/**
 * Normalises each channel of [batch, channels, rows, columns]; see {@link BatchNormalization}.
 *
 * @see <a href="https://arxiv.org/abs/1502.03167">Ioffe, Szegedy: Batch normalization</a>
 */
public final class BatchNorm2d extends BatchNormalization<BatchNorm2d> {
    /** Creates a layer with epsilon 1e-5, momentum 0.1, weight, bias and running statistics. */
    public BatchNorm2d(long channels) {
        this(channels, 1e-5, 0.1, true, true, true);
    }

    /**
     * @param channels size of dimension 1
     * @param epsilon added to the variance
     * @param momentum the weight of a batch in the running statistics; null for the mean of all batches
     * @param affine whether there are weight and bias
     * @param trackRunningStats whether there are running statistics; without, batches are normalised by their own in both modes
     * @param bias whether there is a bias beside the weight
     */
    public BatchNorm2d(
            long channels, double epsilon, @Nullable Double momentum, boolean affine, boolean trackRunningStats, boolean bias) {
        super(4, 4, channels, epsilon, momentum, affine, trackRunningStats, bias);
    }
}
