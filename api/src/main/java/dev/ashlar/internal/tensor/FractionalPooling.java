// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.Ashlar;
import dev.ashlar.Tensor;
import dev.ashlar.ValuesAndIndices;
import dev.ashlar.spi.ReduceOp;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The largest elements of windows that lie at random, at a given number of places along each of the last dimensions. */
public final class FractionalPooling {
    private FractionalPooling() {}

    /** See {@link dev.ashlar.FractionalPoolingOps#fractionalMaxPool2dWithIndices}. */
    public static ValuesAndIndices max(
            int rank,
            Tensor input,
            int[] kernel,
            int @Nullable [] outputSize,
            double @Nullable [] outputRatio,
            @Nullable Tensor randomSamples) {
        String name = "fractionalMaxPool" + rank + "d";
        if (!input.dtype().isFloatingPoint()) {
            throw new DTypeMismatchException("[" + name + "] expected a floating-point input, got " + input.dtype()
                    + "; cast it, for example with to(DType.FLOAT32)");
        }
        Tensor x = Pooling.batched(name, rank, input);
        long[] windows = Grid.numbers(name, "kernel", kernel, rank, 1);
        long[] counts = counts(name, rank, x.shape(), outputSize, outputRatio);
        for (int axis = 0; axis < rank; axis++) {
            if (counts[axis] < 1 || counts[axis] + windows[axis] - 1 > x.shape().size(2 + axis)) {
                throw new ShapeMismatchException("[" + name + "] expected windows that fit the input at different places, got "
                        + counts[axis] + " windows of " + windows[axis] + " along dimension " + (input.dim() - rank + axis) + " of shape "
                        + input.shape() + "; use a smaller kernel or output");
            }
        }
        Tensor index = places(name, x, windows, counts, samples(name, rank, x, randomSamples));
        return pick(name, x, index, counts, x != input);
    }

    private static long[] counts(
            String name, int rank, Shape shape, int @Nullable [] outputSize, double @Nullable [] outputRatio) {
        if (outputSize != null && outputRatio == null) {
            return Grid.numbers(name, "output size", outputSize, rank, 1);
        }
        boolean fits = outputSize == null && outputRatio != null && (outputRatio.length == 1 || outputRatio.length == rank)
                && Arrays.stream(outputRatio).allMatch(ratio -> ratio > 0 && ratio < 1);
        if (!fits || outputRatio == null) {
            throw new InvalidArgumentException("[" + name + "] expected either an output size or ratios between 0 and 1, got "
                    + Arrays.toString(outputSize) + " and " + Arrays.toString(outputRatio) + "; null is for what is not given");
        }
        long[] counts = new long[rank];
        Arrays.setAll(counts, axis -> (long) (shape.size(2 + axis) * outputRatio[outputRatio.length == 1 ? 0 : axis]));
        return counts;
    }

    private static Tensor samples(String name, int rank, Tensor x, @Nullable Tensor given) {
        Shape shape = Shape.of(x.shape().size(0), x.shape().size(1), rank);
        if (given == null) {
            return Drawing.rand(shape, x.dtype(), Ashlar.generator(), Primitives.runtime(x));
        }
        if (!given.shape().equals(shape) || given.dtype() != x.dtype()) {
            throw new ShapeMismatchException("[" + name + "] expected random samples of shape " + shape + " and " + x.dtype() + ", got "
                    + given.shape() + " and " + given.dtype() + "; pass null to have them drawn");
        }
        return Primitives.detached(Primitives.onDeviceOf(name, x, given));
    }

    /** Returns the places [batch, channels, counts, windows] within a channel that windows read. */
    private static Tensor places(String name, Tensor x, long[] windows, long[] counts, Tensor samples) {
        int rank = windows.length;
        Tensor index = null;
        for (int axis = 0; axis < rank; axis++) {
            // The samples of images name the last dimension first, those of volumes the first.
            Tensor u = samples.narrow(2, rank == 2 ? 1 - axis : axis, 1);
            long[] along = new long[2 + 2 * rank];
            Arrays.fill(along, 1);
            along[0] = x.shape().size(0);
            along[1] = x.shape().size(1);
            along[2 + axis] = counts[axis];
            Tensor first = starts(u, x.shape().size(2 + axis) - windows[axis], counts[axis]).reshape(along);
            long[] within = new long[rank];
            Arrays.fill(within, 1);
            within[axis] = windows[axis];
            Tensor place = first.add(Primitives.iota(Shape.of(windows[axis]), Primitives.runtime(x)).reshape(within));
            index = index == null ? place : index.mul(Primitives.scalarOf(place, x.shape().size(2 + axis), DType.INT64)).add(place);
        }
        return java.util.Objects.requireNonNull(index);
    }

    /** Returns where windows start, [batch, channels, count], from random numbers [batch, channels, 1]; the last one ends at the end. */
    private static Tensor starts(Tensor u, long last, long count) {
        Tensor end = Primitives.scalarOf(u, last, DType.INT64);
        if (count == 1) {
            return u.to(DType.INT64).mul(0).add(end);
        }
        Tensor number = Primitives.iota(Shape.of(count), Primitives.runtime(u));
        // Step by step in the input's type, as PyTorch rounds.
        Tensor step = Primitives.scalarLike(u, last, u.dtype()).div(Primitives.scalarLike(u, count - 1, u.dtype()));
        Tensor start = number.to(u.dtype()).add(u).mul(step).to(DType.INT64).sub(u.mul(step).to(DType.INT64));
        return number.lt(Primitives.scalarOf(u, count - 1, DType.INT64)).where(start, end);
    }

    private static ValuesAndIndices pick(String name, Tensor x, Tensor index, long[] counts, boolean single) {
        Shape in = x.shape();
        long count = Arrays.stream(counts).reduce(1, (a, b) -> a * b);
        long plane = in.elements() == 0 ? 0 : in.elements() / (in.size(0) * in.size(1));
        long[] out = Arrays.copyOf(in.toArray(), 2 + counts.length);
        System.arraycopy(counts, 0, out, 2, counts.length);
        if (in.elements() == 0) {
            Tensor nothing = x.mul(0.0).reshape(0);
            return new ValuesAndIndices(nothing.reshape(out), nothing.to(DType.INT64).reshape(out));
        }
        long within = index.numel() / (in.size(0) * in.size(1) * count);
        Tensor flat = Primitives.detached(x).reshape(in.size(0), in.size(1), plane);
        Tensor lines = index.reshape(in.size(0), in.size(1), count * within);
        Tensor read = Primitives.gather(name, flat, 2, lines).reshape(in.size(0), in.size(1), count, within);
        Tensor best = Primitives.reduce(name, ReduceOp.ARGMAX, read, new int[] {3}, true);
        Tensor where = lines.reshape(in.size(0), in.size(1), count, within).gather(3, best).reshape(out);
        Tensor largest = Primitives.reduce(name, ReduceOp.MAX, read, new int[] {3}, false).reshape(out);
        Tensor y = Tape.record(name, largest, of(x), of(where), (g, s) -> Pooling.back(name, g, in, s[0]));
        return single ? new ValuesAndIndices(y.squeeze(0), where.squeeze(0)) : new ValuesAndIndices(y, where);
    }
}
