// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/**
 * Takes the largest element of each window of an image; see {@link Tensor#maxPool2d}. Where two numbers are given they are for rows and
 * columns.
 */
public final class MaxPool2d extends ConcreteModule<MaxPool2d> implements Layer {
    private final int[] kernel;
    private final int[] stride;
    private final int[] padding;
    private final int[] dilation;

    /** Creates a layer with square windows side by side. */
    public MaxPool2d(int kernel) {
        this(kernel, kernel, 0);
    }

    /** Creates a layer with square windows. */
    public MaxPool2d(int kernel, int stride, int padding) {
        this(Windows.both(kernel), Windows.both(stride), Windows.both(padding), Windows.both(1));
    }

    /**
     * @param kernel size of a window, &gt;= 1
     * @param stride between windows, &gt;= 1
     * @param padding added on each side, &gt;= 0 and at most half of the window
     * @param dilation distance of neighbours within a window, &gt;= 1
     */
    public MaxPool2d(int[] kernel, int[] stride, int[] padding, int[] dilation) {
        this.kernel = Windows.checked("maxPool2d", "kernel", kernel, 1);
        this.stride = Windows.checked("maxPool2d", "stride", stride, 1);
        this.padding = Windows.checked("maxPool2d", "padding", padding, 0);
        this.dilation = Windows.checked("maxPool2d", "dilation", dilation, 1);
    }

    @Override
    public Tensor forward(Tensor input) {
        return hooked(input, given -> given.maxPool2d(kernel, stride, padding, dilation));
    }

    @Override
    public String extraRepr() {
        return "kernel_size=" + Windows.repr(kernel) + ", stride=" + Windows.repr(stride) + ", padding=" + Windows.repr(padding)
                + ", dilation=" + Windows.repr(dilation) + ", ceil_mode=False";
    }
}
