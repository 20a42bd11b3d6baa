// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import dev.ashlar.internal.tensor.Arranging;
import dev.ashlar.internal.tensor.GridSampling;
import dev.ashlar.internal.tensor.Interpolation;
import dev.ashlar.internal.tensor.Padding;
import org.jspecify.annotations.Nullable;

/**
 * Padding, resampling and rearranging of signals [batch, channels, length], images [batch, channels, rows, columns] and volumes [batch,
 * channels, depth, rows, columns].
 */
public sealed interface ImageOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    // ---- padding ----------------------------------------------------------------------------------------------------------------

    /** Returns this with elements of inside added at the borders; see {@link #pad(long[], PaddingMode, double)}. */
    default Tensor pad(long[] amounts, PaddingMode mode) {
        return pad(amounts, mode, 0);
    }

    /**
     * Returns this with elements added at the borders. With a constant any dimensions can be padded; the other modes pad the one, two
     * or three dimensions behind batch and channels, and the batch may be missing. Gradients of repeated elements add up.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.pad.html">pad</a>
     * @param amounts pairs (before, after), the last dimension first; negative amounts cut off
     * @param value what a constant is; other modes ignore it
     * @throws dev.ashlar.type.InvalidArgumentException if the number of amounts does not fit the dimensions
     * @throws dev.ashlar.type.ShapeMismatchException if more is cut off than there is, or added than the mode can find inside
     */
    default Tensor pad(long[] amounts, PaddingMode mode, double value) {
        return Padding.pad(self(), amounts, mode, value);
    }

    /** Returns this with a value added at the borders; see {@link #pad(long[], PaddingMode, double)}. */
    default Tensor constantPadNd(long[] amounts, double value) {
        return Padding.pad(self(), amounts, PaddingMode.CONSTANT, value);
    }

    // ---- resampling -------------------------------------------------------------------------------------------------------------

    /** Resamples to sizes, corners not aligned. */
    default Tensor interpolate(long[] size, InterpolationMode mode) {
        return interpolate(size, null, mode, false, false, false);
    }

    /** Resamples to sizes that are a factor larger, rounded down, corners not aligned. */
    default Tensor interpolate(double scaleFactor, InterpolationMode mode) {
        return interpolate(null, new double[] {scaleFactor}, mode, false, false, false);
    }

    /**
     * Resamples the dimensions behind batch and channels. Results have this one's type; integers are resampled to the nearest only, and
     * uint8 by rounding.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.interpolate.html">interpolate</a>
     * @param size the sizes, or one for all; null if there is a factor
     * @param scaleFactor what sizes are multiplied by and rounded down, or one for all; null if there is a size
     * @param mode how values between elements are found; it must fit the number of dimensions
     * @param alignCorners whether the middles of the outermost elements stay where they are, and not their edges; for modes with
     *     weights
     * @param recomputeScaleFactor whether the distance of elements follows from the sizes and not from the given factor
     * @param antialias whether shrinking takes all elements into account; for {@code BILINEAR} and {@code BICUBIC}
     * @throws dev.ashlar.type.ShapeMismatchException if the mode does not fit the number of dimensions
     * @throws dev.ashlar.type.InvalidArgumentException if sizes are not positive or an option does not fit the mode
     * @throws dev.ashlar.type.DTypeMismatchException if the mode needs a floating-point type
     */
    default Tensor interpolate(
            long @Nullable [] size,
            double @Nullable [] scaleFactor,
            InterpolationMode mode,
            boolean alignCorners,
            boolean recomputeScaleFactor,
            boolean antialias) {
        return Interpolation.interpolate(self(), size, scaleFactor, mode, alignCorners, recomputeScaleFactor, antialias);
    }

    /** Samples linearly with zeros outside, corners not aligned. */
    default Tensor gridSample(Tensor grid) {
        return gridSample(grid, InterpolationMode.BILINEAR, GridPadding.ZEROS, false);
    }

    /**
     * Returns the values of images or volumes at places. A gradient flows to the elements and to the grid; to the grid it is 0 for
     * {@code NEAREST}, and where {@code BORDER} or {@code REFLECTION} moved a place to the border.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.grid_sample.html">grid_sample</a>
     * @param grid [batch, sizes of the result, 2 or 3]: x, y (and z) of each place, -1 and 1 are the borders; of this one's type
     * @param mode {@code BILINEAR} (for volumes as well), {@code NEAREST} (halves to the even neighbour) or, for images, {@code BICUBIC}
     * @param padding what is found outside
     * @param alignCorners whether -1 and 1 are the middles of the outermost elements, and not their edges
     * @return [batch, channels, sizes of the result]
     * @throws dev.ashlar.type.ShapeMismatchException if the grid does not fit
     * @throws dev.ashlar.type.DTypeMismatchException if the types differ or are no floating-point types
     * @throws dev.ashlar.type.InvalidArgumentException for other modes
     */
    default Tensor gridSample(Tensor grid, InterpolationMode mode, GridPadding padding, boolean alignCorners) {
        return GridSampling.sample(self(), grid, mode, padding, alignCorners);
    }

    /**
     * Returns the grid of places that affine matrices, this tensor, map the places of a result to: theta times (x, y, 1) for each.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.affine_grid.html">affine_grid</a>
     * @param size shape of the result to be sampled, 4 numbers for matrices [batch, 2, 3], 5 for [batch, 3, 4]
     * @param alignCorners as for {@link #gridSample(Tensor, InterpolationMode, GridPadding, boolean)}
     * @return [batch, sizes, 2 or 3]
     * @throws dev.ashlar.type.ShapeMismatchException if the matrices do not fit the size
     */
    default Tensor affineGrid(long[] size, boolean alignCorners) {
        return Arranging.affineGrid(self(), size, alignCorners);
    }

    // ---- rearranging ------------------------------------------------------------------------------------------------------------

    /**
     * Turns channels into pixels: [..., channels * r * r, rows, columns] becomes [..., channels, rows * r, columns * r].
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.pixel_shuffle.html">pixel_shuffle</a>
     * @param upscaleFactor r, &gt;= 1
     * @throws dev.ashlar.type.ShapeMismatchException if the channels are no multiple of r * r
     */
    default Tensor pixelShuffle(long upscaleFactor) {
        return Arranging.pixelShuffle(self(), upscaleFactor);
    }

    /**
     * Turns pixels into channels: [..., channels, rows * r, columns * r] becomes [..., channels * r * r, rows, columns].
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.pixel_unshuffle.html">pixel_unshuffle</a>
     * @param downscaleFactor r, &gt;= 1
     * @throws dev.ashlar.type.ShapeMismatchException if rows or columns are no multiple of r
     */
    default Tensor pixelUnshuffle(long downscaleFactor) {
        return Arranging.pixelUnshuffle(self(), downscaleFactor);
    }

    /**
     * Mixes groups of channels of [batch, channels, ...]: channel c of group g becomes channel g of group c.
     *
     * @param groups how many groups of neighbouring channels there are; divides the channels
     * @throws dev.ashlar.type.InvalidArgumentException if it does not
     */
    default Tensor channelShuffle(long groups) {
        return Arranging.channelShuffle(self(), groups);
    }
}
