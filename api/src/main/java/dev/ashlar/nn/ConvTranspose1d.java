// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

/**
 * Convolves signals, [batch, channels, length] or without batch, transposed: see
 * {@link dev.ashlar.Tensor#convTranspose1d(Tensor, Tensor, int[], int[], int[], int, int[])}.
 *
 * <p>Weight [inputs, outputs / groups, length] and bias [outputs] start evenly in plus or minus 1 / sqrt(n), n being the
 * product of all but the first of the weight's sizes.
 */
public final class ConvTranspose1d extends TransposedConvolution<ConvTranspose1d> {
    /** Creates a layer with a step of 1, no padding, and bias. */
    public ConvTranspose1d(long inputs, long outputs, int kernel) {
        this(inputs, outputs, kernel, ConvOptions.defaults());
    }

    /** Creates a layer with bias. */
    public ConvTranspose1d(long inputs, long outputs, int kernel, int stride, int padding) {
        this(inputs, outputs, kernel, ConvOptions.defaults().stride(stride).padding(padding));
    }

    /** Creates a layer whose windows have one size. */
    public ConvTranspose1d(long inputs, long outputs, int kernel, ConvOptions options) {
        this(inputs, outputs, Windows.of(kernel), options);
    }

    /**
     * @param inputs channels of the input, a multiple of the groups
     * @param outputs channels of the result, a multiple of the groups
     * @param kernel size of a window, &gt;= 1
     */
    public ConvTranspose1d(long inputs, long outputs, int[] kernel, ConvOptions options) {
        super(1, inputs, outputs, kernel, options);
    }
}
