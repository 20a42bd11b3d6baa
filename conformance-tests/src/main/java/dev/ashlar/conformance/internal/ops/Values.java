// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.ops;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * Numbers in a shape, row-major: what references are written with. Nothing here is fast.
 *
 * @param data the numbers
 * @param shape sizes of the dimensions; none for a single number
 */
public record Values(double[] data, int... shape) {
    public Values {
        if (data.length != count(shape)) {
            throw new IllegalArgumentException("[values] expected " + count(shape) + " numbers for shape " + Arrays.toString(shape)
                    + ", got " + data.length);
        }
    }

    public static Values scalar(double value) {
        return new Values(new double[] {value});
    }

    /** Computes each element from its index; the array is re-used. */
    public static Values fill(int[] shape, ToDoubleFunction<int[]> element) {
        double[] data = new double[count(shape)];
        int[] index = new int[shape.length];
        for (int i = 0; i < data.length; i++) {
            data[i] = element.applyAsDouble(index);
            next(index, shape);
        }
        return new Values(data, shape);
    }

    private static void next(int[] index, int[] shape) {
        for (int d = shape.length - 1; d >= 0; d--) {
            if (++index[d] < shape[d]) {
                return;
            }
            index[d] = 0;
        }
    }

    public static int count(int... shape) {
        int count = 1;
        for (int size : shape) {
            count *= size;
        }
        return count;
    }

    public int rank() {
        return shape.length;
    }

    /** Returns the element at an index. */
    public double at(int... index) {
        int position = 0;
        for (int d = 0; d < shape.length; d++) {
            if (index[d] < 0 || index[d] >= shape[d]) {
                throw new IndexOutOfBoundsException(Arrays.toString(index) + " in " + Arrays.toString(shape));
            }
            position = position * shape[d] + index[d];
        }
        return data[position];
    }

    /** Returns the element at an index of a larger shape that this one is repeated over. */
    private double spread(int[] index) {
        int position = 0;
        for (int d = 0; d < shape.length; d++) {
            position = position * shape[d] + (shape[d] == 1 ? 0 : index[index.length - shape.length + d]);
        }
        return data[position];
    }

    public Values map(DoubleUnaryOperator function) {
        return new Values(Arrays.stream(data).map(function).toArray(), shape);
    }

    /** Returns the shape that shapes are repeated to. */
    public static int[] broadcast(int[] a, int[] b) {
        int[] shape = new int[Math.max(a.length, b.length)];
        for (int d = 0; d < shape.length; d++) {
            int left = d < shape.length - a.length ? 1 : a[d - shape.length + a.length];
            int right = d < shape.length - b.length ? 1 : b[d - shape.length + b.length];
            shape[d] = left == 1 ? right : left;
        }
        return shape;
    }

    public static Values zip(Values a, Values b, DoubleBinaryOperator function) {
        return fill(broadcast(a.shape, b.shape), index -> function.applyAsDouble(a.spread(index), b.spread(index)));
    }

    /** Returns this repeated over a larger shape. */
    public Values expand(int... sizes) {
        return fill(sizes, this::spread);
    }

    /** Folds dimensions: each result is computed from the elements that share its other coordinates, in row-major order. */
    public Values fold(int[] dims, boolean keep, ToDoubleFunction<double[]> function) {
        boolean[] folded = new boolean[shape.length];
        for (int dim : dims) {
            folded[dim] = true;
        }
        int[] kept = shape.clone();
        int[] inner = new int[shape.length];
        for (int d = 0; d < shape.length; d++) {
            kept[d] = folded[d] ? 1 : shape[d];
            inner[d] = folded[d] ? shape[d] : 1;
        }
        int elements = count(inner);
        Values result = fill(kept, at -> {
            double[] line = new double[elements];
            int[] offset = new int[shape.length];
            int[] index = new int[shape.length];
            for (int i = 0; i < elements; i++) {
                Arrays.setAll(index, d -> at[d] + offset[d]);
                line[i] = at(index);
                next(offset, inner);
            }
            return function.applyAsDouble(line);
        });
        return keep ? result : result.without(dims);
    }

    private Values without(int... dims) {
        int[] sizes = java.util.stream.IntStream.range(0, shape.length).filter(d -> Arrays.stream(dims).noneMatch(dim -> dim == d))
                .map(d -> shape[d]).toArray();
        return new Values(data, sizes);
    }

    public Values fold(ToDoubleFunction<double[]> function) {
        return scalar(function.applyAsDouble(data));
    }

    public Values fold(int dim, boolean keep, ToDoubleFunction<double[]> function) {
        return fold(new int[] {dim}, keep, function);
    }

    public Values reshape(int... sizes) {
        return new Values(data, sizes);
    }

    public Values permute(int... order) {
        int[] sizes = Arrays.stream(order).map(d -> shape[d]).toArray();
        int[] from = new int[order.length];
        return fill(sizes, index -> {
            for (int d = 0; d < order.length; d++) {
                from[order[d]] = index[d];
            }
            return at(from);
        });
    }

    /** Returns this with one coordinate replaced by a function of it. */
    public Values select(int dim, int size, java.util.function.IntUnaryOperator from) {
        int[] sizes = shape.clone();
        sizes[dim] = size;
        return fill(sizes, index -> {
            int[] source = index.clone();
            source[dim] = from.applyAsInt(index[dim]);
            return at(source);
        });
    }

    /** Returns the products of matrices over the last two dimensions; leading ones are repeated. */
    public static Values matmul(Values a, Values b) {
        int n = a.shape[a.rank() - 2];
        int inner = a.shape[a.rank() - 1];
        int m = b.shape[b.rank() - 1];
        int[] batch = broadcast(Arrays.copyOf(a.shape, a.rank() - 2), Arrays.copyOf(b.shape, b.rank() - 2));
        int[] sizes = Arrays.copyOf(batch, batch.length + 2);
        sizes[batch.length] = n;
        sizes[batch.length + 1] = m;
        Values left = a.expand(with(batch, n, inner));
        Values right = b.expand(with(batch, inner, m));
        return fill(sizes, index -> {
            int[] l = index.clone();
            int[] r = index.clone();
            double sum = 0;
            for (int k = 0; k < inner; k++) {
                l[batch.length + 1] = k;
                r[batch.length] = k;
                sum += left.at(l) * right.at(r);
            }
            return sum;
        });
    }

    private static int[] with(int[] batch, int rows, int columns) {
        int[] sizes = Arrays.copyOf(batch, batch.length + 2);
        sizes[batch.length] = rows;
        sizes[batch.length + 1] = columns;
        return sizes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Values values && Arrays.equals(data, values.data) && Arrays.equals(shape, values.shape);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(data) + Arrays.hashCode(shape);
    }

    @Override
    public String toString() {
        return "shape " + Arrays.toString(shape) + ": "
                + (data.length <= 12 ? Arrays.toString(data) : Arrays.toString(Arrays.copyOf(data, 12)) + "...");
    }
}
