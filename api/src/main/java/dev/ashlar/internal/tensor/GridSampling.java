// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.GridPadding;
import dev.ashlar.InterpolationMode;
import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Arrays;

/**
 * Values of images at arbitrary places. All neighbours of all places are read by one gather and weighted; the weights are ordinary
 * functions of the place, which is how gradients reach the grid.
 */
public final class GridSampling {
    private static final String NAME = "gridSample";
    private static final double SHARPNESS = -0.75;

    private final Tensor grid;
    private final Shape in;
    private final int rank;
    private final long batch;
    private final long count;
    private final InterpolationMode mode;
    private final GridPadding padding;
    private final boolean alignCorners;

    private GridSampling(Tensor grid, Shape in, InterpolationMode mode, GridPadding padding, boolean alignCorners) {
        this.grid = grid;
        this.in = in;
        this.rank = in.rank() - 2;
        this.batch = in.size(0);
        this.count = Arrays.stream(grid.shape().toArray()).skip(1).limit(rank).reduce(1, (a, b) -> a * b);
        this.mode = mode;
        this.padding = padding;
        this.alignCorners = alignCorners;
    }

    /** See {@link dev.ashlar.ImageOps#gridSample(Tensor, InterpolationMode, GridPadding, boolean)}. */
    public static Tensor sample(Tensor input, Tensor grid, InterpolationMode mode, GridPadding padding, boolean alignCorners) {
        Shape in = input.shape();
        Shape places = grid.shape();
        int rank = in.rank() - 2;
        if (rank != 2 && rank != 3) {
            throw new ShapeMismatchException("[gridSample] expected an input of shape [batch, channels, rows, columns] or with depth before"
                    + " the rows, got " + in + "; add missing dimensions with unsqueeze");
        }
        if (places.rank() != in.rank() || places.size(0) != in.size(0) || places.size(rank + 1) != rank) {
            throw new ShapeMismatchException("[gridSample] expected a grid of shape [" + in.size(0) + ", sizes of the result, " + rank
                    + "] for an input of shape " + in + ", got " + places + "; its last dimension holds x, y"
                    + (rank == 3 ? " and z" : ""));
        }
        for (int i = 1; i < in.rank(); i++) {
            if (in.size(i) == 0) {
                throw new ShapeMismatchException("[gridSample] expected an input with elements, got shape " + in
                        + "; only the batch may be empty");
            }
        }
        boolean fits = mode == InterpolationMode.NEAREST || mode == InterpolationMode.BILINEAR
                || mode == InterpolationMode.BICUBIC && rank == 2;
        if (!fits) {
            throw new InvalidArgumentException("[gridSample] expected mode BILINEAR, NEAREST or, for images, BICUBIC, got " + mode
                    + "; BILINEAR is right for volumes as well");
        }
        if (!input.dtype().isFloatingPoint() || input.dtype() != grid.dtype()) {
            throw new DTypeMismatchException("[gridSample] expected an input and a grid of one floating-point type, got " + input.dtype()
                    + " and " + grid.dtype() + "; cast one of them");
        }
        DType type = input.dtype().arithmetic();
        Tensor at = Primitives.onDeviceOf(NAME, input, grid).to(type);
        return new GridSampling(at, in, mode, padding, alignCorners).of(input.to(type)).to(input.dtype());
    }

    /** Returns numbers of one per place and neighbour along one axis in a shape [batch, places, neighbours of all axes]. */
    private Tensor along(Tensor x, int axis) {
        long[] sizes = new long[rank + 2];
        Arrays.fill(sizes, 1);
        sizes[0] = batch;
        sizes[1] = count;
        sizes[2 + axis] = x.shape().size(2);
        return x.reshape(sizes);
    }

    private Tensor of(Tensor x) {
        long[] neighbours = new long[rank];
        Tensor index = null;
        Tensor inside = null;
        Tensor weight = null;
        for (int axis = 0; axis < rank; axis++) {
            long size = in.size(2 + axis);
            Tensor coordinate = grid.select(-1, rank - 1 - axis).reshape(batch, count, 1);
            Tensor middle = alignCorners ? coordinate.add(1).div(2).mul((double) (size - 1))
                    : coordinate.add(1).mul((double) size).sub(1).div(2);
            Tensor place = mode == InterpolationMode.BICUBIC ? middle : padded(middle, size);
            Tensor base = mode == InterpolationMode.NEAREST ? Primitives.detached(place).round() : Primitives.detached(place).floor();
            Tensor near = neighbours(base);
            if (mode == InterpolationMode.BICUBIC) {
                near = padded(near, size);
            }
            Tensor last = Primitives.scalarLike(near, size - 1, near.dtype());
            Tensor zero = Primitives.scalarLike(near, 0, near.dtype());
            Tensor within = along(near.ge(zero).logicalAnd(near.le(last)), axis);
            Tensor number = along(near.gt(zero).where(near.lt(last).where(near, last), zero).to(DType.INT64), axis);
            neighbours[axis] = near.shape().size(2);
            inside = inside == null ? within : inside.logicalAnd(within);
            index = index == null ? number : index.mul(Primitives.scalarOf(x, size, DType.INT64)).add(number);
            if (mode != InterpolationMode.NEAREST) {
                Tensor t = place.sub(base);
                Tensor part = along(
                        mode == InterpolationMode.BICUBIC ? Interpolation.cubic(t, SHARPNESS) : Interpolation.linear(t), axis);
                weight = weight == null ? part : weight.mul(part);
            }
        }
        return combined(x, java.util.Objects.requireNonNull(index), java.util.Objects.requireNonNull(inside), weight, neighbours);
    }

