// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.IndexOutOfRangeException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Arrays;

/**
 * Rows of float64, the type in which numpy makes and measures data. The array is shared, not copied: it may be large.
 *
 * @param values row after row, of length {@code rows * columns}
 */
public record DoubleMatrix(double[] values, int rows, int columns) {
    /**
     * @throws InvalidArgumentException if the array's length is not {@code rows * columns}
     */
    public DoubleMatrix {
        if (rows < 0 || columns < 0 || values.length != (long) rows * columns) {
            throw new InvalidArgumentException("[matrix] expected " + rows + " x " + columns + " values, got " + values.length);
        }
    }

    static DoubleMatrix allocate(int rows, int columns) {
        if ((long) rows * columns > Integer.MAX_VALUE - 8) {
            throw new InvalidArgumentException("[matrix] expected at most " + (Integer.MAX_VALUE - 8) + " values, got " + rows + " rows of "
                    + columns + "; use fewer rows or columns");
        }
        return new DoubleMatrix(new double[rows * columns], rows, columns);
    }

    /**
     * Returns a copy of rows.
     *
     * @throws ShapeMismatchException if they differ in length
     */
    public static DoubleMatrix of(double[][] rows) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        DoubleMatrix matrix = allocate(rows.length, columns);
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != columns) {
                throw new ShapeMismatchException("[matrix] expected rows of " + columns + " values, got " + rows[i].length
                        + " in row " + i);
            }
            System.arraycopy(rows[i], 0, matrix.values, i * columns, columns);
        }
        return matrix;
    }

    /** Returns a matrix of one column, which shares the array. */
    public static DoubleMatrix column(double[] values) {
        return new DoubleMatrix(values, values.length, 1);
    }

    /**
     * Returns a tensor's values; a tensor of one dimension is a column.
     *
     * @throws ShapeMismatchException if it has none, or more than two
     */
    public static DoubleMatrix of(Tensor tensor) {
        if (tensor.dim() < 1 || tensor.dim() > 2) {
            throw new ShapeMismatchException("[matrix] expected a tensor of one or two dimensions, got " + tensor.shape() + "; reshape it");
        }
        double[] values = tensor.detach().to(DType.FLOAT64).toDoubleArray();
        return new DoubleMatrix(values, (int) tensor.size(0), tensor.dim() == 1 ? 1 : (int) tensor.size(1));
    }

    private static int check(String what, int index, int size) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfRangeException("[matrix] expected a " + what + " in [0, " + size + "), got " + index);
        }
        return index;
    }

    /**
     * Returns one element.
     *
     * @throws IndexOutOfRangeException if there is no such row or column
     */
    public double get(int row, int column) {
        return values[check("row", row, rows) * columns + check("column", column, columns)];
    }

    /**
     * Returns a copy of a row.
     *
     * @throws IndexOutOfRangeException if there is no such row
     */
    public double[] row(int row) {
        int start = check("row", row, rows) * columns;
        return Arrays.copyOfRange(values, start, start + columns);
    }

    /**
     * Returns a copy of a column.
     *
     * @throws IndexOutOfRangeException if there is no such column
     */
    public double[] column(int column) {
        check("column", column, columns);
        double[] copy = new double[rows];
        for (int i = 0; i < rows; i++) {
            copy[i] = get(i, column);
        }
        return copy;
    }

    /**
     * Returns a matrix of these rows, in this order; a row may be taken twice.
     *
     * @throws IndexOutOfRangeException if there is no such row
     */
    public DoubleMatrix rows(int... chosen) {
        DoubleMatrix result = allocate(chosen.length, columns);
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(values, check("row", chosen[i], rows) * columns, result.values, i * columns, columns);
        }
        return result;
    }

    /**
     * Returns a matrix of these columns, in this order.
     *
     * @throws IndexOutOfRangeException if there is no such column
     */
    public DoubleMatrix columns(int... chosen) {
        DoubleMatrix result = allocate(rows, chosen.length);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < chosen.length; j++) {
                result.values[i * chosen.length + j] = get(i, chosen[j]);
            }
        }
        return result;
    }

    /** Returns a tensor of float64 and shape {@code [rows, columns]} on the default device; {@code to(DType.FLOAT32)} narrows it. */
    public Tensor toTensor() {
        return Tensor.of(values, rows, columns);
    }

    /** Returns the product of two matrices, with the roundings of numpy. */
    DoubleMatrix dot(DoubleMatrix other) {
        DoubleMatrix product = allocate(rows, other.columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < other.columns; j++) {
                product.values[i * other.columns + j] = Dot.element(this, other, i, j);
            }
        }
        return product;
    }

    @Override
    public String toString() {
        return "DoubleMatrix[" + rows + ", " + columns + "]";
    }
}
