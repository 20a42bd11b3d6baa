// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.Tensor;
import dev.ashlar.ValuesAndIndices;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The largest elements of windows over one to three dimensions, where they lie, and the way back to there. */
public final class Pooling {
    private Pooling() {}

    /** Returns [batch, channels, sizes]; an input without batch gets one. */
    static Tensor batched(String name, int rank, Tensor x) {
        int dims = x.shape().rank();
        if (dims != rank + 1 && dims != rank + 2) {
            throw new ShapeMismatchException("[" + name + "] expected an input of shape [batch, channels, sizes] with " + (rank + 2)
                    + " dimensions or one without batch, got " + x.shape() + "; add missing dimensions with unsqueeze");
        }
        return dims == rank + 1 ? x.unsqueeze(0) : x;
    }

    private static Grid grid(
            String name, int rank, Tensor x, int[] kernel, int @Nullable [] stride, int[] padding, int[] dilation, boolean ceilMode) {
        Grid grid = Grid.pooling(name, rank, kernel, stride, padding, dilation);
        if (ceilMode) {
            grid = grid.ceiling(x.shape());
        }
        grid.checkFits(name, x.shape());
        return grid;
    }

    // ---- largest ----------------------------------------------------------------------------------------------------------------

    /** See {@link dev.ashlar.PoolingOps#maxPool2d(int[], int[], int[], int[], boolean)}. */
    public static Tensor max(
            int rank, Tensor input, int[] kernel, int @Nullable [] stride, int[] padding, int[] dilation, boolean ceilMode) {
        String name = "maxPool" + rank + "d";
        Tensor x = batched(name, rank, input);
        Places places = new Places.Regular(grid(name, rank, x, kernel, stride, padding, dilation, ceilMode));
        Tensor y = max(name, x, places);
        return x == input ? y : y.squeeze(0);
    }

    /** See {@link dev.ashlar.PoolingOps#maxPool2dWithIndices(int[], int[], int[], int[], boolean)}. */
    public static ValuesAndIndices maxWithIndices(
            int rank, Tensor input, int[] kernel, int @Nullable [] stride, int[] padding, int[] dilation, boolean ceilMode) {
        String name = "maxPool" + rank + "dWithIndices";
        Tensor x = batched(name, rank, input);
        Places places = new Places.Regular(grid(name, rank, x, kernel, stride, padding, dilation, ceilMode));
        return maxWithIndices(name, x, places, x != input);
    }

    static Tensor max(String name, Tensor x, Places places) {
        Tensor y = places.largest(name, x);
        Shape in = x.shape();
        return Tape.record(name, y, of(x), of(x), (g, s) -> back(name, g, in, places.firstLargest(name, Primitives.detached(s[0]))));
    }

    static ValuesAndIndices maxWithIndices(String name, Tensor x, Places places, boolean single) {
        Tensor index = places.firstLargest(name, Primitives.detached(x));
        Shape in = x.shape();
        Tensor y = Tape.record(name, places.largest(name, x), of(x), of(index), (g, s) -> back(name, g, in, s[0]));
        return single ? new ValuesAndIndices(y.squeeze(0), index.squeeze(0)) : new ValuesAndIndices(y, index);
    }

    /** Adds the gradient of [batch, channels, windows] to where the largest elements came from. */
    static Tensor back(String name, Tensor g, Shape in, Tensor index) {
        long[] lines = {in.size(0), in.size(1), 0};
        lines[2] = in.elements() == 0 ? 0 : in.elements() / (in.size(0) * in.size(1));
        Shape planes = Shape.of(lines);
        lines[2] = places(g.shape());
        Tensor zeros = Primitives.full(planes, 0.0, g.dtype(), Primitives.runtime(g));
        return Indexed.add(name, zeros, 2, index.reshape(lines), g.reshape(lines)).reshape(in.toArray());
    }

