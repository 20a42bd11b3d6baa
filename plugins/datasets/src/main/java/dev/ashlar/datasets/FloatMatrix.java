// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import dev.ashlar.Tensor;
import dev.ashlar.type.InvalidArgumentException;

/**
 * Rows of float32, as a tensor of shape {@code [rows, columns]} takes them. The array is shared, not copied: it may be large.
 *
 * @param values row after row, of length {@code rows * columns}
 */
public record FloatMatrix(float[] values, int rows, int columns) {
    /**
     * @throws InvalidArgumentException if the array's length is not {@code rows * columns}
     */
    public FloatMatrix {
        if (values.length != (long) rows * columns) {
            throw new InvalidArgumentException("[matrix] expected " + rows + " x " + columns + " values, got " + values.length);
        }
    }

    static FloatMatrix allocate(int rows, int columns) {
        long size = (long) rows * columns;
        if (size > Integer.MAX_VALUE - 8) {
            throw new InvalidArgumentException("[matrix] expected at most " + (Integer.MAX_VALUE - 8) + " values, got " + rows + " rows of "
                    + columns + "; use fewer rows, or leave out columns with many categories");
        }
        return new FloatMatrix(new float[(int) size], rows, columns);
    }

    /** Returns one element. */
    public float get(int row, int column) {
        return values[row * columns + column];
    }

    /** Returns a tensor of float32 and shape {@code [rows, columns]} on the default device. */
    public Tensor toTensor() {
        return Tensor.of(values, rows, columns);
    }

    @Override
    public String toString() {
        return "FloatMatrix[" + rows + ", " + columns + "]";
    }
}
