// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import dev.ashlar.internal.tensor.Indexed;
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
import org.jspecify.annotations.Nullable;

/** A list of indices applied to a shape: a rectangular region, at most one dimension of it picked by a tensor, and the result's shape. */
final class Selection {
    private final String operation;
    private final Shape source;
    private final long[] starts;
    private final long[] sizes;
    private final long[] steps;
    private final List<Long> result = new ArrayList<>();
    private int pickedDim = -1;
    private @Nullable Tensor picked;

    /** @param operation what errors name */
    Selection(String operation, Tensor x, Index... indices) {
        this.operation = operation;
        source = x.shape();
        starts = new long[source.rank()];
        sizes = source.toArray();
        steps = Regions.dense(source);
        int named = 0;
        int open = 0;
        for (Index index : indices) {
            if (index instanceof Index.Ellipsis) {
                open++;
            } else if (!(index instanceof Index.NewAxis)) {
                named++;
            }
        }
        if (named > source.rank()) {
            throw new ShapeMismatchException("[" + operation + "] expected at most " + source.rank() + " indices for shape " + source
                    + ", got " + named);
        }
        if (open > 1) {
            throw new InvalidArgumentException("[" + operation + "] expected at most one ellipsis, got " + open);
        }
        int dim = 0;
        for (Index index : indices) {
            switch (index) {
                case Index.Ellipsis _ -> {
                    for (int i = named; i < source.rank(); i++) {
                        result.add(sizes[dim++]);
                    }
                }
                case Index.NewAxis _ -> result.add(1L);
                case Index.At at -> {
                    starts[dim] = wrap(at.position, dim);
                    sizes[dim++] = 1;
                }
                case Index.Range range -> {
                    limit(range, dim);
                    result.add(sizes[dim++]);
                }
                case Index.Positions positions -> pick(x, dim++, positions.tensor);
                case Index.HostPositions positions -> pick(x, dim, upload(x, dim++, positions.positions));
            }
        }
        while (dim < source.rank()) {
            result.add(sizes[dim++]);
        }
    }

    private long wrap(long position, int dim) {
        long size = source.size(dim);
        if (position < -size || position >= size) {
            throw new IndexOutOfRangeException("[" + operation + "] expected an index in [" + -size + ", " + (size - 1)
                    + "] for dimension " + dim + " of shape " + source + ", got " + position);
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
        if (sizes[dim] == size) {
            steps[dim] = 1;
        }
    }

    private Tensor upload(Tensor x, int dim, long[] positions) {
        long[] wrapped = new long[positions.length];
        Arrays.setAll(wrapped, i -> wrap(positions[i], dim));
        return Transfer.upload(MemorySegment.ofArray(wrapped), DType.INT64, Shape.of(wrapped.length), x.device());
    }

    private void pick(Tensor x, int dim, Tensor positions) {
        if (pickedDim >= 0) {
            throw new InvalidArgumentException("[" + operation + "] expected at most one tensor among the indices, got several; combine"
                    + " gather and indexSelect instead");
        }
        if (!positions.dtype().isInteger() || positions.dtype().bytes() < DType.INT32.bytes()) {
            throw new DTypeMismatchException("[" + operation + "] expected an index of int64 or int32, got " + positions.dtype()
                    + (positions.dtype() == DType.BOOL ? "; choose by a condition with where or maskedFill" : ""));
        }
        Primitives.onDeviceOf(operation, x, positions);
        pickedDim = dim;
        for (long size : positions.shape().toArray()) {
            result.add(size);
        }
        Tensor flat = positions.reshape(positions.numel());
        long size = source.size(dim);
        Tensor fromEnd = flat.lt(0).logicalAnd(flat.ge(-size));
        picked = fromEnd.where(flat.add(size), flat);
    }

    private long[] resultSizes() {
        return result.stream().mapToLong(Long::longValue).toArray();
    }

    private boolean isWhole() {
        return Shape.of(sizes).equals(source) && Arrays.stream(steps).allMatch(step -> step == 1);
    }

    private Tensor region(Tensor x) {
        return isWhole() ? x : Regions.slice(x, starts, sizes, steps);
    }

    /** Returns the selected elements. */
    Tensor read(Tensor x) {
        Tensor region = region(x);
        Tensor positions = picked;
        if (positions != null) {
            region = Indexed.read(operation, region, pickedDim, Indexed.spread(Shape.of(sizes), pickedDim, positions));
        }
        return region.reshape(resultSizes());
    }

    /** Returns {@code x} with the selected elements replaced; the value broadcasts to the shape of what is selected. */
    Tensor write(Tensor x, Tensor value) {
        Shape target = Shape.of(resultSizes());
        Tensor given = Primitives.onDeviceOf(operation, x, value).to(x.dtype());
        if (given.shape().rank() > target.rank() && given.numel() == target.elements()) {
            given = given.reshape(target.toArray());
        }
        if (!Shape.broadcast(operation, target, given.shape()).equals(target)) {
            throw new ShapeMismatchException("[" + operation + "] expected a value that broadcasts to " + target + ", got "
                    + value.shape());
        }
        given = given.expand(target.toArray());
        if (target.elements() == 0) {
            return x;
        }
        Tensor positions = picked;
        if (positions == null) {
            return Regions.insert(x, given.reshape(sizes), starts, steps);
        }
        Tensor index = Indexed.spread(Shape.of(sizes), pickedDim, positions);
        Tensor changed = Indexed.write(operation, region(x), pickedDim, index, given.reshape(index.shape().toArray()));
        return isWhole() ? changed : Regions.insert(x, changed, starts, steps);
    }
}
