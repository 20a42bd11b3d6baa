// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import org.jspecify.annotations.Nullable;

/**
 * Takes the norm {@code (sum of x^p)^(1/p)} of each window of volumes; see
 * {@link dev.ashlar.Tensor#lpPool3d(double, int[], int[], boolean)}.
 */
public final class LPPool3d extends StatelessLayer<LPPool3d> {
    /** Creates a layer with windows side by side. */
    public LPPool3d(double normType, int kernel) {
        this(normType, Windows.of(kernel), null, false);
    }

    /**
     * @param normType p, not 0
     * @param kernel size of a window, &gt;= 1
     * @param stride between windows, &gt;= 1; null for windows side by side
     * @param ceilMode whether windows that begin inside, but end behind the input count
     */
    public LPPool3d(double normType, int[] kernel, int @Nullable [] stride, boolean ceilMode) {
        int[] sizes = Windows.checked("lpPool3d", "kernel", 3, kernel, 1);
        int[] steps = Windows.checkedOrNull("lpPool3d", "stride", 3, stride, 1);
        super(
                x -> x.lpPool3d(normType, sizes, steps, ceilMode),
                "norm_type=" + Repr.number(normType) + ", kernel_size=" + Windows.repr(sizes) + ", stride="
                        + (steps == null ? "None" : Windows.repr(steps)) + ", ceil_mode=" + Repr.of(ceilMode));
    }
}
