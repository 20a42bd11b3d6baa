// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.linalg;

/** Substitution. */
public final class Triangle {
    private Triangle() {}

    /**
     * Replaces B by the X with A X = B.
     *
     * @param matrix n x n, of which one triangle is read
     * @param x n x count
     * @param unit whether ones are taken for the diagonal
     */
    public static void solve(double[] matrix, double[] x, int n, int count, boolean upper, boolean unit) {
        for (int step = 0; step < n; step++) {
            int i = upper ? n - 1 - step : step;
            int from = upper ? i + 1 : 0;
            int to = upper ? n : i;
            for (int k = from; k < to; k++) {
                double factor = matrix[i * n + k];
                for (int j = 0; j < count; j++) {
                    x[i * count + j] -= factor * x[k * count + j];
                }
            }
            for (int j = 0; !unit && j < count; j++) {
                x[i * count + j] /= matrix[i * n + i];
            }
        }
    }
}
