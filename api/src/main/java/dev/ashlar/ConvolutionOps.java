// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import dev.ashlar.internal.tensor.Convolution;
import dev.ashlar.internal.tensor.Pooling;
import org.jspecify.annotations.Nullable;

/**
 * Convolution and pooling over the last two dimensions of images, [batch, channels, rows, columns] or [channels, rows, columns]. Where two
 * numbers are given they are for rows and columns. Windows that do not fit whole at the end are left out.
 */
public sealed interface ConvolutionOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    private static int[] both(int value) {
        return new int[] {value, value};
    }

    /** Convolves with a step of 1 and without padding. */
    default Tensor conv2d(Tensor weight, @Nullable Tensor bias) {
        return conv2d(weight, bias, 1, 0);
    }

    default Tensor conv2d(Tensor weight, @Nullable Tensor bias, int stride, int padding) {
        return conv2d(weight, bias, both(stride), both(padding), both(1), 1);
    }

    /**
     * Multiplies the weight with every window of the image, as a sum over channels and positions within the window; the weight is not
     * flipped.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.conv2d.html">torch.nn.functional.conv2d</a>
     * @param weight [outputs, channels / groups, rows, columns]
     * @param bias [outputs], or null
     * @param stride between windows
     * @param padding zeros added on each side
     * @param dilation distance of neighbours within a window
     * @param groups how many parts, of consecutive channels and outputs, are convolved on their own
     * @return [batch, outputs, rows, columns]
     * @throws dev.ashlar.type.ShapeMismatchException if channels do not match or no window fits
     */
    default Tensor conv2d(Tensor weight, @Nullable Tensor bias, int[] stride, int[] padding, int[] dilation, int groups) {
        return Convolution.conv2d(self(), weight, bias, stride, padding, dilation, groups);
    }

    /** Returns the largest elements of windows side by side. */
    default Tensor maxPool2d(int kernel) {
        return maxPool2d(kernel, kernel, 0);
    }

    default Tensor maxPool2d(int kernel, int stride, int padding) {
        return maxPool2d(both(kernel), both(stride), both(padding), both(1));
    }

    /**
     * Returns the largest element of each window, NaN if there is one; the gradient flows to the first of the largest.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_pool2d.html">torch.nn.functional.max_pool2d</a>
     * @param kernel size of a window
     * @param stride between windows
     * @param padding places added on each side that are smaller than everything; at most half of a window
     * @param dilation distance of neighbours within a window
     */
    default Tensor maxPool2d(int[] kernel, int[] stride, int[] padding, int[] dilation) {
        return Pooling.max(self(), kernel, stride, padding, dilation);
    }

    /** Returns the means of windows side by side; of integers they are truncated. */
    default Tensor avgPool2d(int kernel) {
        return avgPool2d(kernel, kernel, 0);
    }

    default Tensor avgPool2d(int kernel, int stride, int padding) {
        return avgPool2d(both(kernel), both(stride), both(padding));
    }

    /**
     * Returns the mean of each window; zeros of the padding count.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.avg_pool2d.html">torch.nn.functional.avg_pool2d</a>
     * @param kernel size of a window
     * @param stride between windows
     * @param padding zeros added on each side; at most half of a window
     */
    default Tensor avgPool2d(int[] kernel, int[] stride, int[] padding) {
        return Pooling.mean(self(), kernel, stride, padding);
    }
}
