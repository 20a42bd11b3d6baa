// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

/** Adds up columns as windows of images; see {@link dev.ashlar.Tensor#fold(int[], int[], int[], int[], int[])}. */
public final class Fold extends StatelessLayer<Fold> {
    /** Creates a layer for windows at every position. */
    public Fold(int[] outputSize, int[] kernel) {
        this(outputSize, kernel, Windows.of(1), Windows.of(0), Windows.of(1));
    }

    /**
     * Arrays have two numbers, or one for rows and columns.
     *
     * @param outputSize of the images
     * @param kernel size of a window, &gt;= 1
     * @param dilation distance of neighbours within a window, &gt;= 1
     * @param padding zeros that were added on each side, &gt;= 0
     * @param stride between windows, &gt;= 1
     */
    public Fold(int[] outputSize, int[] kernel, int[] dilation, int[] padding, int[] stride) {
        int[] images = Windows.checked("fold", "output size", 2, outputSize, 1);
        int[] window = Windows.checked("fold", "kernel", 2, kernel, 1);
        int[] distances = Windows.checked("fold", "dilation", 2, dilation, 1);
        int[] added = Windows.checked("fold", "padding", 2, padding, 0);
        int[] steps = Windows.checked("fold", "stride", 2, stride, 1);
        super(
                x -> x.fold(images, window, distances, added, steps),
                "output_size=" + Windows.repr(images) + ", kernel_size=" + Windows.repr(window) + ", dilation="
                        + Windows.repr(distances) + ", padding=" + Windows.repr(added) + ", stride=" + Windows.repr(steps));
    }
}
