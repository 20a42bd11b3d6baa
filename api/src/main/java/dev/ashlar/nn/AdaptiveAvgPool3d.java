// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

/**
 * Takes the means of a given number of windows along each dimension of volumes, [batch, channels, depth, rows, columns] or without batch;
 * see {@link dev.ashlar.Tensor#adaptiveAvgPool3d(int...)}.
 */
public final class AdaptiveAvgPool3d extends StatelessLayer<AdaptiveAvgPool3d> {
    /** @param outputSize number of windows per dimension, or one for all; -1 for the input's size, None in PyTorch */
    public AdaptiveAvgPool3d(int... outputSize) {
        int[] counts = Windows.checked("adaptiveAvgPool3d", "output size", 3, outputSize, -1);
        super(x -> x.adaptiveAvgPool3d(counts), "output_size=" + Windows.reprOrNone(counts));
    }
}
