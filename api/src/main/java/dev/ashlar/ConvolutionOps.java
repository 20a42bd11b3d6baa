// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import dev.ashlar.internal.tensor.Convolution;
import dev.ashlar.internal.tensor.Folding;
import org.jspecify.annotations.Nullable;

/**
 * Convolution over the last one, two or three dimensions of [batch, channels, sizes] or [channels, sizes], and windows as columns. An
 * array has one number per dimension, or one for all of them. Windows that do not fit whole at the end are left out.
 */
public sealed interface ConvolutionOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    private static int[] all(int value) {
        return new int[] {value};
    }

    // ---- signals -----------------------------------------------------------------------------------------------------------------

    /** Convolves signals with a step of 1 and without padding; see {@link #conv1d(Tensor, Tensor, int[], int[], int[], int)}. */
    default Tensor conv1d(Tensor weight, @Nullable Tensor bias) {
        return conv1d(weight, bias, 1, 0);
    }

    /** Convolves signals; see {@link #conv1d(Tensor, Tensor, int[], int[], int[], int)}. */
    default Tensor conv1d(Tensor weight, @Nullable Tensor bias, int stride, int padding) {
        return conv1d(weight, bias, all(stride), all(padding), all(1), 1);
    }

    /**
     * Multiplies the weight with every window of signals, as a sum over channels and positions within the window; the weight is not
     * flipped. Integers are multiplied and added in their own type.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.conv1d.html">conv1d</a>
     * @param weight [outputs, channels / groups, length]
     * @param bias [outputs], or null
     * @param stride between windows, &gt;= 1
     * @param padding zeros added on each side, &gt;= 0
     * @param dilation distance of neighbours within a window, &gt;= 1
     * @param groups how many parts, of consecutive channels and outputs, are convolved on their own
     * @return [batch, outputs, length]; no batch if there was none
     * @throws dev.ashlar.type.ShapeMismatchException if channels do not match or no window fits
     * @throws dev.ashlar.type.InvalidArgumentException if a number is out of range
     */
    default Tensor conv1d(Tensor weight, @Nullable Tensor bias, int[] stride, int[] padding, int[] dilation, int groups) {
        return Convolution.forward(1, self(), weight, bias, stride, padding, dilation, groups);
    }

    /**
     * Convolves signals with a rule for the padding; see {@link #conv1d(Tensor, Tensor, int[], int[], int[], int)}.
     *
     * @throws dev.ashlar.type.InvalidArgumentException if results of the same size are asked for with a stride
     */
    default Tensor conv1d(
            Tensor weight, @Nullable Tensor bias, int[] stride, ConvolutionPadding padding, int[] dilation, int groups) {
        return Convolution.forward(1, self(), weight, bias, stride, padding, dilation, groups);
    }

    /** Convolves signals transposed, with a step of 1 and without padding. */
    default Tensor convTranspose1d(Tensor weight, @Nullable Tensor bias) {
        return convTranspose1d(weight, bias, 1, 0);
    }

    /** Convolves signals transposed; see {@link #convTranspose1d(Tensor, Tensor, int[], int[], int[], int, int[])}. */
    default Tensor convTranspose1d(Tensor weight, @Nullable Tensor bias, int stride, int padding) {
        return convTranspose1d(weight, bias, all(stride), all(padding), all(0), 1, all(1));
    }

    /**
     * Adds the weight, times each element of signals, at the places that a convolution with the same numbers would have read: what the
     * gradient of {@code conv1d} for its input is, as an operation of its own. A size becomes
     * {@code (size - 1) * stride - 2 * padding + dilation * (kernel - 1) + outputPadding + 1}.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.conv_transpose1d.html">conv_transpose1d</a>
     * @param weight [channels, outputs / groups, length]
     * @param bias [outputs], or null
     * @param stride between the places of neighbours, &gt;= 1
     * @param padding places cut off on each side, &gt;= 0
     * @param outputPadding places added at the end, less than stride or dilation
     * @param groups how many parts, of consecutive channels and outputs, are convolved on their own
     * @param dilation distance of neighbours within a window, &gt;= 1
     * @return [batch, outputs, length]; no batch if there was none
     * @throws dev.ashlar.type.ShapeMismatchException if channels do not match or nothing would be left
     * @throws dev.ashlar.type.InvalidArgumentException if a number is out of range
     */
    default Tensor convTranspose1d(
            Tensor weight, @Nullable Tensor bias, int[] stride, int[] padding, int[] outputPadding, int groups, int[] dilation) {
        return Convolution.transposed(1, self(), weight, bias, stride, padding, outputPadding, groups, dilation);
    }

    // ---- images ------------------------------------------------------------------------------------------------------------------

    /** Convolves images with a step of 1 and without padding; see {@link #conv2d(Tensor, Tensor, int[], int[], int[], int)}. */
    default Tensor conv2d(Tensor weight, @Nullable Tensor bias) {
        return conv2d(weight, bias, 1, 0);
    }

    /** Convolves images; see {@link #conv2d(Tensor, Tensor, int[], int[], int[], int)}. */
    default Tensor conv2d(Tensor weight, @Nullable Tensor bias, int stride, int padding) {
        return conv2d(weight, bias, all(stride), all(padding), all(1), 1);
    }

    /**
     * Multiplies the weight with every window of images, as a sum over channels and positions within the window; the weight is not
     * flipped. Integers are multiplied and added in their own type.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.conv2d.html">conv2d</a>
     * @param weight [outputs, channels / groups, rows, columns]
     * @param bias [outputs], or null
     * @param stride between windows, &gt;= 1
     * @param padding zeros added on each side, &gt;= 0
     * @param dilation distance of neighbours within a window, &gt;= 1
     * @param groups how many parts, of consecutive channels and outputs, are convolved on their own
     * @return [batch, outputs, rows, columns]; no batch if there was none
     * @throws dev.ashlar.type.ShapeMismatchException if channels do not match or no window fits
     * @throws dev.ashlar.type.InvalidArgumentException if a number is out of range
     */
    default Tensor conv2d(Tensor weight, @Nullable Tensor bias, int[] stride, int[] padding, int[] dilation, int groups) {
        return Convolution.forward(2, self(), weight, bias, stride, padding, dilation, groups);
    }

    /**
     * Convolves images with a rule for the padding; see {@link #conv2d(Tensor, Tensor, int[], int[], int[], int)}.
     *
     * @throws dev.ashlar.type.InvalidArgumentException if results of the same size are asked for with a stride
     */
    default Tensor conv2d(
            Tensor weight, @Nullable Tensor bias, int[] stride, ConvolutionPadding padding, int[] dilation, int groups) {
        return Convolution.forward(2, self(), weight, bias, stride, padding, dilation, groups);
    }

    /** Convolves images transposed, with a step of 1 and without padding. */
    default Tensor convTranspose2d(Tensor weight, @Nullable Tensor bias) {
        return convTranspose2d(weight, bias, 1, 0);
    }

    /** Convolves images transposed; see {@link #convTranspose2d(Tensor, Tensor, int[], int[], int[], int, int[])}. */
    default Tensor convTranspose2d(Tensor weight, @Nullable Tensor bias, int stride, int padding) {
        return convTranspose2d(weight, bias, all(stride), all(padding), all(0), 1, all(1));
    }

    /**
     * Adds the weight, times each element of images, at the places that a convolution with the same numbers would have read: what the
     * gradient of {@code conv2d} for its input is, as an operation of its own. A size becomes
     * {@code (size - 1) * stride - 2 * padding + dilation * (kernel - 1) + outputPadding + 1}.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.conv_transpose2d.html">conv_transpose2d</a>
     * @param weight [channels, outputs / groups, rows, columns]
     * @param bias [outputs], or null
     * @param stride between the places of neighbours, &gt;= 1
     * @param padding places cut off on each side, &gt;= 0
     * @param outputPadding places added at the end, less than stride or dilation
     * @param groups how many parts, of consecutive channels and outputs, are convolved on their own
     * @param dilation distance of neighbours within a window, &gt;= 1
     * @return [batch, outputs, rows, columns]; no batch if there was none
     * @throws dev.ashlar.type.ShapeMismatchException if channels do not match or nothing would be left
     * @throws dev.ashlar.type.InvalidArgumentException if a number is out of range
     */
    default Tensor convTranspose2d(
            Tensor weight, @Nullable Tensor bias, int[] stride, int[] padding, int[] outputPadding, int groups, int[] dilation) {
        return Convolution.transposed(2, self(), weight, bias, stride, padding, outputPadding, groups, dilation);
    }

    // ---- volumes -----------------------------------------------------------------------------------------------------------------

    /** Convolves volumes with a step of 1 and without padding; see {@link #conv3d(Tensor, Tensor, int[], int[], int[], int)}. */
    default Tensor conv3d(Tensor weight, @Nullable Tensor bias) {
        return conv3d(weight, bias, 1, 0);
    }

    /** Convolves volumes; see {@link #conv3d(Tensor, Tensor, int[], int[], int[], int)}. */
    default Tensor conv3d(Tensor weight, @Nullable Tensor bias, int stride, int padding) {
        return conv3d(weight, bias, all(stride), all(padding), all(1), 1);
    }

    /**
     * Multiplies the weight with every window of volumes, as a sum over channels and positions within the window; the weight is not
     * flipped. Integers are multiplied and added in their own type.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.conv3d.html">conv3d</a>
     * @param weight [outputs, channels / groups, depth, rows, columns]
     * @param bias [outputs], or null
     * @param stride between windows, &gt;= 1
     * @param padding zeros added on each side, &gt;= 0
     * @param dilation distance of neighbours within a window, &gt;= 1
     * @param groups how many parts, of consecutive channels and outputs, are convolved on their own
     * @return [batch, outputs, depth, rows, columns]; no batch if there was none
     * @throws dev.ashlar.type.ShapeMismatchException if channels do not match or no window fits
     * @throws dev.ashlar.type.InvalidArgumentException if a number is out of range
     */
    default Tensor conv3d(Tensor weight, @Nullable Tensor bias, int[] stride, int[] padding, int[] dilation, int groups) {
        return Convolution.forward(3, self(), weight, bias, stride, padding, dilation, groups);
    }

    /**
     * Convolves volumes with a rule for the padding; see {@link #conv3d(Tensor, Tensor, int[], int[], int[], int)}.
     *
     * @throws dev.ashlar.type.InvalidArgumentException if results of the same size are asked for with a stride
     */
    default Tensor conv3d(
            Tensor weight, @Nullable Tensor bias, int[] stride, ConvolutionPadding padding, int[] dilation, int groups) {
        return Convolution.forward(3, self(), weight, bias, stride, padding, dilation, groups);
    }

    /** Convolves volumes transposed, with a step of 1 and without padding. */
    default Tensor convTranspose3d(Tensor weight, @Nullable Tensor bias) {
        return convTranspose3d(weight, bias, 1, 0);
    }

    /** Convolves volumes transposed; see {@link #convTranspose3d(Tensor, Tensor, int[], int[], int[], int, int[])}. */
    default Tensor convTranspose3d(Tensor weight, @Nullable Tensor bias, int stride, int padding) {
        return convTranspose3d(weight, bias, all(stride), all(padding), all(0), 1, all(1));
    }

    /**
     * Adds the weight, times each element of volumes, at the places that a convolution with the same numbers would have read: what the
     * gradient of {@code conv3d} for its input is, as an operation of its own. A size becomes
     * {@code (size - 1) * stride - 2 * padding + dilation * (kernel - 1) + outputPadding + 1}.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.conv_transpose3d.html">conv_transpose3d</a>
     * @param weight [channels, outputs / groups, depth, rows, columns]
     * @param bias [outputs], or null
     * @param stride between the places of neighbours, &gt;= 1
     * @param padding places cut off on each side, &gt;= 0
     * @param outputPadding places added at the end, less than stride or dilation
     * @param groups how many parts, of consecutive channels and outputs, are convolved on their own
     * @param dilation distance of neighbours within a window, &gt;= 1
     * @return [batch, outputs, depth, rows, columns]; no batch if there was none
     * @throws dev.ashlar.type.ShapeMismatchException if channels do not match or nothing would be left
     * @throws dev.ashlar.type.InvalidArgumentException if a number is out of range
     */
    default Tensor convTranspose3d(
            Tensor weight, @Nullable Tensor bias, int[] stride, int[] padding, int[] outputPadding, int groups, int[] dilation) {
        return Convolution.transposed(3, self(), weight, bias, stride, padding, outputPadding, groups, dilation);
    }

    // ---- any number of dimensions -----------------------------------------------------------------------------------------------

    /**
     * Convolves signals, images or volumes, whichever the weight is for, plainly or transposed; see
     * {@link #conv2d(Tensor, Tensor, int[], int[], int[], int)} and
     * {@link #convTranspose2d(Tensor, Tensor, int[], int[], int[], int, int[])}.
     *
     * @param outputPadding for transposed convolutions; others ignore it
     */
    default Tensor convolution(
            Tensor weight,
            @Nullable Tensor bias,
            int[] stride,
            int[] padding,
            int[] dilation,
            boolean transposed,
            int[] outputPadding,
            int groups) {
        int rank = Math.clamp(weight.dim() - 2, 1, 3);
        return transposed
                ? Convolution.transposed(rank, self(), weight, bias, stride, padding, outputPadding, groups, dilation)
                : Convolution.forward(rank, self(), weight, bias, stride, padding, dilation, groups);
    }

    /**
     * Returns the gradients of {@link #convolution} from this gradient of its result; they can be differentiated themselves.
     *
     * @param mask which are wanted: for input, weight, bias
     * @throws dev.ashlar.type.ShapeMismatchException if this does not have the shape of the result
     */
    default ConvolutionGradients convolutionBackward(
            Tensor input,
            Tensor weight,
            int[] stride,
            int[] padding,
            int[] dilation,
            boolean transposed,
            int[] outputPadding,
            int groups,
            boolean[] mask) {
        return Convolution.backward(self(), input, weight, stride, padding, dilation, transposed, outputPadding, groups, mask);
    }

    // ---- columns ----------------------------------------------------------------------------------------------------------------

    /** Returns the windows of images as columns, with a step of 1 and without padding. */
    default Tensor unfold(int[] kernel) {
        return unfold(kernel, all(1), all(0), all(1));
    }

    /**
     * Returns the windows of images [batch, channels, rows, columns] as columns [batch, channels * elements of a window, windows]. The
     * gradient is {@link #fold(int[], int[], int[], int[], int[]) fold}.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.unfold.html">unfold</a>
     * @param kernel sizes of a window
     * @param dilation distance of neighbours within a window
     * @param padding zeros added on each side
     * @param stride between windows
     * @throws dev.ashlar.type.ShapeMismatchException if no window fits
     */
    default Tensor unfold(int[] kernel, int[] dilation, int[] padding, int[] stride) {
        return Folding.unfold(self(), kernel, dilation, padding, stride);
    }

    /** Adds columns up to images, with windows a step of 1 apart and without padding. */
    default Tensor fold(int[] outputSize, int[] kernel) {
        return fold(outputSize, kernel, all(1), all(0), all(1));
    }

    /**
     * Adds columns [batch, channels * elements of a window, windows] up to images [batch, channels, rows, columns]: each element is the
     * sum of its places in all windows. The gradient is {@link #unfold(int[], int[], int[], int[]) unfold}.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.fold.html">fold</a>
     * @param outputSize rows and columns of the images
     * @param kernel sizes of a window
     * @param dilation distance of neighbours within a window
     * @param padding places around the image that are left out of the result
     * @param stride between windows
     * @throws dev.ashlar.type.ShapeMismatchException if the numbers of elements or windows do not match
     */
    default Tensor fold(int[] outputSize, int[] kernel, int[] dilation, int[] padding, int[] stride) {
        return Folding.fold(self(), outputSize, kernel, dilation, padding, stride);
    }
}
