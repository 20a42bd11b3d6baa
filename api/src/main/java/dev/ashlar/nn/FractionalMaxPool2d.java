// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Takes the largest elements of windows of images whose places are drawn at random in both modes; see
 * {@link Tensor#fractionalMaxPool2d(int[], int[], double[], Tensor)}.
 *
 * @see <a href="https://arxiv.org/abs/1412.6071">Graham: Fractional max-pooling</a>
 */
public final class FractionalMaxPool2d extends FractionalMaxPooling<FractionalMaxPool2d> {
    /** Creates a layer for a part of each size. */
    public FractionalMaxPool2d(int kernel, double outputRatio) {
        this(Windows.of(kernel), null, new double[] {outputRatio}, null);
    }

    /**
     * @param kernel size of a window, &gt;= 1, or one number for all dimensions
     * @param outputSize number of windows per dimension, or one for all; null if ratios are given
     * @param outputRatio numbers between 0 and 1 that sizes are multiplied by and rounded down; null if the size is given
     * @param randomSamples [batch, channels, 2] numbers in [0, 1) that decide about the places; null to draw them in each call
     */
    public FractionalMaxPool2d(
            int[] kernel, int @Nullable [] outputSize, double @Nullable [] outputRatio, @Nullable Tensor randomSamples) {
        super(
                2, Tensor::fractionalMaxPool2d, Tensor::fractionalMaxPool2dWithIndices, kernel, outputSize, outputRatio, randomSamples);
    }
}
