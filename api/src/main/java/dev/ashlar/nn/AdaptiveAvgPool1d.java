// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

/**
 * Takes the means of a given number of windows along each dimension of signals, [batch, channels, length] or without batch;
 * see {@link dev.ashlar.Tensor#adaptiveAvgPool1d(int...)}.
 */
public final class AdaptiveAvgPool1d extends StatelessLayer<AdaptiveAvgPool1d> {
    /** @param outputSize number of windows per dimension, or one for all; -1 for the input's size, None in PyTorch */
    public AdaptiveAvgPool1d(int... outputSize) {
        super(x -> x.adaptiveAvgPool1d(outputSize), "output_size=" + Windows.reprOrNone(outputSize));
    }
}
