// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Tensor;
import dev.ashlar.ValuesAndIndices;
import dev.ashlar.type.DType;
import dev.ashlar.type.Shape;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Sorting on the host: the keys are downloaded, positions sorted and uploaded. Values are then read on the device at these positions, so
 * gradients are those of an indexed read. All sorts are stable; NaN counts as larger than everything, and 0.0 equals -0.0.
 */
public final class Sorting {
    /** The key of NaN. */
    static final long NAN = key(Double.NaN);

    private Sorting() {}

    /** Compares two positions. */
    @FunctionalInterface
    interface Comparison {
        int compare(int a, int b);
    }

    /** Chooses one position of a line. */
    @FunctionalInterface
    interface Choice {
        /**
         * @param keys of the line, to be compared as numbers
         * @param order positions by ascending keys
         */
        int choose(long[] keys, int[] order);
    }

    /** Returns a number that compares as a double does, with NaN last. */
    private static long key(double value) {
        long bits = Double.doubleToLongBits(value == 0 ? 0.0 : value);
        return bits >= 0 ? bits : bits ^ Long.MAX_VALUE;
    }

    /** Downloads a tensor as numbers that compare as its elements do. */
    static long[] keys(Tensor x) {
        Tensor values = Primitives.detached(x);
        return x.dtype().isFloatingPoint() ? Arrays.stream(values.toDoubleArray()).mapToLong(Sorting::key).toArray() : values.toLongArray();
    }

    /** Uploads numbers to the device of another tensor. */
    static Tensor upload(long[] numbers, Shape shape, Tensor like) {
        return Transfer.upload(MemorySegment.ofArray(numbers), DType.INT64, shape, like.device());
    }

    /** Returns the positions 0 to n - 1 in ascending order, equal ones in their own. */
    static int[] order(int n, Comparison comparison) {
        int[] order = new int[n];
        Arrays.setAll(order, i -> i);
        int[] target = new int[n];
        for (int width = 1; width < n; width *= 2) {
            for (int start = 0; start < n; start += 2 * width) {
                merge(order, target, start, Math.min(n, start + width), Math.min(n, start + 2 * width), comparison);
            }
            int[] sorted = target;
            target = order;
            order = sorted;
        }
        return order;
    }

    private static void merge(int[] source, int[] target, int start, int middle, int end, Comparison comparison) {
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            boolean takeLeft = left < middle && (right >= end || comparison.compare(source[left], source[right]) <= 0);
            target[i] = takeLeft ? source[left++] : source[right++];
        }
    }

    /** Returns the int64 positions along a dimension that put the elements in order. */
    public static Tensor positions(Tensor x, int dim, boolean descending) {
        Shape shape = x.shape();
        if (shape.elements() <= 1) {
            return Primitives.full(shape, 0L, DType.INT64, Primitives.runtime(x));
        }
        Tensor lines = Dims.last(Primitives.detached(x), dim);
        long[] keys = keys(lines);
        int n = Math.toIntExact(shape.size(dim));
        long[] positions = new long[keys.length];
        for (int start = 0; start < keys.length; start += n) {
            int line = start;
            int[] order = descending
                    ? order(n, (a, b) -> Long.compare(keys[line + b], keys[line + a]))
                    : order(n, (a, b) -> Long.compare(keys[line + a], keys[line + b]));
            for (int i = 0; i < n; i++) {
                positions[start + i] = order[i];
            }
        }
        return Dims.last(upload(positions, lines.shape(), x), dim);
    }

    /** Returns the elements in order along a dimension, and where they were. */
    public static ValuesAndIndices sort(String name, Tensor x, int dim, boolean descending) {
        Tensor positions = positions(x, dim, descending);
        return new ValuesAndIndices(x.shape().rank() == 0 ? x : Indexed.read(name, x, dim, positions), positions);
    }

    /** Returns the first {@code k} elements in order along a dimension, and where they were. */
    public static ValuesAndIndices first(String name, Tensor x, long k, int dim, boolean descending) {
        Tensor positions = positions(x, dim, descending).narrow(dim, 0, k);
        return new ValuesAndIndices(Indexed.read(name, x, dim, positions), positions);
    }

    /** Returns one element of each line along a dimension, and where it was; the gradient flows there. */
    static ValuesAndIndices choose(String name, Tensor x, int dim, boolean keepDim, Choice choice) {
        int[] folded = Dims.of(name, x.shape(), new int[] {dim});
        if (folded.length == 0) {
            return new ValuesAndIndices(x, Primitives.full(x.shape(), 0L, DType.INT64, Primitives.runtime(x)));
        }
        Dims.requireSome(name, x.shape(), folded);
        int at = folded[0];
        Tensor lines = Dims.last(Primitives.detached(x), at);
        long[] keys = keys(lines);
        int n = Math.toIntExact(x.shape().size(at));
        long[] positions = new long[n == 0 ? 0 : keys.length / n];
        for (int i = 0; i < positions.length; i++) {
            long[] line = Arrays.copyOfRange(keys, i * n, (i + 1) * n);
            positions[i] = choice.choose(line, order(n, (a, b) -> Long.compare(line[a], line[b])));
        }
        int last = lines.shape().rank() - 1;
        Tensor index = Dims.last(upload(positions, lines.shape().with(last, 1), x), at);
        return Folds.at(name, x, at, index, keepDim);
    }
}
