// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/**
 * Convolves volumes, [batch, channels, depth, rows, columns] or without batch; see {@link Tensor#conv3d(Tensor, Tensor, int[], int[],
 * int[], int)}.
 *
 * <p>Weight [outputs, inputs / groups, depth, rows, columns] and bias [outputs] start evenly in plus or minus 1 / sqrt(n), n being the
 * numbers that each output depends on.
 */
public final class Conv3d extends Convolution<Conv3d> {
    /** Creates a layer with a step of 1, no padding, and bias. */
    public Conv3d(long inputs, long outputs, int kernel) {
        this(inputs, outputs, kernel, ConvOptions.defaults());
    }

    /** Creates a layer with bias. */
    public Conv3d(long inputs, long outputs, int kernel, int stride, int padding) {
        this(inputs, outputs, kernel, ConvOptions.defaults().stride(stride).padding(padding));
    }

    /** Creates a layer whose windows have one size. */
    public Conv3d(long inputs, long outputs, int kernel, ConvOptions options) {
        this(inputs, outputs, Windows.of(kernel), options);
    }

    /**
     * @param inputs channels of the input, a multiple of the groups
     * @param outputs channels of the result, a multiple of the groups
     * @param kernel size of a window, &gt;= 1
     */
    public Conv3d(long inputs, long outputs, int[] kernel, ConvOptions options) {
        super(3, Tensor::conv3d, inputs, outputs, kernel, options);
    }
}