    private Tensor combined(
            Tensor x, Tensor index, Tensor inside, @org.jspecify.annotations.Nullable Tensor weight, long[] neighbours) {
        long channels = in.size(1);
        long each = Arrays.stream(neighbours).reduce(1, (a, b) -> a * b);
        Tensor flat = x.reshape(batch, channels, in.elements() == 0 ? elements() : in.elements() / (batch * channels));
        Tensor found = Indexed.read(
                        NAME, flat, 2, index.reshape(batch, 1, count * each).expand(batch, channels, count * each))
                .reshape(batch, channels, count, each);
        Tensor zero = Primitives.scalarLike(x, 0, x.dtype());
        Tensor within = inside.reshape(batch, 1, count, each);
        Tensor y = rank == 2 ? within.where(found, zero) : found;
        if (weight != null) {
            y = y.mul(weight.reshape(batch, 1, count, each));
        }
        if (rank == 3) {
            // In volumes what is not inside does not count even at a place that is NaN; in images such a place is NaN.
            y = within.where(y, zero);
        }
        long[] out = grid.shape().toArray();
        System.arraycopy(grid.shape().toArray(), 1, out, 2, rank);
        out[1] = channels;
        return y.sum(3).reshape(out);
    }

    private long elements() {
        return Arrays.stream(in.toArray()).skip(2).reduce(1, (a, b) -> a * b);
    }

    /** Returns the neighbours of places rounded down, [..., neighbours]. */
    private Tensor neighbours(Tensor base) {
        if (mode == InterpolationMode.NEAREST) {
            return base;
        }
        long each = mode == InterpolationMode.BICUBIC ? 4 : 2;
        Tensor neighbour = Primitives.iota(Shape.of(each), Primitives.runtime(base)).to(base.dtype());
        return base.add(each == 4 ? neighbour.sub(1) : neighbour);
    }

    // ---- places outside ---------------------------------------------------------------------------------------------------------

    private Tensor padded(Tensor place, long size) {
        return switch (padding) {
            case ZEROS -> place;
            case BORDER -> clipped(place, size);
            case REFLECTION -> clipped(reflected(place, size), size);
        };
    }

    /**
     * Moves places outside to the border; the gradient is 0 there and on the border itself. NaN goes to the border where PyTorch puts
     * it: to the first element of images and to the last of volumes.
     */
    private Tensor clipped(Tensor place, long size) {
        Tensor plain = Primitives.detached(place);
        Tensor zero = Primitives.scalarLike(place, 0, place.dtype());
        Tensor last = Primitives.scalarLike(place, size - 1, place.dtype());
        Tensor limited = rank == 2 ? plain.gt(zero).where(plain.lt(last).where(plain, last), zero)
                : plain.lt(last).where(plain.gt(zero).where(plain, zero), last);
        return plain.gt(zero).logicalAnd(plain.lt(last)).where(place, limited);
    }

    /** Mirrors places at the border: at the middles of the outermost elements if corners are aligned, else at their edges. */
    private Tensor reflected(Tensor place, long size) {
        double low = alignCorners ? 0 : -0.5;
        double span = alignCorners ? size - 1 : size;
        if (span == 0) {
            return Primitives.full(place.shape(), 0.0, place.dtype(), Primitives.runtime(place));
        }
        Tensor shifted = place.sub(low);
        Tensor plain = Primitives.detached(shifted);
        Tensor zero = Primitives.scalarLike(place, 0, place.dtype());
        Tensor distance = plain.lt(zero).where(shifted.neg(), shifted);
        Tensor length = Primitives.detached(distance);
        Tensor times = length.div(Primitives.scalarLike(place, span, place.dtype())).floor();
        Tensor extra = distance.sub(times.mul(span));
        Tensor even = times.remainder(2.0).eq(zero);
        return even.where(extra.add(low), extra.rsub(span).add(low));
    }
}
