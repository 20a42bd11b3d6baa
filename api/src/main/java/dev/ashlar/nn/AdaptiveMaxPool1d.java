// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

/**
 * Takes the largest elements of a given number of windows along each dimension of signals, [batch, channels, length] or
 * without batch; see {@link dev.ashlar.Tensor#adaptiveMaxPool1d(int...)}.
 */
public final class AdaptiveMaxPool1d extends IndexedPooling<AdaptiveMaxPool1d> {
    /** @param outputSize number of windows per dimension, or one for all; -1 for the input's size, None in PyTorch */
    public AdaptiveMaxPool1d(int... outputSize) {
        int[] counts = Windows.checked("adaptiveMaxPool1d", "output size", 1, outputSize, -1);
        super(
                x -> x.adaptiveMaxPool1d(counts),
                x -> x.adaptiveMaxPool1dWithIndices(counts),
                "output_size=" + Windows.reprOrNone(counts));
    }
}
