// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import dev.ashlar.internal.tensor.Primitives;
import dev.ashlar.internal.tensor.Regions;
import dev.ashlar.internal.tensor.Transfer;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.IndexOutOfRangeException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A list of indices applied to a shape: a rectangular region, in which positions and new axes have made dimensions vanish and appear,
 * and what {@link Picks} take from that.
 */
final class Selection {
    private final String operation;
    private final Tensor origin;
    private final Shape source;
    private final long[] starts;
    private final long[] sizes;
    private final long[] steps;
    private final List<Long> view = new ArrayList<>();
    private final Picks picks;

    /** @param operation what errors name */
    Selection(String operation, Tensor x, Index... indices) {
        this.operation = operation;
        origin = x;
        source = x.shape();
        starts = new long[source.rank()];
        sizes = source.toArray();
        steps = Regions.dense(source);
        picks = new Picks(operation);
        int named = named(indices);
        int dim = 0;
        for (Index index : indices) {
            switch (index) {
                case Index.Ellipsis _ -> {
                    for (int i = named; i < source.rank(); i++) {
                        view.add(sizes[dim++]);
                    }
                }
                case Index.NewAxis _ -> view.add(1L);
                case Index.At at -> {
                    starts[dim] = wrap(at.position, dim);
                    sizes[dim++] = 1;
                }
                case Index.Range range -> {
                    limit(range, dim);
                    view.add(sizes[dim++]);
                }
                case Index.Positions positions -> {
                    picks.add(view.size(), checked(positions.tensor), source.size(dim), false);
                    view.add(sizes[dim++]);
                }
                case Index.HostPositions positions -> {
                    picks.add(view.size(), upload(dim, positions.positions), source.size(dim), true);
                    view.add(sizes[dim++]);
                }
                case Index.Mask mask -> dim = mask(dim, mask.tensor);
            }
        }
        while (dim < source.rank()) {
            view.add(sizes[dim++]);
        }
    }

    /** Returns how many dimensions the indices stand for, after checking that there are as many. */
    private int named(Index... indices) {
        int named = 0;
        int open = 0;
        for (Index index : indices) {
            switch (index) {
                case Index.Ellipsis _ -> open++;
                case Index.NewAxis _ -> {}
                case Index.Mask mask -> named += mask.tensor.dim();
                default -> named++;
            }
        }
        if (named > source.rank()) {
            throw new ShapeMismatchException("[" + operation + "] expected indices for at most " + source.rank()
                    + " dimensions for shape " + source + ", got some for " + named + "; leave some out");
        }
        if (open > 1) {
            throw new InvalidArgumentException("[" + operation + "] expected at most one ellipsis, got " + open
                    + "; write all() for the others");
        }
        return named;
    }

    private long wrap(long position, int dim) {
        long size = source.size(dim);
        if (position < -size || position >= size) {
            throw new IndexOutOfRangeException("[" + operation + "] expected an index in [" + -size + ", " + (size - 1)
                    + "] for dimension " + dim + " of shape " + source + ", got " + position + "; negative indices count from the end");
        }
        return position < 0 ? position + size : position;
    }

    private void limit(Index.Range range, int dim) {
        long size = sizes[dim];
        long from = Math.clamp(range.start < 0 ? range.start + size : range.start, 0L, size);
        long to = Math.clamp(range.end < 0 ? range.end + size : range.end, from, size);
        starts[dim] = from;
        steps[dim] = range.step;
        sizes[dim] = Math.ceilDiv(to - from, range.step);
        if (sizes[dim] <= 1) {
            steps[dim] = 1;
        }
    }

    private Tensor upload(int dim, long[] positions) {
        long[] wrapped = new long[positions.length];
        Arrays.setAll(wrapped, i -> wrap(positions[i], dim));
        return Transfer.upload(MemorySegment.ofArray(wrapped), DType.INT64, Shape.of(wrapped.length), origin.device());
    }

    private Tensor checked(Tensor positions) {
        if (positions.dtype() != DType.INT64 && positions.dtype() != DType.INT32) {
            throw new DTypeMismatchException("[" + operation + "] expected an index of int64 or int32, got " + positions.dtype()
                    + "; cast it with to(DType.INT64), or use Index.mask for a condition");
        }
        return Primitives.onDeviceOf(operation, origin, positions);
    }

    /** Adds the positions where a mask is true; returns the dimension behind it. */
    private int mask(int dim, Tensor mask) {
        for (int i = 0; i < mask.dim(); i++) {
            if (mask.size(i) != source.size(dim + i)) {
                throw new ShapeMismatchException("[" + operation + "] expected a mask whose sizes agree with shape " + source
                        + " from dimension " + dim + " on, got " + mask.shape() + "; compare tensors of one shape to get it");
            }
        }
        Tensor own = Primitives.onDeviceOf(operation, origin, mask);
        // A single truth value takes all or nothing, along a dimension of its own.
        List<Tensor> found = own.nonzeroAsTuple();
        for (int i = 0; i < found.size(); i++) {
            picks.add(view.size(), found.get(i), mask.dim() == 0 ? 1 : mask.size(i), true);
            view.add(mask.dim() == 0 ? 1 : mask.size(i));
        }
        return dim + mask.dim();
    }

    private long[] viewSizes() {
        return view.stream().mapToLong(Long::longValue).toArray();
    }

    private boolean isWhole() {
        return Shape.of(sizes).equals(source) && Arrays.stream(steps).allMatch(step -> step == 1);
    }

    private Tensor region(Tensor x) {
        return (isWhole() ? x : Regions.slice(x, starts, sizes, steps)).reshape(viewSizes());
    }

    /** Returns the selected elements. */
    Tensor read(Tensor x) {
        return picks.isEmpty() ? region(x) : picks.read(region(x));
    }

    /**
     * Returns {@code x} with the selected elements replaced; the value broadcasts to the shape of what is selected.
     *
     * @param accumulate whether values are added to what is there
     */
    Tensor write(Tensor x, Tensor value, boolean accumulate) {
        Shape target = picks.isEmpty() ? Shape.of(viewSizes()) : picks.result(viewSizes());
        Tensor given = Primitives.onDeviceOf(operation, x, value).to(x.dtype());
        if (given.dim() > target.rank() && given.numel() == target.elements()) {
            given = given.reshape(target.toArray());
        }
        if (!Shape.broadcast(operation, target, given.shape()).equals(target)) {
            throw new ShapeMismatchException("[" + operation + "] expected a value that broadcasts to " + target + ", got "
                    + value.shape() + "; its sizes must be those of the part, or 1");
        }
        if (target.elements() == 0) {
            return x;
        }
        given = given.expand(target.toArray());
        Tensor changed = picks.isEmpty()
                ? accumulate ? region(x).add(given) : given
                : picks.write(region(x), given, accumulate);
        Tensor part = changed.reshape(sizes);
        return isWhole() && !picks.isEmpty() ? part : Regions.insert(x, part, starts, steps);
    }
}
