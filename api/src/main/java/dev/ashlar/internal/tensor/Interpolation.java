// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.InterpolationMode;
import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Resampling to another size, one dimension after the other: each element of the result is a weighted sum of a few neighbours, which
 * are gathered. Places and weights are computed in float64 for float64 and in float32 for the rest, as in PyTorch, so that rounding
 * chooses the same neighbours.
 */
public final class Interpolation {
    private static final String NAME = "interpolate";

    private Interpolation() {}

    /** Neighbours of each element of a result, and what they count: both [size, neighbours]. */
    private record Taps(Tensor places, Tensor weights) {}

    /** See {@link dev.ashlar.ImageOps#interpolate(long[], double[], InterpolationMode, boolean, boolean, boolean)}. */
    public static Tensor interpolate(
            Tensor x,
            long @Nullable [] size,
            double @Nullable [] scaleFactor,
            InterpolationMode mode,
            boolean alignCorners,
            boolean recomputeScaleFactor,
            boolean antialias) {
        int rank = x.shape().rank() - 2;
        checkMode(x, rank, mode, alignCorners, antialias);
        long[] sizes = sizes(x, rank, size, scaleFactor);
        DType type = x.dtype();
        boolean chooses = mode == InterpolationMode.NEAREST || mode == InterpolationMode.NEAREST_EXACT;
        if (!chooses && !type.isFloatingPoint() && type != DType.UINT8) {
            throw new DTypeMismatchException("[interpolate] expected a floating-point input or uint8 in mode " + mode + ", got " + type
                    + "; cast it, for example with to(DType.FLOAT32)");
        }
        if (chooses && rank == 2 && Arrays.equals(sizes, 0, 2, x.shape().toArray(), 2, 4)) {
            // PyTorch copies images of unchanged size even where a given factor would choose other elements.
            return x;
        }
        Tensor y = chooses ? x : x.to(type == DType.UINT8 ? DType.FLOAT32 : type.arithmetic());
        for (int axis = 0; axis < rank; axis++) {
            int dim = 2 + axis;
            long in = x.shape().size(dim);
            boolean given = scaleFactor != null && !recomputeScaleFactor;
            double step = given && scaleFactor != null ? 1 / scaleFactor[scaleFactor.length == 1 ? 0 : axis] : 0;
            if (mode == InterpolationMode.AREA) {
                y = AdaptivePooling.mean(NAME, y, dim, sizes[axis]);
            } else if (chooses) {
                y = read(y, dim, nearest(y, in, sizes[axis], step, mode == InterpolationMode.NEAREST_EXACT));
            } else if (in != sizes[axis] || mode == InterpolationMode.BICUBIC && !antialias) {
                y = weighted(y, dim, taps(y, in, sizes[axis], step, mode, alignCorners, antialias));
            } else if (!antialias) {
                // Each element is its own neighbour with the weight 0: infinities become NaN, as in PyTorch.
                y = y.add(y.mul(0.0));
            }
        }
        if (type == DType.UINT8 && !chooses) {
            y = y.round().clamp(0, 255);
        }
        return y.to(type);
    }

    private static void checkMode(Tensor x, int rank, InterpolationMode mode, boolean alignCorners, boolean antialias) {
        int fits = switch (mode) {
            case LINEAR -> 1;
            case BILINEAR, BICUBIC -> 2;
            case TRILINEAR -> 3;
            case NEAREST, NEAREST_EXACT, AREA -> Math.clamp(rank, 1, 3);
        };
        if (rank != fits) {
            throw new ShapeMismatchException("[interpolate] expected an input of shape [batch, channels, sizes] with " + (fits + 2)
                    + " dimensions for mode " + mode + ", got " + x.shape() + "; use unsqueeze, or the mode for this number of dimensions");
        }
        boolean smooth = mode == InterpolationMode.BILINEAR || mode == InterpolationMode.BICUBIC;
        if (antialias && !smooth) {
            throw new InvalidArgumentException("[interpolate] expected mode BILINEAR or BICUBIC for antialiasing, got " + mode
                    + "; leave it off");
        }
        if (alignCorners && !smooth && mode != InterpolationMode.LINEAR && mode != InterpolationMode.TRILINEAR) {
            throw new InvalidArgumentException("[interpolate] expected a mode with weights for aligned corners, got " + mode
                    + "; leave alignCorners off");
        }
        for (int i = 1; i < x.shape().rank(); i++) {
            if (x.shape().size(i) == 0) {
                throw new ShapeMismatchException("[interpolate] expected an input with elements, got shape " + x.shape()
                        + "; only the batch may be empty");
            }
        }
    }

