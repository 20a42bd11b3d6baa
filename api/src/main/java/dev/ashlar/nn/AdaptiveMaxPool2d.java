// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

/**
 * Takes the largest elements of a given number of windows along each dimension of images, [batch, channels, rows, columns] or
 * without batch; see {@link dev.ashlar.Tensor#adaptiveMaxPool2d(int...)}.
 */
public final class AdaptiveMaxPool2d extends IndexedPooling<AdaptiveMaxPool2d> {
    /** @param outputSize number of windows per dimension, or one for all; -1 for the input's size, None in PyTorch */
    public AdaptiveMaxPool2d(int... outputSize) {
        int[] counts = Windows.checked("adaptiveMaxPool2d", "output size", 2, outputSize, -1);
        super(
                x -> x.adaptiveMaxPool2d(counts),
                x -> x.adaptiveMaxPool2dWithIndices(counts),
                "output_size=" + Windows.reprOrNone(counts));
    }
}
