// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.linalg;

/** {@code A = L L'} of a symmetric, positive definite matrix. */
public final class Cholesky {
    private final double[] lower;
    private final int failed;

    /** @param matrix n x n, of which the lower triangle is read; it is not changed */
    public Cholesky(double[] matrix, int n) {
        lower = new double[n * n];
        int failure = 0;
        for (int i = 0; i < n && failure == 0; i++) {
            for (int j = 0; j <= i; j++) {
                double rest = matrix[i * n + j];
                for (int k = 0; k < j; k++) {
                    rest -= lower[i * n + k] * lower[j * n + k];
                }
                if (j < i) {
                    lower[i * n + j] = rest / lower[j * n + j];
                } else if (rest > 0) {
                    lower[i * n + i] = Math.sqrt(rest);
                } else {
                    failure = i + 1;
                }
            }
        }
        failed = failure;
    }

    /** Returns the size of the first leading block that is not positive definite, or 0 if all are. */
    public int failedAt() {
        return failed;
    }

    /** Returns L, n x n with zeros above the diagonal. */
    public double[] lower() {
        return lower;
    }
}
