// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import dev.ashlar.internal.tensor.AdaptivePooling;
import dev.ashlar.internal.tensor.Averaging;
import dev.ashlar.internal.tensor.Pooling;
import org.jspecify.annotations.Nullable;

/**
 * Pooling over windows on the last one, two or three dimensions of [batch, channels, sizes] or [channels, sizes]. An array has one
 * number per dimension, or one for all of them; a stride that is null or empty is the size of the window. Windows that do not fit whole
 * at the end are left out unless {@code ceilMode} keeps those that begin inside.
 */
public sealed interface PoolingOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    private static int[] all(int value) {
        return new int[] {value};
    }

    // ---- signals -----------------------------------------------------------------------------------------------------------------

    /** Returns the largest elements of windows side by side. */
    default Tensor maxPool1d(int kernel) {
        return maxPool1d(kernel, kernel, 0);
    }

    /** Returns the largest element of each window of signals. */
    default Tensor maxPool1d(int kernel, int stride, int padding) {
        return maxPool1d(all(kernel), all(stride), all(padding), all(1), false);
    }

    /**
     * Returns the largest element of each window of signals, NaN if there is one; the gradient flows to the first of the largest.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_pool1d.html">max_pool1d</a>
     * @param kernel size of a window, &gt;= 1
     * @param stride between windows, &gt;= 1
     * @param padding places added on each side that are smaller than everything; at most half of a window
     * @param dilation distance of neighbours within a window, &gt;= 1
     * @param ceilMode whether windows that begin inside, but end behind the input count
     * @throws dev.ashlar.type.ShapeMismatchException if no window fits
     * @throws dev.ashlar.type.InvalidArgumentException if a number is out of range
     */
    default Tensor maxPool1d(int[] kernel, int @Nullable [] stride, int[] padding, int[] dilation, boolean ceilMode) {
        return Pooling.max(1, self(), kernel, stride, padding, dilation, ceilMode);
    }

    /**
     * Returns what {@link #maxPool1d(int[], int[], int[], int[], boolean)} does, and for each window where in its channel, counted
     * row by row, the first of its largest elements lies.
     */
    default ValuesAndIndices maxPool1dWithIndices(
            int[] kernel, int @Nullable [] stride, int[] padding, int[] dilation, boolean ceilMode) {
        return Pooling.maxWithIndices(1, self(), kernel, stride, padding, dilation, ceilMode);
    }

    /** Puts elements back to where they were found by pooling with windows side by side, zeros elsewhere. */
    default Tensor maxUnpool1d(Tensor indices, int kernel) {
        return maxUnpool1d(indices, all(kernel), null, all(0), null);
    }

    /**
     * Puts elements back to where {@link #maxPool1dWithIndices} found them, zeros elsewhere. Of several for one place the last
     * counts, but all get its gradient.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_unpool1d.html">max_unpool1d</a>
     * @param indices int64, of this tensor's shape; those outside of the result throw where its value is read
     * @param outputSize the size that was pooled, the dimensions before it may be included; null for the smallest that fits
     * @throws dev.ashlar.type.InvalidArgumentException if the size is a stride or more off
     */
    default Tensor maxUnpool1d(
            Tensor indices, int[] kernel, int @Nullable [] stride, int[] padding, long @Nullable [] outputSize) {
        return Pooling.unpool(1, self(), indices, kernel, stride, padding, outputSize);
    }

    /** Returns the means of windows side by side; of integers they are truncated. */
    default Tensor avgPool1d(int kernel) {
        return avgPool1d(kernel, kernel, 0);
    }

    /** Returns the mean of each window of signals; zeros of the padding count. */
    default Tensor avgPool1d(int kernel, int stride, int padding) {
        return avgPool1d(all(kernel), all(stride), all(padding), false, true);
    }

    /**
     * Returns the mean of each window of signals; of integers it is truncated.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.avg_pool1d.html">avg_pool1d</a>
     * @param kernel size of a window, &gt;= 1
     * @param stride between windows, &gt;= 1
     * @param padding zeros added on each side; at most half of a window
     * @param ceilMode whether windows that begin inside, but end behind the padding count; what is behind it does not
     * @param countIncludePad whether zeros of the padding count
     * @throws dev.ashlar.type.ShapeMismatchException if no window fits
     * @throws dev.ashlar.type.InvalidArgumentException if a number is out of range
     */
    default Tensor avgPool1d(
            int[] kernel, int @Nullable [] stride, int[] padding, boolean ceilMode, boolean countIncludePad) {
        return Averaging.mean(1, self(), kernel, stride, padding, ceilMode, countIncludePad, null);
    }

    /** Returns the norms of windows side by side. */
    default Tensor lpPool1d(double normType, int kernel) {
        return lpPool1d(normType, all(kernel), null, false);
    }

    /**
     * Returns the norm {@code (sum of x^p)^(1/p)} of each window of signals. Where the sum is 0 the gradient is NaN for p &gt; 1, as in
     * PyTorch. A window cut off by {@code ceilMode} counts as if the missing elements had the mean of the others.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.lp_pool1d.html">lp_pool1d</a>
     * @param normType p, not 0
     * @param kernel size of a window
     * @param stride between windows
     * @param ceilMode whether windows that begin inside, but end behind the input count
     */
    default Tensor lpPool1d(double normType, int[] kernel, int @Nullable [] stride, boolean ceilMode) {
        return Averaging.norm(1, self(), normType, kernel, stride, ceilMode);
    }

    /**
     * Returns the means of a given number of windows along each dimension of signals: window i of n goes from
     * {@code floor(i * size / n)} to {@code ceil((i + 1) * size / n)}.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.adaptive_avg_pool1d.html">adaptive_avg_pool1d</a>
     * @param outputSize number of windows per dimension, -1 for the input's size
     */
    default Tensor adaptiveAvgPool1d(int... outputSize) {
        return AdaptivePooling.mean(1, self(), outputSize);
    }

    /**
     * Returns the largest elements of a given number of windows along each dimension of signals, which lie as in
     * {@link #adaptiveAvgPool1d}; the gradient flows to the first of the largest.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.adaptive_max_pool1d.html">adaptive_max_pool1d</a>
     * @param outputSize number of windows per dimension, -1 for the input's size
     */
    default Tensor adaptiveMaxPool1d(int... outputSize) {
        return AdaptivePooling.max(1, self(), outputSize);
    }

    /** Returns what {@link #adaptiveMaxPool1d} does, and where in its channel the first of the largest elements of each window lies. */
    default ValuesAndIndices adaptiveMaxPool1dWithIndices(int... outputSize) {
        return AdaptivePooling.maxWithIndices(1, self(), outputSize);
    }

    // ---- images ------------------------------------------------------------------------------------------------------------------

    /** Returns the largest elements of windows side by side. */
    default Tensor maxPool2d(int kernel) {
        return maxPool2d(kernel, kernel, 0);
    }

    /** Returns the largest element of each window of images. */
    default Tensor maxPool2d(int kernel, int stride, int padding) {
        return maxPool2d(all(kernel), all(stride), all(padding), all(1), false);
    }

    /** Returns the largest element of each window of images; windows that do not fit are left out. */
    default Tensor maxPool2d(int[] kernel, int[] stride, int[] padding, int[] dilation) {
        return maxPool2d(kernel, stride, padding, dilation, false);
    }

    /**
     * Returns the largest element of each window of images, NaN if there is one; the gradient flows to the first of the largest.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_pool2d.html">max_pool2d</a>
     * @param kernel size of a window, &gt;= 1
     * @param stride between windows, &gt;= 1
     * @param padding places added on each side that are smaller than everything; at most half of a window
     * @param dilation distance of neighbours within a window, &gt;= 1
     * @param ceilMode whether windows that begin inside, but end behind the input count
     * @throws dev.ashlar.type.ShapeMismatchException if no window fits
     * @throws dev.ashlar.type.InvalidArgumentException if a number is out of range
     */
    default Tensor maxPool2d(int[] kernel, int @Nullable [] stride, int[] padding, int[] dilation, boolean ceilMode) {
        return Pooling.max(2, self(), kernel, stride, padding, dilation, ceilMode);
    }

    /**
     * Returns what {@link #maxPool2d(int[], int[], int[], int[], boolean)} does, and for each window where in its channel, counted
     * row by row, the first of its largest elements lies.
     */
    default ValuesAndIndices maxPool2dWithIndices(
            int[] kernel, int @Nullable [] stride, int[] padding, int[] dilation, boolean ceilMode) {
        return Pooling.maxWithIndices(2, self(), kernel, stride, padding, dilation, ceilMode);
    }

    /**
     * Returns the gradient of {@link #maxPool2dWithIndices} for its input: this gradient of the windows, added to where the indices say
     * that the elements came from.
     *
     * @param input what was pooled; only its shape matters
     * @param indices int64 places, of this tensor's shape
     * @return of the input's shape
     * @throws dev.ashlar.type.ShapeMismatchException if gradient or indices do not have one element per window
     */
    default Tensor maxPool2dWithIndicesBackward(
            Tensor input, int[] kernel, int @Nullable [] stride, int[] padding, int[] dilation, boolean ceilMode, Tensor indices) {
        return Pooling.maxBackward(self(), input, kernel, stride, padding, dilation, ceilMode, indices);
    }

    /**
     * Returns the gradient of {@link #avgPool2d(int[], int[], int[], boolean, boolean, Long)} for its input from this gradient of the
     * means.
     *
     * @param input what was pooled; only its shape matters
     * @return of the input's shape
     * @throws dev.ashlar.type.ShapeMismatchException if this does not have one element per window
     */
    default Tensor avgPool2dBackward(
            Tensor input,
            int[] kernel,
            int @Nullable [] stride,
            int[] padding,
            boolean ceilMode,
            boolean countIncludePad,
            @Nullable Long divisorOverride) {
        return Averaging.meanBackward(self(), input, kernel, stride, padding, ceilMode, countIncludePad, divisorOverride);
    }

    /**
     * Returns the gradient of {@link #adaptiveAvgPool2d} for its input from this gradient of the means.
     *
     * @param input what was pooled; only its shape matters
     * @return of the input's shape
     */
    default Tensor adaptiveAvgPool2dBackward(Tensor input) {
        return AdaptivePooling.meanBackward(self(), input);
    }

    /** Puts elements back to where they were found by pooling with windows side by side, zeros elsewhere. */
    default Tensor maxUnpool2d(Tensor indices, int kernel) {
        return maxUnpool2d(indices, all(kernel), null, all(0), null);
    }

    /**
     * Puts elements back to where {@link #maxPool2dWithIndices} found them, zeros elsewhere. Of several for one place the last
     * counts, but all get its gradient.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_unpool2d.html">max_unpool2d</a>
     * @param indices int64, of this tensor's shape; those outside of the result throw where its value is read
     * @param outputSize the size that was pooled, the dimensions before it may be included; null for the smallest that fits
     * @throws dev.ashlar.type.InvalidArgumentException if the size is a stride or more off
     */
    default Tensor maxUnpool2d(
            Tensor indices, int[] kernel, int @Nullable [] stride, int[] padding, long @Nullable [] outputSize) {
        return Pooling.unpool(2, self(), indices, kernel, stride, padding, outputSize);
    }

    /** Returns the means of windows side by side; of integers they are truncated. */
    default Tensor avgPool2d(int kernel) {
        return avgPool2d(kernel, kernel, 0);
    }

    /** Returns the mean of each window of images; zeros of the padding count. */
    default Tensor avgPool2d(int kernel, int stride, int padding) {
        return avgPool2d(all(kernel), all(stride), all(padding));
    }

    /** Returns the mean of each window of images; zeros of the padding count. */
    default Tensor avgPool2d(int[] kernel, int[] stride, int[] padding) {
        return avgPool2d(kernel, stride, padding, false, true, null);
    }

    /**
     * Returns the mean of each window of images; of integers it is truncated.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.avg_pool2d.html">avg_pool2d</a>
     * @param kernel size of a window, &gt;= 1
     * @param stride between windows, &gt;= 1
     * @param padding zeros added on each side; at most half of a window
     * @param ceilMode whether windows that begin inside, but end behind the padding count; what is behind it does not
     * @param countIncludePad whether zeros of the padding count
     * @param divisorOverride what sums are divided by, not 0; null for the number of elements that count
     * @throws dev.ashlar.type.ShapeMismatchException if no window fits
     * @throws dev.ashlar.type.InvalidArgumentException if a number is out of range
     */
    default Tensor avgPool2d(
            int[] kernel,
            int @Nullable [] stride,
            int[] padding,
            boolean ceilMode,
            boolean countIncludePad,
            @Nullable Long divisorOverride) {
        return Averaging.mean(2, self(), kernel, stride, padding, ceilMode, countIncludePad, divisorOverride);
    }

    /** Returns the norms of windows side by side. */
    default Tensor lpPool2d(double normType, int kernel) {
        return lpPool2d(normType, all(kernel), null, false);
    }

    /**
     * Returns the norm {@code (sum of x^p)^(1/p)} of each window of images. Where the sum is 0 the gradient is NaN for p &gt; 1, as in
     * PyTorch. A window cut off by {@code ceilMode} counts as if the missing elements had the mean of the others.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.lp_pool2d.html">lp_pool2d</a>
     * @param normType p, not 0
     * @param kernel size of a window
     * @param stride between windows
     * @param ceilMode whether windows that begin inside, but end behind the input count
     */
    default Tensor lpPool2d(double normType, int[] kernel, int @Nullable [] stride, boolean ceilMode) {
        return Averaging.norm(2, self(), normType, kernel, stride, ceilMode);
    }

    /**
     * Returns the means of a given number of windows along each dimension of images: window i of n goes from
     * {@code floor(i * size / n)} to {@code ceil((i + 1) * size / n)}.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.adaptive_avg_pool2d.html">adaptive_avg_pool2d</a>
     * @param outputSize number of windows per dimension, -1 for the input's size
     */
    default Tensor adaptiveAvgPool2d(int... outputSize) {
        return AdaptivePooling.mean(2, self(), outputSize);
    }

    /**
     * Returns the largest elements of a given number of windows along each dimension of images, which lie as in
     * {@link #adaptiveAvgPool2d}; the gradient flows to the first of the largest.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.adaptive_max_pool2d.html">adaptive_max_pool2d</a>
     * @param outputSize number of windows per dimension, -1 for the input's size
     */
    default Tensor adaptiveMaxPool2d(int... outputSize) {
        return AdaptivePooling.max(2, self(), outputSize);
    }

    /** Returns what {@link #adaptiveMaxPool2d} does, and where in its channel the first of the largest elements of each window lies. */
    default ValuesAndIndices adaptiveMaxPool2dWithIndices(int... outputSize) {
        return AdaptivePooling.maxWithIndices(2, self(), outputSize);
    }

    // ---- volumes -----------------------------------------------------------------------------------------------------------------

    /** Returns the largest elements of windows side by side. */
    default Tensor maxPool3d(int kernel) {
        return maxPool3d(kernel, kernel, 0);
    }

    /** Returns the largest element of each window of volumes. */
    default Tensor maxPool3d(int kernel, int stride, int padding) {
        return maxPool3d(all(kernel), all(stride), all(padding), all(1), false);
    }

    /**
     * Returns the largest element of each window of volumes, NaN if there is one; the gradient flows to the first of the largest.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_pool3d.html">max_pool3d</a>
     * @param kernel size of a window, &gt;= 1
     * @param stride between windows, &gt;= 1
     * @param padding places added on each side that are smaller than everything; at most half of a window
     * @param dilation distance of neighbours within a window, &gt;= 1
     * @param ceilMode whether windows that begin inside, but end behind the input count
     * @throws dev.ashlar.type.ShapeMismatchException if no window fits
     * @throws dev.ashlar.type.InvalidArgumentException if a number is out of range
     */
    default Tensor maxPool3d(int[] kernel, int @Nullable [] stride, int[] padding, int[] dilation, boolean ceilMode) {
        return Pooling.max(3, self(), kernel, stride, padding, dilation, ceilMode);
    }

    /**
     * Returns what {@link #maxPool3d(int[], int[], int[], int[], boolean)} does, and for each window where in its channel, counted
     * row by row, the first of its largest elements lies.
     */
    default ValuesAndIndices maxPool3dWithIndices(
            int[] kernel, int @Nullable [] stride, int[] padding, int[] dilation, boolean ceilMode) {
        return Pooling.maxWithIndices(3, self(), kernel, stride, padding, dilation, ceilMode);
    }

    /** Puts elements back to where they were found by pooling with windows side by side, zeros elsewhere. */
    default Tensor maxUnpool3d(Tensor indices, int kernel) {
        return maxUnpool3d(indices, all(kernel), null, all(0), null);
    }

    /**
     * Puts elements back to where {@link #maxPool3dWithIndices} found them, zeros elsewhere. Of several for one place the last
     * counts, but all get its gradient.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_unpool3d.html">max_unpool3d</a>
     * @param indices int64, of this tensor's shape; those outside of the result throw where its value is read
     * @param outputSize the size that was pooled, the dimensions before it may be included; null for the smallest that fits
     * @throws dev.ashlar.type.InvalidArgumentException if the size is a stride or more off
     */
    default Tensor maxUnpool3d(
            Tensor indices, int[] kernel, int @Nullable [] stride, int[] padding, long @Nullable [] outputSize) {
        return Pooling.unpool(3, self(), indices, kernel, stride, padding, outputSize);
    }

    /** Returns the means of windows side by side; of integers they are truncated. */
    default Tensor avgPool3d(int kernel) {
        return avgPool3d(kernel, kernel, 0);
    }

    /** Returns the mean of each window of volumes; zeros of the padding count. */
    default Tensor avgPool3d(int kernel, int stride, int padding) {
        return avgPool3d(all(kernel), all(stride), all(padding), false, true, null);
    }

    /**
     * Returns the mean of each window of volumes; of integers it is truncated.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.avg_pool3d.html">avg_pool3d</a>
     * @param kernel size of a window, &gt;= 1
     * @param stride between windows, &gt;= 1
     * @param padding zeros added on each side; at most half of a window
     * @param ceilMode whether windows that begin inside, but end behind the padding count; what is behind it does not
     * @param countIncludePad whether zeros of the padding count
     * @param divisorOverride what sums are divided by, not 0; null for the number of elements that count
     * @throws dev.ashlar.type.ShapeMismatchException if no window fits
     * @throws dev.ashlar.type.InvalidArgumentException if a number is out of range
     */
    default Tensor avgPool3d(
            int[] kernel,
            int @Nullable [] stride,
            int[] padding,
            boolean ceilMode,
            boolean countIncludePad,
            @Nullable Long divisorOverride) {
        return Averaging.mean(3, self(), kernel, stride, padding, ceilMode, countIncludePad, divisorOverride);
    }

    /** Returns the norms of windows side by side. */
    default Tensor lpPool3d(double normType, int kernel) {
        return lpPool3d(normType, all(kernel), null, false);
    }

    /**
     * Returns the norm {@code (sum of x^p)^(1/p)} of each window of volumes. Where the sum is 0 the gradient is NaN for p &gt; 1, as in
     * PyTorch. A window cut off by {@code ceilMode} counts as if the missing elements had the mean of the others.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.lp_pool3d.html">lp_pool3d</a>
     * @param normType p, not 0
     * @param kernel size of a window
     * @param stride between windows
     * @param ceilMode whether windows that begin inside, but end behind the input count
     */
    default Tensor lpPool3d(double normType, int[] kernel, int @Nullable [] stride, boolean ceilMode) {
        return Averaging.norm(3, self(), normType, kernel, stride, ceilMode);
    }

    /**
     * Returns the means of a given number of windows along each dimension of volumes: window i of n goes from
     * {@code floor(i * size / n)} to {@code ceil((i + 1) * size / n)}.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.adaptive_avg_pool3d.html">adaptive_avg_pool3d</a>
     * @param outputSize number of windows per dimension, -1 for the input's size
     */
    default Tensor adaptiveAvgPool3d(int... outputSize) {
        return AdaptivePooling.mean(3, self(), outputSize);
    }

    /**
     * Returns the largest elements of a given number of windows along each dimension of volumes, which lie as in
     * {@link #adaptiveAvgPool3d}; the gradient flows to the first of the largest.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.adaptive_max_pool3d.html">adaptive_max_pool3d</a>
     * @param outputSize number of windows per dimension, -1 for the input's size
     */
    default Tensor adaptiveMaxPool3d(int... outputSize) {
        return AdaptivePooling.max(3, self(), outputSize);
    }

    /** Returns what {@link #adaptiveMaxPool3d} does, and where in its channel the first of the largest elements of each window lies. */
    default ValuesAndIndices adaptiveMaxPool3dWithIndices(int... outputSize) {
        return AdaptivePooling.maxWithIndices(3, self(), outputSize);
    }
}
