// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

/**
 * Takes the largest elements of a given number of windows along each dimension of volumes, [batch, channels, depth, rows, columns] or
 * without batch; see {@link dev.ashlar.Tensor#adaptiveMaxPool3d(int...)}.
 */
public final class AdaptiveMaxPool3d extends IndexedPooling<AdaptiveMaxPool3d> {
    /** @param outputSize number of windows per dimension, or one for all; -1 for the input's size, None in PyTorch */
    public AdaptiveMaxPool3d(int... outputSize) {
        int[] counts = Windows.checked("adaptiveMaxPool3d", "output size", 3, outputSize, -1);
        super(
                x -> x.adaptiveMaxPool3d(counts),
                x -> x.adaptiveMaxPool3dWithIndices(counts),
                "output_size=" + Windows.reprOrNone(counts));
    }
}
