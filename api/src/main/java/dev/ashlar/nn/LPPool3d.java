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
        super(
                x -> x.lpPool3d(normType, kernel, stride, ceilMode),
                "norm_type=" + Repr.number(normType) + ", kernel_size=" + Windows.repr(kernel) + ", stride="
                        + (stride == null ? "None" : Windows.repr(stride)) + ", ceil_mode=" + Repr.of(ceilMode));
    }
}
