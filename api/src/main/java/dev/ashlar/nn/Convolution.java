// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.ConvolutionPadding;
import dev.ashlar.PaddingMode;
import dev.ashlar.Tensor;
import dev.ashlar.type.InvalidArgumentException;
import org.jspecify.annotations.Nullable;

/** A convolution over any number of dimensions. */
abstract class Convolution<M extends Convolution<M>> extends ConvolutionLayer<M> {
    private final Ruled ruled;
    private final @Nullable ConvolutionPadding rule;
    private final PaddingMode mode;
    /** What a mode other than zeros adds, in the order of {@link Tensor#pad(long[], PaddingMode)}. */
    private final long[] amounts;

    /** An operation such as {@link Tensor#conv2d(Tensor, Tensor, int[], ConvolutionPadding, int[], int)}. */
    @FunctionalInterface
    interface Ruled {
        Tensor of(
                Tensor input, Tensor weight, @Nullable Tensor bias, int[] stride, ConvolutionPadding padding, int[] dilation, int groups);
    }

    Convolution(int rank, Ruled ruled, long inputs, long outputs, int[] kernel, ConvOptions options) {
        super("conv" + rank + "d", rank, false, inputs, outputs, kernel, options);
        this.ruled = ruled;
        rule = options.rule();
        mode = options.paddingMode();
        amounts = new long[2 * rank];
        for (int axis = 0; axis < rank; axis++) {
            if (rule == ConvolutionPadding.SAME && stride[axis] != 1) {
                throw new InvalidArgumentException("[" + name + "] expected a stride of 1 with padding SAME, got " + stride[axis]
                        + "; give the padding in numbers");
            }
            int total = rule == ConvolutionPadding.SAME ? dilation[axis] * (this.kernel[axis] - 1) : 2 * padding[axis];
            int at = 2 * (rank - 1 - axis);
            amounts[at] = total / 2;
            amounts[at + 1] = total - total / 2;
        }
    }

    @Override
    public Tensor forward(Tensor input) {
        return hooked(input, this::compute);
    }

    private Tensor compute(Tensor input) {
        if (mode != PaddingMode.CONSTANT) {
            Tensor padded = input.pad(amounts, mode);
            return ruled.of(padded, weight(), bias(), stride, ConvolutionPadding.VALID, dilation, groups);
        }
        return rule != null
                ? ruled.of(input, weight(), bias(), stride, rule, dilation, groups)
                : input.convolution(weight(), bias(), stride, padding, dilation, false, outputPadding, groups);
    }
}
