// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.ConvolutionPadding;
import dev.ashlar.PaddingMode;
import org.jspecify.annotations.Nullable;

/**
 * What convolutions may be given beside channels and kernel. Arrays have one number per dimension, or one for all of them.
 *
 * @param stride between windows, &gt;= 1
 * @param padding added on each side, &gt;= 0; transposed convolutions cut it off
 * @param rule takes the place of {@code padding} if not null; not for transposed convolutions
 * @param outputPadding places added at the end of the result of a transposed convolution, less than stride or dilation
 * @param dilation distance of neighbours within a window, &gt;= 1
 * @param groups how many parts of consecutive channels are convolved on their own
 * @param bias whether there is a bias
 * @param paddingMode what is added on each side: {@code CONSTANT} for zeros, the only one for transposed convolutions
 */
public record ConvOptions(
        int[] stride,
        int[] padding,
        @Nullable ConvolutionPadding rule,
        int[] outputPadding,
        int[] dilation,
        int groups,
        boolean bias,
        PaddingMode paddingMode) {
    /** Returns a step of 1, no padding, no dilation, one group, a bias. */
    public static ConvOptions defaults() {
        int[] one = {1};
        int[] none = {0};
        return new ConvOptions(one, none, null, none, one, 1, true, PaddingMode.CONSTANT);
    }

    public ConvOptions stride(int... value) {
        return new ConvOptions(value, padding, rule, outputPadding, dilation, groups, bias, paddingMode);
    }

    public ConvOptions padding(int... value) {
        return new ConvOptions(stride, value, null, outputPadding, dilation, groups, bias, paddingMode);
    }

    public ConvOptions padding(ConvolutionPadding value) {
        return new ConvOptions(stride, new int[] {0}, value, outputPadding, dilation, groups, bias, paddingMode);
    }

    public ConvOptions outputPadding(int... value) {
        return new ConvOptions(stride, padding, rule, value, dilation, groups, bias, paddingMode);
    }

    public ConvOptions dilation(int... value) {
        return new ConvOptions(stride, padding, rule, outputPadding, value, groups, bias, paddingMode);
    }

    public ConvOptions groups(int value) {
        return new ConvOptions(stride, padding, rule, outputPadding, dilation, value, bias, paddingMode);
    }

    public ConvOptions bias(boolean value) {
        return new ConvOptions(stride, padding, rule, outputPadding, dilation, groups, value, paddingMode);
    }

    public ConvOptions paddingMode(PaddingMode value) {
        return new ConvOptions(stride, padding, rule, outputPadding, dilation, groups, bias, value);
    }
}
