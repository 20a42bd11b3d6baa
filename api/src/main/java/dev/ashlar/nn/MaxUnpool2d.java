// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Puts the elements that {@link MaxPool2d#forwardWithIndices} found back to where they were, zeros elsewhere; see
 * {@link Tensor#maxUnpool2d(Tensor, int[], int[], int[], long[])}.
 */
public final class MaxUnpool2d extends MaxUnpooling<MaxUnpool2d> {
    /** Creates a layer for windows side by side. */
    public MaxUnpool2d(int kernel) {
        this(Windows.of(kernel), null, Windows.of(0));
    }

    /**
     * @param kernel size of a window, &gt;= 1
     * @param stride between windows, &gt;= 1; null for windows side by side
     * @param padding that was added on each side, &gt;= 0
     */
    public MaxUnpool2d(int[] kernel, int @Nullable [] stride, int[] padding) {
        super(2, Tensor::maxUnpool2d, kernel, stride, padding);
    }
}
