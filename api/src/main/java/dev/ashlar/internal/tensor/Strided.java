// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Tensor;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Arrays;

/** Parts of a tensor that are no slices: elements at given distances in row-major order, and diagonals. */
public final class Strided {
    private Strided() {}

    /** Returns the row-major positions of elements, after checking that they exist. */
    private static Tensor positions(String name, Tensor x, long[] sizes, long[] strides, long offset) {
        if (sizes.length != strides.length) {
            throw new InvalidArgumentException("[" + name + "] expected one stride for each size, got " + Arrays.toString(sizes) + " and "
                    + Arrays.toString(strides) + "; give as many");
        }
        Shape shape = Shape.of(sizes);
        long last = offset;
        boolean fits = offset >= 0;
        for (int i = 0; i < sizes.length; i++) {
            fits &= strides[i] >= 0;
            last += Math.max(0, sizes[i] - 1) * strides[i];
        }
        if (!fits || shape.elements() > 0 && last >= x.numel()) {
            throw new InvalidArgumentException("[" + name + "] expected places among the " + x.numel() + " elements of shape " + x.shape()
                    + ", got size " + shape + ", stride " + Arrays.toString(strides) + ", offset " + offset
                    + "; none may be negative or lie behind the last element");
        }
        Tensor position = Primitives.full(shape, offset, DType.INT64, Primitives.runtime(x));
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] > 1 && strides[i] != 0) {
                long[] line = new long[sizes.length];
                Arrays.fill(line, 1);
                line[i] = sizes[i];
                Tensor along = Primitives.iota(Shape.of(line), Primitives.runtime(x));
                Tensor stride = Primitives.scalarOf(x, strides[i], DType.INT64);
                position = Primitives.binary(name, ScalarOp.ADD, position, Primitives.binary(name, ScalarOp.MUL, along, stride));
            }
        }
        return position;
    }

    /** Returns the elements at given distances in row-major order. */
    public static Tensor read(Tensor x, long[] sizes, long[] strides, long offset) {
        Tensor positions = positions("asStrided", x, sizes, strides, offset);
        return Indexed.read("asStrided", x.flatten(), 0, positions.flatten()).reshape(sizes);
    }

    /** Returns {@code x} with the elements at given distances replaced. */
    public static Tensor write(Tensor x, Tensor values, long[] sizes, long[] strides, long offset) {
        Tensor positions = positions("asStridedScatter", x, sizes, strides, offset);
        Tensor given = fitting("asStridedScatter", x, values, Shape.of(sizes));
        return Indexed.write("asStridedScatter", x.flatten(), 0, positions.flatten(), given.flatten()).reshape(x.shape().toArray());
    }

    /** Returns values of a given shape in the type of {@code x}. */
    public static Tensor fitting(String name, Tensor x, Tensor values, Shape shape) {
        if (!values.shape().equals(shape)) {
            throw new ShapeMismatchException("[" + name + "] expected values of shape " + shape + " for that part of shape " + x.shape()
                    + ", got " + values.shape() + "; expand or reshape them");
        }
        Primitives.checkSameDevice(name, x, values);
        return values.to(x.dtype());
    }

    /** Returns {@code x} with a diagonal of the planes of two dimensions replaced. */
    public static Tensor writeDiagonal(Tensor x, Tensor values, long offset, int dim1, int dim2) {
        int[] plane = Dims.distinct("diagonalScatter", x.shape(), new int[] {dim1, dim2});
        if (x.dim() < 2) {
            throw new ShapeMismatchException("[diagonalScatter] expected at least 2 dimensions, got shape " + x.shape()
                    + "; only planes have diagonals");
        }
        int[] end = {-2, -1};
        Tensor planes = x.movedim(plane, end);
        int rank = planes.dim();
        long rows = planes.size(-2);
        long columns = planes.size(-1);
        long length = Math.max(0, offset >= 0 ? Math.min(rows, columns - offset) : Math.min(rows + offset, columns));
        long[] flat = Arrays.copyOf(planes.shape().toArray(), rank - 1);
        flat[rank - 2] = length;
        Tensor given = fitting("diagonalScatter", x, values, Shape.of(flat));
        if (length == 0) {
            return x;
        }
        flat[rank - 2] = rows * columns;
        // In row-major order the elements of a diagonal are one row and one element apart.
        long[] starts = new long[rank - 1];
        long[] steps = Regions.dense(Shape.of(flat));
        starts[rank - 2] = offset >= 0 ? offset : -offset * columns;
        steps[rank - 2] = columns + 1;
        Tensor changed = Regions.insert(planes.reshape(flat), given, starts, steps);
        return changed.reshape(planes.shape().toArray()).movedim(end, plane);
    }
}
