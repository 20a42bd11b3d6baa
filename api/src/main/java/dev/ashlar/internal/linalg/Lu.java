// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.linalg;

/**
 * Gaussian elimination with partial pivoting: {@code P A = L U} with a unit lower triangle L. Where a column has no pivot other than 0 it
 * goes on, so every matrix has this factorisation.
 */
public final class Lu {
    private final int rows;
    private final int columns;
    private final double[] factors;
    private final int[] order;
    private int exchanges;

    /** @param matrix rows x columns; it is not changed */
    public Lu(double[] matrix, int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        factors = matrix.clone();
        order = new int[rows];
        for (int i = 0; i < rows; i++) {
            order[i] = i;
        }
        for (int k = 0; k < Math.min(rows, columns); k++) {
            bringUpPivot(k);
            double pivot = factors[k * columns + k];
            for (int i = k + 1; pivot != 0 && i < rows; i++) {
                eliminate(i, k, pivot);
            }
        }
    }

    private void bringUpPivot(int k) {
        int best = k;
        for (int i = k + 1; i < rows; i++) {
            if (Math.abs(factors[i * columns + k]) > Math.abs(factors[best * columns + k])) {
                best = i;
            }
        }
        if (best == k) {
            return;
        }
        for (int j = 0; j < columns; j++) {
            double moved = factors[k * columns + j];
            factors[k * columns + j] = factors[best * columns + j];
            factors[best * columns + j] = moved;
        }
        int row = order[k];
        order[k] = order[best];
        order[best] = row;
        exchanges++;
    }

    private void eliminate(int i, int k, double pivot) {
        double factor = factors[i * columns + k] / pivot;
        factors[i * columns + k] = factor;
        for (int j = k + 1; j < columns; j++) {
            factors[i * columns + j] -= factor * factors[k * columns + j];
        }
    }

    /** Returns L strictly below the diagonal and U on and above it. */
    public double[] factors() {
        return factors;
    }

    /** Returns for each row of L U the row of the matrix that it is. */
    public int[] order() {
        return order;
    }

    /** Returns the 1-based number of the first pivot that is 0, or 0 if there is none. */
    public int singularAt() {
        for (int k = 0; k < Math.min(rows, columns); k++) {
            if (factors[k * columns + k] == 0) {
                return k + 1;
            }
        }
        return 0;
    }

    /** Returns the determinant; 1 of nothing. */
    public double determinant() {
        double product = exchanges % 2 == 0 ? 1 : -1;
        for (int k = 0; k < rows; k++) {
            product *= factors[k * columns + k];
        }
        return product;
    }

    /** Returns the sign of the determinant: -1, 0 or 1, or NaN. */
    public double sign() {
        double sign = exchanges % 2 == 0 ? 1 : -1;
        for (int k = 0; k < rows; k++) {
            sign *= Math.signum(factors[k * columns + k]);
        }
        return sign;
    }

    /** Returns the logarithm of the determinant's absolute value, minus infinity for 0. */
    public double logAbsDeterminant() {
        double sum = 0;
        for (int k = 0; k < rows; k++) {
            sum += Math.log(Math.abs(factors[k * columns + k]));
        }
        return sum;
    }

    /** Returns X with A X = B for a B of {@code count} columns. */
    public double[] solve(double[] right, int count) {
        double[] x = new double[right.length];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(right, order[i] * count, x, i * count, count);
        }
        Triangle.solve(factors, x, rows, count, false, true);
        Triangle.solve(factors, x, rows, count, true, false);
        return x;
    }
}
