// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.PaddingMode;
import dev.ashlar.Tensor;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Arrays;

/** A transposed convolution over any number of dimensions. */
abstract class TransposedConvolution<M extends TransposedConvolution<M>> extends ConvolutionLayer<M> {
    TransposedConvolution(int rank, long inputs, long outputs, int[] kernel, ConvOptions options) {
        super("convTranspose" + rank + "d", rank, true, inputs, outputs, kernel, options);
        if (options.rule() != null || options.paddingMode() != PaddingMode.CONSTANT) {
            throw new InvalidArgumentException("[" + name + "] expected padding in numbers and of zeros, got "
                    + (options.rule() != null ? options.rule() : options.paddingMode()) + "; a transposed convolution cuts it off");
        }
    }

    @Override
    public Tensor forward(Tensor input) {
        return hooked(input, given -> compute(given, outputPadding));
    }

    /**
     * Applies the layer with the padding at the end that gives a size.
     *
     * @param outputSize sizes of the last dimensions, those before may be included; each less than a stride above the smallest possible
     * @throws ShapeMismatchException if the size is not possible
     */
    public Tensor forward(Tensor input, long... outputSize) {
        return hooked(input, given -> compute(given, paddingFor(given, outputSize)));
    }

    private Tensor compute(Tensor input, int[] added) {
        return input.convolution(weight(), bias(), stride, padding, dilation, true, added, groups);
    }

    private int[] paddingFor(Tensor input, long[] outputSize) {
        Ranks.checked(name, input, rank + 1, rank + 2);
        boolean fits = outputSize.length == rank || outputSize.length == input.dim();
        int[] added = new int[rank];
        long[] smallest = new long[rank];
        for (int axis = 0; axis < rank; axis++) {
            smallest[axis] = (input.size(axis - rank) - 1) * stride[axis] - 2L * padding[axis] + (long) dilation[axis] * (kernel[axis] - 1)
                    + 1;
            long more = fits ? outputSize[outputSize.length - rank + axis] - smallest[axis] : -1;
            fits = fits && more >= 0 && more < stride[axis];
            added[axis] = (int) more;
        }
        if (!fits) {
            throw new ShapeMismatchException("[" + name + "] expected an output size of " + rank
                    + " numbers, each less than a stride above "
                    + Arrays.toString(smallest) + ", got " + Arrays.toString(outputSize) + "; give the size that was convolved");
        }
        return added;
    }
}
