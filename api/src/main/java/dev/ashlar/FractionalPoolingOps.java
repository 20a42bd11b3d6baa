// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import dev.ashlar.internal.tensor.FractionalPooling;
import org.jspecify.annotations.Nullable;

/** Pooling over windows whose places are drawn by chance, on the last two or three dimensions of [batch, channels, sizes]. */
public sealed interface FractionalPoolingOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    /**
     * Returns the largest elements of a given number of windows of images whose places are drawn at random, at about the same distance.
     * There is no gradient for the samples.
     *
     * @see <a href="https://arxiv.org/abs/1412.6071">Graham: Fractional max-pooling</a>
     * @param kernel size of a window, &gt;= 1
     * @param outputSize number of windows per dimension, or one for all; null if ratios are given
     * @param outputRatio numbers between 0 and 1 that sizes are multiplied by and rounded down; null if the size is given
     * @param randomSamples [batch, channels, 2] numbers in [0, 1) of this one's type that decide about the places, columns before rows;
     *     null to draw them from {@link Ashlar#generator()}. A single sample counts as a batch of 1
     * @throws dev.ashlar.type.ShapeMismatchException if the windows do not fit at different places
     */
    default Tensor fractionalMaxPool2d(
            int[] kernel, int @Nullable [] outputSize, double @Nullable [] outputRatio, @Nullable Tensor randomSamples) {
        return fractionalMaxPool2dWithIndices(kernel, outputSize, outputRatio, randomSamples).values();
    }

    /** Returns what {@link #fractionalMaxPool2d} does, and where in its channel the first of the largest elements of each window lies. */
    default ValuesAndIndices fractionalMaxPool2dWithIndices(
            int[] kernel, int @Nullable [] outputSize, double @Nullable [] outputRatio, @Nullable Tensor randomSamples) {
        return FractionalPooling.max(2, self(), kernel, outputSize, outputRatio, randomSamples);
    }

    /**
     * Returns the largest elements of a given number of windows of volumes whose places are drawn at random, at about the same distance.
     * There is no gradient for the samples.
     *
     * @see <a href="https://arxiv.org/abs/1412.6071">Graham: Fractional max-pooling</a>
     * @param kernel size of a window, &gt;= 1
     * @param outputSize number of windows per dimension, or one for all; null if ratios are given
     * @param outputRatio numbers between 0 and 1 that sizes are multiplied by and rounded down; null if the size is given
     * @param randomSamples [batch, channels, 3] numbers in [0, 1) of this one's type that decide about the places, depth, rows, columns;
     *     null to draw them from {@link Ashlar#generator()}. A single sample counts as a batch of 1
     * @throws dev.ashlar.type.ShapeMismatchException if the windows do not fit at different places
     */
    default Tensor fractionalMaxPool3d(
            int[] kernel, int @Nullable [] outputSize, double @Nullable [] outputRatio, @Nullable Tensor randomSamples) {
        return fractionalMaxPool3dWithIndices(kernel, outputSize, outputRatio, randomSamples).values();
    }

    /** Returns what {@link #fractionalMaxPool3d} does, and where in its channel the first of the largest elements of each window lies. */
    default ValuesAndIndices fractionalMaxPool3dWithIndices(
            int[] kernel, int @Nullable [] outputSize, double @Nullable [] outputRatio, @Nullable Tensor randomSamples) {
        return FractionalPooling.max(3, self(), kernel, outputSize, outputRatio, randomSamples);
    }
}
