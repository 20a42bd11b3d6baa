// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Takes the mean of each window of volumes, [batch, channels, depth, rows, columns] or without batch; see
 * {@link Tensor#avgPool3d(int[], int[], int[], boolean, boolean, Long)}. An array has one number per dimension, or one for all of them.
 */
public final class AvgPool3d extends AveragePooling<AvgPool3d> {
    /** Creates a layer with windows side by side. */
    public AvgPool3d(int kernel) {
        this(kernel, kernel, 0);
    }

    /** Creates a layer with windows of one size; zeros of the padding count. */
    public AvgPool3d(int kernel, int stride, int padding) {
        this(Windows.of(kernel), Windows.of(stride), Windows.of(padding), false, true, null);
    }

    /**
     * @param kernel size of a window, &gt;= 1
     * @param stride between windows, &gt;= 1; null for windows side by side
     * @param padding added on each side, &gt;= 0 and at most half of the window
     * @param ceilMode whether windows that begin inside, but end behind the padding count
     * @param countIncludePad whether zeros of the padding count
     * @param divisorOverride what sums are divided by; null for the number of elements that count
     */
    public AvgPool3d(
            int[] kernel, int @Nullable [] stride, int[] padding, boolean ceilMode, boolean countIncludePad,
                    @Nullable Long divisorOverride) {
        super(3, Tensor::avgPool3d, kernel, stride, padding, ceilMode, countIncludePad, divisorOverride);
    }
}
