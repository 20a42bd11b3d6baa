// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Tensor;
import dev.ashlar.spi.ReduceOp;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How windows lie on the last dimensions of a tensor, one number per dimension in each array. Nothing here has a history: the
 * operations built on it bring their own gradient rules.
 *
 * @param before places added before the first element
 * @param after places added behind the last element; negative ones are left out
 * @param dilation distance of neighbours within a window
 */
record Grid(long[] kernel, long[] stride, long[] before, long[] after, long[] dilation) {
    /** Checks what users gave; a single number holds for all dimensions. */
    static Grid of(String operation, long[] kernel, int[] stride, int[] padding, int[] dilation) {
        int rank = kernel.length;
        check(operation, "kernel", kernel, rank, 1);
        long[] padded = numbers(operation, "padding", padding, rank, 0);
        return new Grid(
                kernel,
                numbers(operation, "stride", stride, rank, 1),
                padded,
                padded,
                numbers(operation, "dilation", dilation, rank, 1));
    }

    /** Checks the windows of a pooling; without a stride they lie side by side. */
    static Grid pooling(String operation, int rank, int[] kernel, int @Nullable [] stride, int[] padding, int[] dilation) {
        long[] sizes = numbers(operation, "kernel", kernel, rank, 1);
        int[] steps = stride == null || stride.length == 0 ? Arrays.stream(sizes).mapToInt(Math::toIntExact).toArray() : stride;
        Grid grid = of(operation, sizes, steps, padding, dilation);
        for (int axis = 0; axis < rank; axis++) {
            if (2 * grid.before[axis] > grid.reach(axis) + 1) {
                throw new InvalidArgumentException("[" + operation + "] expected a padding of at most half the window, "
                        + (grid.reach(axis) + 1) / 2 + ", got " + grid.before[axis] + "; pad the input itself where more is needed");
            }
        }
        return grid;
    }

    /** Checks numbers, one per dimension or one for all of them. */
    static long[] numbers(String operation, String what, int[] values, int rank, long least) {
        long[] numbers = new long[rank];
        Arrays.setAll(numbers, i -> values.length == 1 ? values[0] : i < values.length ? values[i] : 0);
        if (values.length != 1 && values.length != rank) {
            throw refused(operation, what, rank, least, Arrays.toString(values));
        }
        check(operation, what, numbers, rank, least);
        return numbers;
    }

    private static void check(String operation, String what, long[] values, int rank, long least) {
        for (long value : values) {
            if (value < least) {
                throw refused(operation, what, rank, least, Arrays.toString(values));
            }
        }
    }

    private static InvalidArgumentException refused(String operation, String what, int rank, long least, String given) {
        String count = rank == 1 ? "one number" : rank + " numbers";
        return new InvalidArgumentException("[" + operation + "] expected a " + what + " of " + count + " >= " + least + ", got " + given
                + "; give one number per dimension or one for all");
    }

    /** Returns the number of dimensions that windows extend over. */
    int rank() {
        return kernel.length;
    }

    /** Returns how far the last element of a window lies behind its first. */
    long reach(int axis) {
        return dilation[axis] * (kernel[axis] - 1);
    }

    /** Returns the number of windows along an axis of an input. */
    long windows(int axis, long size) {
        return Math.floorDiv(size + before[axis] + after[axis] - reach(axis) - 1, stride[axis]) + 1;
    }

    /** Returns the same windows with those added that begin inside of the input or before it, but end behind it. */
    Grid ceiling(Shape input) {
        long[] behind = after.clone();
        for (int axis = 0; axis < rank(); axis++) {
            long size = input.size(axis - rank());
            long count = Math.ceilDiv(size + before[axis] + after[axis] - reach(axis) - 1, stride[axis]) + 1;
            if ((count - 1) * stride[axis] >= size + before[axis]) {
                count--;
            }
            behind[axis] = Math.max(after[axis], (count - 1) * stride[axis] + reach(axis) + 1 - size - before[axis]);
        }
        return new Grid(kernel, stride, before, behind, dilation);
    }

