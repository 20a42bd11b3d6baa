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
        int[] window = Windows.checked("unfold", "kernel", 2, kernel, 1);
        int[] distances = Windows.checked("unfold", "dilation", 2, dilation, 1);
        int[] added = Windows.checked("unfold", "padding", 2, padding, 0);
        int[] steps = Windows.checked("unfold", "stride", 2, stride, 1);
        super(
                x -> x.unfold(window, distances, added, steps),
                "kernel_size=" + Windows.repr(window) + ", dilation=" + Windows.repr(distances) + ", padding=" + Windows.repr(added)
                        + ", stride=" + Windows.repr(steps));
    }
}
