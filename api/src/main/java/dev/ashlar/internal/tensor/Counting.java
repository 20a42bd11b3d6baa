// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Tensor;
import dev.ashlar.spi.ScatterOp;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import org.jspecify.annotations.Nullable;

/** Counting what falls where: histograms and numbers of occurrences. */
public final class Counting {
    /** Up to so many bins each one looks through all elements, in parallel; more are filled one element after the other. */
    private static final long PARALLEL_BINS = 1024;

    private Counting() {}

    /** Adds up the weights (or ones) of the elements at each place; places outside of [0, bins) are left out. */
    private static Tensor counts(String name, Tensor places, @Nullable Tensor weights, long bins, DType type) {
        Tensor values = weights == null
                ? Primitives.full(places.shape(), 1.0, type, Primitives.runtime(places))
                : Primitives.detached(weights).to(type);
        if (bins <= PARALLEL_BINS) {
            Tensor bin = Primitives.iota(Shape.of(bins), Primitives.runtime(places)).unsqueeze(1);
            Tensor zero = Primitives.scalarOf(places, 0, type);
            return places.unsqueeze(0).eq(bin).where(values.unsqueeze(0), zero).sum(1);
        }
        // One more bin takes what is outside.
        Tensor outside = places.lt(0.0).logicalOr(places.ge((double) bins));
        Tensor at = outside.where(Primitives.scalarOf(places, bins, DType.INT64), places);
        Tensor zeros = Primitives.full(Shape.of(bins + 1), 0.0, type, Primitives.runtime(places));
        return Primitives.scatter(name, zeros, 0, at, values, ScatterOp.ADD).narrow(0, 0, bins);
    }

    /** See {@link Tensor#histc}. */
    public static Tensor histogram(Tensor tensor, long bins, double min, double max) {
        if (!tensor.dtype().isFloatingPoint()) {
            throw new DTypeMismatchException("[histc] expected a floating-point tensor, got " + tensor.dtype()
                    + "; cast it, for example with to(DType.FLOAT32)");
        }
        if (bins < 1) {
            throw new InvalidArgumentException("[histc] expected at least one bin, got " + bins + "; the default is 100");
        }
        if (!(min <= max) || Double.isInfinite(min) || Double.isInfinite(max)) {
            throw new InvalidArgumentException("[histc] expected finite limits, min <= max, got " + min + " and " + max
                    + "; equal ones stand for those of the elements");
        }
        DType type = tensor.dtype();
        Tensor x = Primitives.detached(tensor).reshape(tensor.numel());
        if (x.numel() == 0) {
            return Primitives.full(Shape.of(bins), 0.0, type, Primitives.runtime(x));
        }
        boolean own = min == max;
        Tensor low = own ? x.amin(0, false) : Primitives.scalarLike(x, min, x.dtype());
        Tensor high = own ? x.amax(0, false) : Primitives.scalarLike(x, max, x.dtype());
        // Limits without a distance are moved apart by one each.
        Tensor room = low.eq(high).to(x.dtype());
        Tensor from = low.sub(room);
        Tensor to = high.add(room);
        Tensor inside = x.ge(from).logicalAnd(x.le(to));
        Tensor position = x.sub(from).mul((double) bins).div(to.sub(from)).floor().clamp(0, bins - 1.0).to(DType.INT64);
        Tensor places = inside.where(position, Primitives.scalarOf(x, -1, DType.INT64));
        return counts("histc", places, null, bins, type.arithmetic()).to(type);
    }

    /** See {@link Tensor#bincount}. */
    public static Tensor occurrences(Tensor x, @Nullable Tensor weights, long minLength) {
        if (!x.dtype().isInteger()) {
            throw new DTypeMismatchException("[bincount] expected integers, got " + x.dtype()
                    + "; cast them, for example with to(DType.INT64)");
        }
        if (x.shape().rank() != 1) {
            throw new ShapeMismatchException("[bincount] expected a vector, got shape " + x.shape() + "; flatten it");
        }
        if (weights != null && !weights.shape().equals(x.shape())) {
            throw new ShapeMismatchException("[bincount] expected weights of shape " + x.shape() + ", got " + weights.shape()
                    + "; there is one for each element");
        }
        if (minLength < 0) {
            throw new InvalidArgumentException("[bincount] expected a length >= 0, got " + minLength + "; 0 is the default");
        }
        DType type = weights == null ? DType.INT64 : weights.dtype() == DType.FLOAT32 ? DType.FLOAT32 : DType.FLOAT64;
        long bins = minLength;
        if (x.numel() > 0) {
            long[] limits = Tensor.stack(0, x.amin(0, false), x.amax(0, false)).to(DType.INT64).toLongArray();
            if (limits[0] < 0) {
                throw new InvalidArgumentException("[bincount] expected numbers >= 0, got " + limits[0] + "; add an offset");
            }
            bins = Math.max(bins, limits[1] + 1);
        } else if (weights != null) {
            type = DType.INT64;
        }
        return bins == 0 || x.numel() == 0
                ? Primitives.full(Shape.of(bins), 0.0, type, Primitives.runtime(x))
                : counts("bincount", x.to(DType.INT64), weights, bins, type);
    }
}
