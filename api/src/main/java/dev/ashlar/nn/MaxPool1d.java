// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Takes the largest element of each window of signals, [batch, channels, length] or without batch; see
 * {@link Tensor#maxPool1d(int[], int[], int[], int[], boolean)}. An array has one number.
 */
public final class MaxPool1d extends MaxPooling<MaxPool1d> {
    /** Creates a layer with windows side by side. */
    public MaxPool1d(int kernel) {
        this(kernel, kernel, 0);
    }

    /** Creates a layer with windows of one size. */
    public MaxPool1d(int kernel, int stride, int padding) {
        this(Windows.of(kernel), Windows.of(stride), Windows.of(padding), Windows.of(1), false);
    }

    /**
     * @param kernel size of a window, &gt;= 1
     * @param stride between windows, &gt;= 1; null for windows side by side
     * @param padding added on each side, &gt;= 0 and at most half of the window
     * @param dilation distance of neighbours within a window, &gt;= 1
     * @param ceilMode whether windows that begin inside, but end behind the input count
     */
    public MaxPool1d(int[] kernel, int @Nullable [] stride, int[] padding, int[] dilation, boolean ceilMode) {
        super(1, Tensor::maxPool1d, Tensor::maxPool1dWithIndices, kernel, stride, padding, dilation, ceilMode);
    }
}
