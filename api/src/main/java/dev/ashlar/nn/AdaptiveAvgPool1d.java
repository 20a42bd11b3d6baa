// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

/**
 * Takes the means of a given number of windows along each dimension of signals, [batch, channels, length] or without batch;
 * see {@link dev.ashlar.Tensor#adaptiveAvgPool1d(int...)}.
 */
public final class AdaptiveAvgPool1d extends StatelessLayer<AdaptiveAvgPool1d> {
    /** @param outputSize number of windows per dimension, or one for all; -1 for the input's size, None in PyTorch */
    public AdaptiveAvgPool1d(int... outputSize) {
        int[] counts = Windows.checked("adaptiveAvgPool1d", "output size", 1, outputSize, -1);
        super(x -> x.adaptiveAvgPool1d(counts), "output_size=" + Windows.reprOrNone(counts));
    }
}
