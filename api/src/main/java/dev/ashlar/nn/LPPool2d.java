// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import org.jspecify.annotations.Nullable;

/**
 * Takes the norm {@code (sum of x^p)^(1/p)} of each window of images; see
 * {@link dev.ashlar.Tensor#lpPool2d(double, int[], int[], boolean)}.
 */
public final class LPPool2d extends StatelessLayer<LPPool2d> {
    /** Creates a layer with windows side by side. */
    public LPPool2d(double normType, int kernel) {
        this(normType, Windows.of(kernel), null, false);
    }

    /**
     * @param normType p, not 0
     * @param kernel size of a window, &gt;= 1
     * @param stride between windows, &gt;= 1; null for windows side by side
     * @param ceilMode whether windows that begin inside, but end behind the input count
     */
    public LPPool2d(double normType, int[] kernel, int @Nullable [] stride, boolean ceilMode) {
        int[] sizes = Windows.checked("lpPool2d", "kernel", 2, kernel, 1);
        int[] steps = Windows.checkedOrNull("lpPool2d", "stride", 2, stride, 1);
        super(
                x -> x.lpPool2d(normType, sizes, steps, ceilMode),
                "norm_type=" + Repr.number(normType) + ", kernel_size=" + Windows.repr(sizes) + ", stride="
                        + (steps == null ? "None" : Windows.repr(steps)) + ", ceil_mode=" + Repr.of(ceilMode));
    }
}
