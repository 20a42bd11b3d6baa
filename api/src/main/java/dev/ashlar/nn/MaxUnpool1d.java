// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Puts the elements that {@link MaxPool1d#forwardWithIndices} found back to where they were, zeros elsewhere; see
 * {@link Tensor#maxUnpool1d(Tensor, int[], int[], int[], long[])}.
 */
public final class MaxUnpool1d extends MaxUnpooling<MaxUnpool1d> {
    /** Creates a layer for windows side by side. */
    public MaxUnpool1d(int kernel) {
        this(Windows.of(kernel), null, Windows.of(0));
    }

    /**
     * @param kernel size of a window, &gt;= 1
     * @param stride between windows, &gt;= 1; null for windows side by side
     * @param padding that was added on each side, &gt;= 0
     */
    public MaxUnpool1d(int[] kernel, int @Nullable [] stride, int[] padding) {
        super(1, Tensor::maxUnpool1d, kernel, stride, padding);
    }
}
