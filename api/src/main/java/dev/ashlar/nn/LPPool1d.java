// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import org.jspecify.annotations.Nullable;

/**
 * Takes the norm {@code (sum of x^p)^(1/p)} of each window of signals; see
 * {@link dev.ashlar.Tensor#lpPool1d(double, int[], int[], boolean)}.
 */
public final class LPPool1d extends StatelessLayer<LPPool1d> {
    /** Creates a layer with windows side by side. */
    public LPPool1d(double normType, int kernel) {
        this(normType, Windows.of(kernel), null, false);
    }

    /**
     * @param normType p, not 0
     * @param kernel size of a window, &gt;= 1
     * @param stride between windows, &gt;= 1; null for windows side by side
     * @param ceilMode whether windows that begin inside, but end behind the input count
     */
    public LPPool1d(double normType, int[] kernel, int @Nullable [] stride, boolean ceilMode) {
        int[] sizes = Windows.checked("lpPool1d", "kernel", 1, kernel, 1);
        int[] steps = Windows.checkedOrNull("lpPool1d", "stride", 1, stride, 1);
        super(
                x -> x.lpPool1d(normType, sizes, steps, ceilMode),
                "norm_type=" + Repr.number(normType) + ", kernel_size=" + Windows.repr(sizes) + ", stride="
                        + (steps == null ? "None" : Windows.repr(steps)) + ", ceil_mode=" + Repr.of(ceilMode));
    }
}
