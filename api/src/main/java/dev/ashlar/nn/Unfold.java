// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

/** Takes windows of images apart as columns; see {@link dev.ashlar.Tensor#unfold(int[], int[], int[], int[])}. */
public final class Unfold extends StatelessLayer<Unfold> {
    /** Creates a layer for square windows at every position. */
    public Unfold(int kernel) {
        this(Windows.of(kernel), Windows.of(1), Windows.of(0), Windows.of(1));
    }

    /**
     * Arrays have two numbers, or one for rows and columns.
     *
     * @param kernel size of a window, &gt;= 1
     * @param dilation distance of neighbours within a window, &gt;= 1
     * @param padding zeros added on each side, &gt;= 0
     * @param stride between windows, &gt;= 1
     */
    public Unfold(int[] kernel, int[] dilation, int[] padding, int[] stride) {
        super(
                x -> x.unfold(kernel, dilation, padding, stride),
                "kernel_size=" + Windows.repr(kernel) + ", dilation=" + Windows.repr(dilation) + ", padding=" + Windows.repr(padding)
                        + ", stride=" + Windows.repr(stride));
    }
}