    private static long[] sizes(Tensor x, int rank, long @Nullable [] size, double @Nullable [] scaleFactor) {
        if ((size == null) == (scaleFactor == null)) {
            throw new InvalidArgumentException("[interpolate] expected either a size or a scale factor, got "
                    + (size == null ? "neither" : "both") + "; pass null for one of them");
        }
        long[] sizes = new long[rank];
        int given = size != null ? size.length : java.util.Objects.requireNonNull(scaleFactor).length;
        for (int axis = 0; axis < rank; axis++) {
            int at = given == 1 ? 0 : Math.min(axis, given - 1);
            sizes[axis] = size != null ? size[at] : (long) Math.floor(x.shape().size(2 + axis) * scaleFactor[at]);
        }
        if (given != 1 && given != rank || Arrays.stream(sizes).anyMatch(value -> value < 1)) {
            throw new InvalidArgumentException("[interpolate] expected " + rank + " sizes >= 1 or factors that give them, or one for all,"
                    + " got " + (size != null ? Arrays.toString(size) : Arrays.toString(scaleFactor)) + " for shape " + x.shape()
                    + "; the sizes are those behind batch and channels");
        }
        return sizes;
    }

    // ---- places and weights -----------------------------------------------------------------------------------------------------

    private static Tensor read(Tensor x, int dim, Tensor places) {
        return Indexed.read(NAME, x, dim, Indexed.spread(x.shape(), dim, places));
    }

    private static Tensor weighted(Tensor x, int dim, Taps taps) {
        Shape shape = x.shape();
        long count = taps.places().shape().size(0);
        long neighbours = taps.places().shape().size(1);
        long[] split = new long[shape.rank() + 1];
        long[] along = new long[shape.rank() + 1];
        Arrays.fill(along, 1);
        for (int i = 0; i < split.length; i++) {
            split[i] = i <= dim ? shape.size(i) : shape.size(i - 1);
        }
        split[dim] = count;
        split[dim + 1] = neighbours;
        along[dim] = count;
        along[dim + 1] = neighbours;
        Tensor windows = read(x, dim, taps.places().reshape(count * neighbours)).reshape(split);
        return windows.mul(taps.weights().to(x.dtype()).reshape(along)).sum(dim + 1);
    }

    private static DType precision(Tensor x) {
        return x.dtype() == DType.FLOAT64 ? DType.FLOAT64 : DType.FLOAT32;
    }

    /** Returns what one step in the result is in the input, rounded as places are. */
    private static double step(DType type, long in, long out, double given, boolean alignCorners) {
        if (alignCorners) {
            return out > 1 ? quotient(type, in - 1, out - 1) : 0;
        }
        return given > 0 ? type == DType.FLOAT64 ? given : (float) given : quotient(type, in, out);
    }

    private static double quotient(DType type, long a, long b) {
        return type == DType.FLOAT64 ? (double) a / b : (float) a / b;
    }

    private static Tensor count(long out, DType type, Tensor like) {
        return Primitives.iota(Shape.of(out), Primitives.runtime(like)).to(type);
    }

    /** Returns where the middles of elements lie in the input, or their places where corners are aligned. */
    private static Tensor middles(Tensor like, DType type, long out, double step, boolean alignCorners) {
        Tensor number = count(out, type, like);
        return alignCorners ? number.mul(step) : number.add(0.5).mul(step).sub(0.5);
    }

    private static Tensor nearest(Tensor x, long in, long out, double given, boolean exact) {
        DType type = precision(x);
        double step = step(type, in, out, given, false);
        Tensor place = exact ? middles(x, type, out, step, false).clamp(0.0, Double.POSITIVE_INFINITY).add(0.5)
                : middles(x, type, out, step, true);
        // PyTorch rounds down in float32 whatever the type.
        return limited(place.to(DType.FLOAT32).floor().to(DType.INT64), in);
    }

