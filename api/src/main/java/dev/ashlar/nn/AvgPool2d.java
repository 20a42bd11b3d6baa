// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/** Takes the mean of each window of an image; see {@link Tensor#avgPool2d}. Where two numbers are given they are for rows and columns. */
public final class AvgPool2d extends ConcreteModule<AvgPool2d> implements Layer {
    private final int[] kernel;
    private final int[] stride;
    private final int[] padding;

    /** Creates a layer with square windows side by side. */
    public AvgPool2d(int kernel) {
        this(kernel, kernel, 0);
    }

    /** Creates a layer with square windows. */
    public AvgPool2d(int kernel, int stride, int padding) {
        this(Windows.both(kernel), Windows.both(stride), Windows.both(padding));
    }

    /**
     * @param kernel size of a window, &gt;= 1
     * @param stride between windows, &gt;= 1
     * @param padding added on each side, &gt;= 0 and at most half of the window
     */
    public AvgPool2d(int[] kernel, int[] stride, int[] padding) {
        this.kernel = Windows.checked("avgPool2d", "kernel", kernel, 1);
        this.stride = Windows.checked("avgPool2d", "stride", stride, 1);
        this.padding = Windows.checked("avgPool2d", "padding", padding, 0);
    }

    @Override
    public Tensor forward(Tensor input) {
        return hooked(input, given -> given.avgPool2d(kernel, stride, padding));
    }

    @Override
    public String extraRepr() {
        return "kernel_size=" + Windows.repr(kernel) + ", stride=" + Windows.repr(stride) + ", padding=" + Windows.repr(padding);
    }
}