    /** Throws unless windows fit. */
    void checkFits(String operation, Shape input) {
        for (int axis = 0; axis < rank(); axis++) {
            long size = input.size(axis - rank());
            if (size + before[axis] + after[axis] <= reach(axis)) {
                int dim = input.rank() - rank() + axis;
                throw new ShapeMismatchException("[" + operation + "] expected windows that fit the input, got windows of "
                        + (reach(axis) + 1) + " along dimension " + dim + " of shape " + input + " with padding " + before[axis]
                        + "; use a smaller kernel or more padding");
            }
        }
    }

    /** Returns the dimensions within a window where {@code lead} dimensions come before the windows. */
    int[] within(int lead) {
        int[] dims = new int[rank()];
        Arrays.setAll(dims, i -> lead + rank() + i);
        return dims;
    }

    /** Returns the number of elements of a window. */
    long count() {
        return Arrays.stream(kernel).reduce(1, (a, b) -> a * b);
    }

    /** Returns the same windows at every position, without padding. */
    private Grid dense() {
        long[] ones = new long[rank()];
        Arrays.fill(ones, 1);
        return new Grid(kernel, ones, new long[rank()], new long[rank()], dilation);
    }

    /** Returns what is smaller than or equal to everything of a type. */
    static Tensor lowest(Shape shape, Tensor like) {
        DType type = like.dtype();
        if (type.isFloatingPoint()) {
            return Primitives.full(shape, Double.NEGATIVE_INFINITY, type, Primitives.runtime(like));
        }
        boolean unsigned = type == DType.UINT8 || type == DType.BOOL;
        return Primitives.full(shape, unsigned ? 0L : Long.MIN_VALUE >> (64 - 8 * type.bytes()), type, Primitives.runtime(like));
    }

    /** Returns the input with a border of zeros or, if {@code lowest}, of what is smaller than everything else. */
    private Tensor padded(Tensor x, boolean lowest) {
        int rank = x.shape().rank();
        long[] sizes = x.shape().toArray();
        long[] starts = new long[rank];
        long[] kept = x.shape().toArray();
        for (int axis = 0; axis < rank(); axis++) {
            int dim = rank - rank() + axis;
            starts[dim] = before[axis];
            kept[dim] += Math.min(0, after[axis]);
            sizes[dim] += before[axis] + after[axis];
        }
        Shape whole = Shape.of(sizes);
        Tensor part = Shape.of(kept).equals(x.shape()) ? x : Primitives.slice(x, new long[rank], kept, Regions.dense(x.shape()));
        if (whole.equals(part.shape())) {
            return part;
        }
        Tensor border = lowest ? lowest(whole, x) : Primitives.full(whole, 0L, x.dtype(), Primitives.runtime(x));
        return Primitives.insert("pad", border, part, starts, Regions.dense(x.shape()));
    }

    /** Returns {@code [..., sizes]} as windows {@code [..., windows, kernel]}. */
    Tensor windows(Tensor x, boolean lowest) {
        int first = x.shape().rank() - rank();
        Tensor y = padded(Primitives.detached(x), lowest);
        for (int axis = 0; axis < rank(); axis++) {
            y = Primitives.window(y, first + axis, kernel[axis], stride[axis], dilation[axis]);
        }
        return y;
    }

