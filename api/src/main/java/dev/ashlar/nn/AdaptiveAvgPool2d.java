// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

/**
 * Takes the means of a given number of windows along each dimension of images, [batch, channels, rows, columns] or without batch;
 * see {@link dev.ashlar.Tensor#adaptiveAvgPool2d(int...)}.
 */
public final class AdaptiveAvgPool2d extends StatelessLayer<AdaptiveAvgPool2d> {
    /** @param outputSize number of windows per dimension, or one for all; -1 for the input's size, None in PyTorch */
    public AdaptiveAvgPool2d(int... outputSize) {
        int[] counts = Windows.checked("adaptiveAvgPool2d", "output size", 2, outputSize, -1);
        super(x -> x.adaptiveAvgPool2d(counts), "output_size=" + Windows.reprOrNone(counts));
    }
}
