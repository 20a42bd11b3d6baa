// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Tensor;
import dev.ashlar.ValuesAndIndices;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Arrays;
import java.util.List;

/**
 * Pooling to a given number of windows: window i of n goes from floor(i * size / n) to ceil((i + 1) * size / n). Where n divides the
 * size, windows lie side by side and are read in place; else they are gathered.
 */
public final class AdaptivePooling {
    private AdaptivePooling() {}

    private static long[] counts(String name, int rank, Tensor x, int[] outputSize) {
        if (outputSize.length != 1 && outputSize.length != rank || Arrays.stream(outputSize).anyMatch(count -> count < -1)) {
            throw new InvalidArgumentException("[" + name + "] expected an output size of " + (rank == 1 ? "one number" : rank + " numbers")
                    + " >= 0, got " + Arrays.toString(outputSize) + "; give one number for all dimensions, or -1 for the input's size");
        }
        long[] counts = new long[rank];
        for (int axis = 0; axis < rank; axis++) {
            int count = outputSize[outputSize.length == 1 ? 0 : axis];
            counts[axis] = count == -1 ? x.shape().size(2 + axis) : count;
            if (x.shape().size(2 + axis) == 0) {
                throw new ShapeMismatchException("[" + name + "] expected an input with elements along each pooled dimension, got shape "
                        + x.shape() + "; only the batch may be empty");
            }
        }
        return counts;
    }

    private static Places places(Tensor x, long[] counts) {
        int rank = counts.length;
        long[] sizes = Arrays.copyOfRange(x.shape().toArray(), 2, 2 + rank);
        long[] kernel = new long[rank];
        long[] ones = new long[rank];
        for (int axis = 0; axis < rank; axis++) {
            if (counts[axis] == 0 || sizes[axis] % counts[axis] != 0) {
                return new Places.Adaptive(sizes, counts);
            }
            kernel[axis] = sizes[axis] / counts[axis];
            ones[axis] = 1;
        }
        return new Places.Regular(new Grid(kernel, kernel, new long[rank], new long[rank], ones));
    }

    /** See {@link dev.ashlar.PoolingOps#adaptiveMaxPool2d(int...)}. */
    public static Tensor max(int rank, Tensor input, int[] outputSize) {
        String name = "adaptiveMaxPool" + rank + "d";
        Tensor x = Pooling.batched(name, rank, input);
        Tensor y = Pooling.max(name, x, places(x, counts(name, rank, x, outputSize)));
        return x == input ? y : y.squeeze(0);
    }

    /** See {@link dev.ashlar.PoolingOps#adaptiveMaxPool2dWithIndices(int...)}. */
    public static ValuesAndIndices maxWithIndices(int rank, Tensor input, int[] outputSize) {
        String name = "adaptiveMaxPool" + rank + "dWithIndices";
        Tensor x = Pooling.batched(name, rank, input);
        return Pooling.maxWithIndices(name, x, places(x, counts(name, rank, x, outputSize)), x != input);
    }

    /** See {@link dev.ashlar.PoolingOps#adaptiveAvgPool2d(int...)}. */
    public static Tensor mean(int rank, Tensor input, int[] outputSize) {
        String name = "adaptiveAvgPool" + rank + "d";
        if (!input.dtype().isFloatingPoint()) {
            throw new DTypeMismatchException("[" + name + "] expected a floating-point input, got " + input.dtype()
                    + "; cast it, for example with to(DType.FLOAT32)");
        }
        Tensor x = Pooling.batched(name, rank, input);
        long[] counts = counts(name, rank, x, outputSize);
        Tensor y = Widened.apply(x, wide -> {
            Tensor means = wide;
            for (int axis = 0; axis < rank; axis++) {
                means = mean(name, means, 2 + axis, counts[axis]);
            }
            return means;
        });
        return x == input ? y : y.squeeze(0);
    }

    /** See {@link dev.ashlar.PoolingOps#adaptiveAvgPool2dBackward}. */
    public static Tensor meanBackward(Tensor gradient, Tensor input) {
        int rank = gradient.shape().rank();
        if (rank != input.shape().rank() || rank != 3 && rank != 4) {
            throw new ShapeMismatchException("[adaptiveAvgPool2dBackward] expected a gradient and an input of 3 or 4 dimensions, got "
                    + gradient.shape() + " and " + input.shape() + "; add missing dimensions with unsqueeze");
        }
        int[] sizes = {Math.toIntExact(gradient.size(-2)), Math.toIntExact(gradient.size(-1))};
        try (var _ = Autograd.enableGrad()) {
            Tensor x = Primitives.full(input.shape(), 0.0, gradient.dtype(), Primitives.runtime(gradient)).requiresGrad(true);
            // The mean is linear: its gradient is the same everywhere, and linear in the gradient of the windows.
            return Autograd.grad(List.of(mean(2, x, sizes)), List.of(x), List.of(gradient), false, gradient.requiresGrad()).getFirst();
        }
    }

    /** Takes means of windows along one dimension; those along several are means of means. */
    static Tensor mean(String name, Tensor x, int dim, long count) {
        Shape shape = x.shape();
        long size = shape.size(dim);
        if (count == size) {
            return x;
        }
        long[] split = new long[shape.rank() + 1];
        for (int i = 0; i < split.length; i++) {
            split[i] = i <= dim ? shape.size(i) : shape.size(i - 1);
        }
        split[dim] = count;
        if (count == 0) {
            return x.slice(dim, 0, 0);
        }
        if (size % count == 0) {
            split[dim + 1] = size / count;
            return x.reshape(split).sum(dim + 1).div(Primitives.scalarLike(x, size / count, x.dtype()));
        }
        long longest = Places.Adaptive.longest(size, count);
        split[dim + 1] = longest;
        Tensor places = Primitives.reshape(Places.Adaptive.places(size, count, x), Shape.of(count * longest));
        Tensor windows = Indexed.read(name, x, dim, Indexed.spread(shape, dim, places)).reshape(split);
        long[] along = new long[shape.rank() - dim + 1];
        Arrays.fill(along, 1);
        along[0] = count;
        along[1] = longest;
        Tensor inside = Places.Adaptive.inside(size, count, x).reshape(along);
        Tensor sum = inside.where(windows, Primitives.scalarLike(x, 0, x.dtype())).sum(dim + 1);
        long[] perWindow = Arrays.copyOf(along, along.length - 1);
        perWindow[0] = count;
        Arrays.fill(perWindow, 1, perWindow.length, 1);
        return sum.div(Places.Adaptive.lengths(size, count, x).to(x.dtype()).reshape(perWindow));
    }
}
