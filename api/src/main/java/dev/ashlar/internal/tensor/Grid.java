// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Arrays;

/**
 * How windows lie on the last two dimensions of a tensor. Nothing here has a history: the operations built on it bring their own
 * gradient rules. Arrays have two elements, rows first.
 *
 * @param dilation distance of neighbours within a window
 */
record Grid(long[] kernel, long[] stride, long[] padding, long[] dilation) {
    /** Checks what users gave. */
    static Grid of(String operation, long[] kernel, int[] stride, int[] padding, int[] dilation) {
        check(operation, "kernel", kernel, 1);
        return new Grid(
                kernel,
                check(operation, "stride", longs(stride), 1),
                check(operation, "padding", longs(padding), 0),
                check(operation, "dilation", longs(dilation), 1));
    }

    static long[] longs(int[] values) {
        return Arrays.stream(values).asLongStream().toArray();
    }

    private static long[] check(String operation, String what, long[] values, long least) {
        if (values.length != 2 || values[0] < least || values[1] < least) {
            throw new InvalidArgumentException("[" + operation + "] expected a " + what + " of two numbers >= " + least
                    + ", for rows and columns, got " + Arrays.toString(values));
        }
        return values;
    }

    /** Returns how far the last element of a window lies behind its first. */
    private long reach(int axis) {
        return dilation[axis] * (kernel[axis] - 1);
    }

    /** Throws unless windows fit and no window lies more than half outside. */
    void checkFits(String operation, Shape input) {
        for (int axis = 0; axis < 2; axis++) {
            long size = input.size(axis - 2);
            if (size + 2 * padding[axis] <= reach(axis)) {
                throw new ShapeMismatchException("[" + operation + "] expected windows that fit the input, got windows of "
                        + (reach(axis) + 1) + (axis == 0 ? " rows" : " columns") + " on shape " + input + " with padding " + padding[axis]
                        + "; use a smaller kernel or more padding");
            }
        }
    }

    /** Throws if a window could consist of padding only. */
    void checkHalf(String operation) {
        for (int axis = 0; axis < 2; axis++) {
            if (2 * padding[axis] > reach(axis) + 1) {
                throw new InvalidArgumentException("[" + operation + "] expected a padding of at most half the window, "
                        + (reach(axis) + 1) / 2 + ", got " + padding[axis]);
            }
        }
    }

    long count() {
        return kernel[0] * kernel[1];
    }

    /** Returns the same windows at every position, without padding. */
    private Grid dense() {
        return new Grid(kernel, new long[] {1, 1}, new long[2], dilation);
    }

    /** Returns {@code [..., H, W]} with a border of zeros or, if {@code lowest}, of what is smaller than everything else. */
    private Tensor padded(Tensor x, boolean lowest) {
        if (padding[0] == 0 && padding[1] == 0) {
            return x;
        }
        long[] sizes = x.shape().toArray();
        long[] starts = new long[sizes.length];
        for (int axis = 0; axis < 2; axis++) {
            sizes[sizes.length - 2 + axis] += 2 * padding[axis];
            starts[sizes.length - 2 + axis] = padding[axis];
        }
        DType type = x.dtype();
        long smallest = type.bytes() == 1 ? 0 : Long.MIN_VALUE >> (64 - 8 * type.bytes());
        Tensor border = type.isFloatingPoint()
                ? Primitives.full(Shape.of(sizes), lowest ? Double.NEGATIVE_INFINITY : 0.0, type, Primitives.runtime(x))
                : Primitives.full(Shape.of(sizes), lowest ? smallest : 0L, type, Primitives.runtime(x));
        return Primitives.insert("pad", border, x, starts, Regions.dense(x.shape()));
    }

    /** Returns {@code [..., H, W]} as windows {@code [..., rows, columns, kernel rows, kernel columns]}. */
    Tensor windows(Tensor x, boolean lowest) {
        int row = x.shape().rank() - 2;
        Tensor rows = Primitives.window(padded(Primitives.detached(x), lowest), row, kernel[0], stride[0], dilation[0]);
        return Primitives.window(rows, row + 1, kernel[1], stride[1], dilation[1]);
    }

    /**
     * Returns for a gradient of windows {@code [..., rows, columns]} those windows on it, in the shape of the input followed by the
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
        for (int axis = 0; axis < 2; axis++) {
            int dim = rank - 2 + axis;
            long offset = reach(axis) - padding[axis];
            long first = offset < 0 ? Math.ceilDiv(-offset, stride[axis]) : 0;
            sizes[dim] = input.size(axis - 2) + reach(axis);
            from[dim] = first;
            starts[dim] = offset + first * stride[axis];
            steps[dim] = stride[axis];
            part[dim] = Math.clamp(Math.ceilDiv(sizes[dim] - starts[dim], stride[axis]), 0L, part[dim] - first);
        }
        if (!Shape.of(part).equals(g.shape())) {
            g = Primitives.slice(g, from, part, Regions.dense(g.shape()));
        }
        if (!Arrays.equals(part, sizes)) {
            Tensor zeros = Primitives.full(Shape.of(sizes), 0.0, g.dtype(), Primitives.runtime(g));
            g = Primitives.insert("pad", zeros, g, starts, steps);
        }
        return dense().windows(g, false);
    }
}
