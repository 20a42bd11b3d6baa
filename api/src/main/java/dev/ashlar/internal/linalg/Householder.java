// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.linalg;

import java.util.Arrays;

/**
 * {@code A = Q R} by reflections. Signs are those of LAPACK: a reflection maps a column to minus the sign of its first element, and a
 * column that has nothing below the diagonal is left alone.
 */
public final class Householder {
    private final int rows;
    private final int columns;
    private final int count;
    private final double[] factors;
    private final double[] scales;

    /** @param matrix rows x columns; it is not changed */
    public Householder(double[] matrix, int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        count = Math.min(rows, columns);
        factors = matrix.clone();
        scales = new double[count];
        for (int k = 0; k < count; k++) {
            double norm = normBelow(k);
            if (norm == 0) {
                continue;
            }
            double first = factors[k * columns + k];
            double length = -Math.copySign(Math.hypot(first, norm), first);
            scales[k] = (length - first) / length;
            for (int i = k + 1; i < rows; i++) {
                factors[i * columns + k] /= first - length;
            }
            factors[k * columns + k] = length;
            reflect(k, factors, columns, k + 1);
        }
    }

    /** Returns the norm of what lies below the diagonal in column k, scaled against overflow. */
    private double normBelow(int k) {
        double largest = 0;
        for (int i = k + 1; i < rows; i++) {
            double size = Math.abs(factors[i * columns + k]);
            largest = size > largest || Double.isNaN(size) ? size : largest;
        }
        if (largest == 0) {
            return 0;
        }
        double sum = 0;
        for (int i = k + 1; i < rows; i++) {
            double scaled = factors[i * columns + k] / largest;
            sum += scaled * scaled;
        }
        return largest * Math.sqrt(sum);
    }

    /** Applies reflection k to the columns from {@code from} on of a matrix with as many rows as this. */
    private void reflect(int k, double[] target, int width, int from) {
        for (int j = from; j < width; j++) {
            double dot = target[k * width + j];
            for (int i = k + 1; i < rows; i++) {
                dot += factors[i * columns + k] * target[i * width + j];
            }
            dot *= scales[k];
            target[k * width + j] -= dot;
            for (int i = k + 1; i < rows; i++) {
                target[i * width + j] -= dot * factors[i * columns + k];
            }
        }
    }

    /** Returns the first {@code width} columns of Q, rows x width. */
    public double[] q(int width) {
        double[] q = new double[rows * width];
        for (int i = 0; i < Math.min(rows, width); i++) {
            q[i * width + i] = 1;
        }
        for (int k = count - 1; k >= 0; k--) {
            if (scales[k] != 0) {
                reflect(k, q, width, 0);
            }
        }
        return q;
    }

    /** Returns Q times a vector, which is filled up with zeros. */
    double[] timesQ(double[] vector) {
        double[] result = Arrays.copyOf(vector, rows);
        for (int k = count - 1; k >= 0; k--) {
            if (scales[k] != 0) {
                reflect(k, result, 1, 0);
            }
        }
        return result;
    }

    /** Returns the first {@code height} rows of R, height x columns. */
    public double[] r(int height) {
        double[] r = new double[height * columns];
        for (int i = 0; i < Math.min(height, rows); i++) {
            for (int j = i; j < columns; j++) {
                r[i * columns + j] = factors[i * columns + j];
            }
        }
        return r;
    }
}
