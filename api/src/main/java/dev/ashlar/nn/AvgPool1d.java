// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Takes the mean of each window of signals, [batch, channels, length] or without batch; see
 * {@link Tensor#avgPool1d(int[], int[], int[], boolean, boolean)}. An array has one number.
 */
public final class AvgPool1d extends AveragePooling<AvgPool1d> {
    /** Creates a layer with windows side by side. */
    public AvgPool1d(int kernel) {
        this(kernel, kernel, 0);
    }

    /** Creates a layer with windows of one size; zeros of the padding count. */
    public AvgPool1d(int kernel, int stride, int padding) {
        this(Windows.of(kernel), Windows.of(stride), Windows.of(padding), false, true);
    }

    /**
     * @param kernel size of a window, &gt;= 1
     * @param stride between windows, &gt;= 1; null for windows side by side
     * @param padding added on each side, &gt;= 0 and at most half of the window
     * @param ceilMode whether windows that begin inside, but end behind the padding count
     * @param countIncludePad whether zeros of the padding count
     */
    public AvgPool1d(
            int[] kernel, int @Nullable [] stride, int[] padding, boolean ceilMode, boolean countIncludePad) {
        super(1, AvgPool1d::mean, kernel, stride, padding, ceilMode, countIncludePad, null);
    }

    private static Tensor mean(
            Tensor x, int[] kernel, int @Nullable [] stride, int[] padding, boolean ceilMode, boolean counted, @Nullable Long none) {
        return x.avgPool1d(kernel, stride, padding, ceilMode, counted);
    }
}