    /** Returns the number of elements of one channel. */
    private static long places(Shape shape) {
        return Arrays.stream(shape.toArray()).skip(2).reduce(1, (a, b) -> a * b);
    }

    /** See {@link dev.ashlar.PoolingOps#maxPool2dWithIndicesBackward}. */
    public static Tensor maxBackward(
            Tensor gradient,
            Tensor input,
            int[] kernel,
            int @Nullable [] stride,
            int[] padding,
            int[] dilation,
            boolean ceilMode,
            Tensor indices) {
        String name = "maxPool2dWithIndicesBackward";
        Tensor x = batched(name, 2, input);
        Grid grid = grid(name, 2, x, kernel, stride, padding, dilation, ceilMode);
        Shape out = Shape.of(x.shape().size(0), x.shape().size(1), grid.windows(0, x.shape().size(2)), grid.windows(1, x.shape().size(3)));
        Tensor g = batched(name, 2, gradient);
        Tensor index = batched(name, 2, Primitives.onDeviceOf(name, gradient, indices));
        if (!g.shape().equals(out) || !index.shape().equals(out)) {
            throw new ShapeMismatchException("[" + name + "] expected a gradient and indices of shape " + out + ", one number per window,"
                    + " got " + gradient.shape() + " and " + indices.shape() + "; use the windows of the forward call");
        }
        Tensor result = back(name, g, x.shape(), index);
        return x == input ? result : result.squeeze(0);
    }

    // ---- the reverse ------------------------------------------------------------------------------------------------------------

    /** See {@link dev.ashlar.PoolingOps#maxUnpool2d(Tensor, int[], int[], int[], long[])}. */
    public static Tensor unpool(
            int rank, Tensor input, Tensor indices, int[] kernel, int @Nullable [] stride, int[] padding, long @Nullable [] outputSize) {
        String name = "maxUnpool" + rank + "d";
        Tensor x = batched(name, rank, input);
        if (!input.shape().equals(indices.shape())) {
            throw new ShapeMismatchException("[" + name + "] expected indices of the input's shape " + input.shape() + ", got "
                    + indices.shape() + "; take both from one pooling");
        }
        if (indices.dtype() != DType.INT64) {
            throw new DTypeMismatchException("[" + name + "] expected indices of int64, got " + indices.dtype()
                    + "; take them from a pooling with indices");
        }
        Tensor index = batched(name, rank, Primitives.onDeviceOf(name, input, indices));
        Grid grid = Grid.pooling(name, rank, kernel, stride, padding, new int[] {1});
        long[] sizes = Arrays.copyOf(x.shape().toArray(), rank + 2);
        for (int axis = 0; axis < rank; axis++) {
            long step = grid.stride()[axis];
            long usual = (sizes[2 + axis] - 1) * step + grid.kernel()[axis] - 2 * grid.before()[axis];
            long size = usual;
            if (outputSize != null) {
                int at = outputSize.length - rank + axis;
                size = at < 0 || outputSize.length > rank + 2 ? -1 : outputSize[at];
                if (size <= usual - step || size >= usual + step || size < 1) {
                    throw new InvalidArgumentException("[" + name + "] expected an output size of " + rank + " numbers, less than one"
                            + " stride from " + usual + " along dimension " + (input.shape().rank() - rank + axis) + ", got "
                            + Arrays.toString(outputSize) + "; give the size that was pooled");
                }
            }
            sizes[2 + axis] = size;
        }
        Shape out = Shape.of(sizes);
        Shape lines = Shape.of(sizes[0], sizes[1], places(x.shape()));
        Tensor zeros = Primitives.full(Shape.of(sizes[0], sizes[1], places(out)), 0L, x.dtype(), Primitives.runtime(x));
        Tensor y = Indexed.write(name, zeros, 2, index.reshape(lines.toArray()), x.reshape(lines.toArray())).reshape(sizes);
        return x == input ? y : y.squeeze(0);
    }
}