    /**
     * Returns for a gradient of windows {@code [..., windows]} those windows on it, in the shape of the input followed by the
     * kernel's, through which it flows back: element k of a window is the gradient of the window that the input element is element
     * {@code kernel - 1 - k} of, and 0 where there is none.
     */
    Tensor windowsBack(Tensor gradient, Shape input) {
        Tensor g = Primitives.detached(gradient);
        int rank = g.shape().rank();
        long[] sizes = g.shape().toArray();
        long[] from = new long[rank];
        long[] part = g.shape().toArray();
        long[] starts = new long[rank];
        long[] steps = Regions.dense(g.shape());
        for (int axis = 0; axis < rank(); axis++) {
            int dim = rank - rank() + axis;
            long offset = reach(axis) - before[axis];
            long first = offset < 0 ? Math.ceilDiv(-offset, stride[axis]) : 0;
            sizes[dim] = input.size(axis - rank()) + reach(axis);
            from[dim] = first;
            starts[dim] = offset + first * stride[axis];
            steps[dim] = stride[axis];
            part[dim] = Math.clamp(Math.ceilDiv(sizes[dim] - starts[dim], stride[axis]), 0L, Math.max(0, part[dim] - first));
        }
        if (Arrays.stream(part).anyMatch(size -> size == 0)) {
            return dense().windows(Primitives.full(Shape.of(sizes), 0L, g.dtype(), Primitives.runtime(g)), false);
        }
        if (!Shape.of(part).equals(g.shape())) {
            g = Primitives.slice(g, from, part, Regions.dense(g.shape()));
        }
        if (!Arrays.equals(part, sizes)) {
            Tensor zeros = Primitives.full(Shape.of(sizes), 0L, g.dtype(), Primitives.runtime(g));
            g = Primitives.insert("pad", zeros, g, starts, steps);
        }
        return dense().windows(g, false);
    }

    /**
     * Adds up windows {@code [..., kernel, windows]}, kernel and windows alternating axis by axis: [..., k0, n0, k1, n1, ...] gives
     * {@code [..., sizes]}, each element the sum of its places in all windows. It is the reverse of reading windows.
     */
    Tensor overlapped(Tensor windows, long[] sizes) {
        Tensor x = Primitives.detached(windows);
        int lead = x.shape().rank() - 2 * rank();
        long[] spread = x.shape().toArray();
        long[] steps = Regions.dense(x.shape());
        long[] extents = new long[rank()];
        for (int axis = 0; axis < rank(); axis++) {
            int dim = lead + 2 * axis + 1;
            // Behind every row of a position within the window lie at least reach zeros, so rows may be read askew.
            extents[axis] = Math.max((x.shape().size(dim) - 1) * stride[axis] + 1 + reach(axis), before[axis] + sizes[axis]);
            spread[dim] = extents[axis];
            steps[dim] = stride[axis];
        }
        Tensor zeros = Primitives.full(Shape.of(spread), 0L, x.dtype(), Primitives.runtime(x));
        Tensor y = Primitives.insert("fold", zeros, x, new long[spread.length], steps);
        for (int axis = 0; axis < rank(); axis++) {
            int dim = lead + axis;
            long[] flat = y.shape().without(dim).toArray();
            flat[dim] = kernel[axis] * extents[axis];
            y = Primitives.reshape(y, Shape.of(flat));
            long step = Math.max(1, extents[axis] - dilation[axis]);
            flat[dim] = (kernel[axis] - 1) * step + extents[axis];
            y = Primitives.slice(y, new long[flat.length], flat, Regions.dense(y.shape()));
            y = Primitives.window(y, dim, extents[axis], step, 1);
            // What is added up goes to the end, the positions take its place.
            int[] order = new int[y.shape().rank()];
            Arrays.setAll(order, i -> i);
            order[dim] = order.length - 1;
            order[order.length - 1] = dim;
            y = Primitives.permute(y, order);
        }
        long[] starts = new long[y.shape().rank()];
        long[] part = y.shape().toArray();
        for (int axis = 0; axis < rank(); axis++) {
            starts[lead + axis] = before[axis];
            part[lead + axis] = sizes[axis];
        }
        y = Primitives.slice(y, starts, part, Regions.dense(y.shape()));
        Tensor sum = Primitives.reduce("fold", ReduceOp.SUM, y, within(lead), false);
        return sum.dtype() == x.dtype() ? sum : Primitives.cast(sum, x.dtype());
    }
}