    /** Moves places outside to the border. */
    private static Tensor limited(Tensor places, long in) {
        Tensor low = Primitives.scalarOf(places, 0, DType.INT64);
        Tensor high = Primitives.scalarOf(places, in - 1, DType.INT64);
        return places.lt(low).where(low, places.lt(high).where(places, high));
    }

    private static Taps taps(
            Tensor x, long in, long out, double given, InterpolationMode mode, boolean alignCorners, boolean antialias) {
        DType type = precision(x);
        double step = step(type, in, out, given, alignCorners);
        boolean cubic = mode == InterpolationMode.BICUBIC;
        if (antialias) {
            return smoothed(x, type, in, out, step, cubic);
        }
        Tensor place = middles(x, type, out, step, alignCorners);
        if (!cubic) {
            place = place.clamp(0.0, Double.POSITIVE_INFINITY);
        }
        Tensor base = limited(place.floor().to(DType.INT64), Long.MAX_VALUE).minimum(Primitives.scalarOf(x, in - 1, DType.INT64));
        if (cubic) {
            Tensor down = place.floor().to(DType.INT64);
            base = down.minimum(Primitives.scalarOf(x, in - 1, DType.INT64));
        }
        Tensor t = place.sub(base.to(type)).clamp(0.0, 1.0).reshape(out, 1);
        Tensor neighbour = Primitives.iota(Shape.of(cubic ? 4 : 2), Primitives.runtime(x));
        Tensor places = base.reshape(out, 1).add(cubic ? neighbour.sub(1) : neighbour);
        return new Taps(limited(places, in), cubic ? cubic(t, -0.75) : linear(t));
    }

    /** Returns what two neighbours count at {@code t} from the first: [..., 2]. */
    static Tensor linear(Tensor t) {
        Tensor neighbour = Primitives.iota(Shape.of(2), Primitives.runtime(t));
        return neighbour.eq(Primitives.scalarOf(t, 0, DType.INT64)).where(t.rsub(1), t);
    }

    /** Returns what four neighbours count at {@code t} from the second: [..., 4]. */
    static Tensor cubic(Tensor t, double a) {
        Tensor neighbour = Primitives.iota(Shape.of(4), Primitives.runtime(t)).to(t.dtype()).sub(1);
        return kernel(t.sub(neighbour).abs(), a);
    }

    /** The kernel of <a href="https://doi.org/10.1109/TASSP.1981.1163711">cubic convolution</a> at a distance. */
    private static Tensor kernel(Tensor d, double a) {
        Tensor near = d.mul(a + 2).sub(a + 3).mul(d).mul(d).add(1);
        Tensor far = d.mul(a).sub(5 * a).mul(d).add(8 * a).mul(d).sub(4 * a);
        return d.le(1).where(near, far);
    }

    /** Widens the kernel where the input is shrunk, so that every element of it counts. */
    private static Taps smoothed(Tensor x, DType type, long in, long out, double step, boolean cubic) {
        double half = cubic ? 2 : 1;
        double support = step >= 1 ? half * step : half;
        long most = 2 * (long) Math.ceil(support) + 1;
        Tensor middle = count(out, type, x).add(0.5).mul(step).reshape(out, 1);
        Tensor zero = Primitives.scalarOf(x, 0, DType.INT64);
        Tensor first = middle.sub(support).add(0.5).to(DType.INT64).maximum(zero);
        Tensor behind = middle.add(support).add(0.5).to(DType.INT64).minimum(Primitives.scalarOf(x, in, DType.INT64));
        Tensor places = first.add(Primitives.iota(Shape.of(most), Primitives.runtime(x)));
        Tensor distance = places.to(type).sub(middle).add(0.5).abs().mul(step >= 1 ? 1 / step : 1);
        Tensor raw = cubic ? kernel(distance, -0.5) : distance.rsub(1);
        Tensor counts = places.lt(behind).logicalAnd(distance.lt(half));
        Tensor weights = counts.where(raw, Primitives.scalarLike(x, 0, type));
        return new Taps(limited(places, in), weights.div(weights.sum(1, true)));
    }
}
