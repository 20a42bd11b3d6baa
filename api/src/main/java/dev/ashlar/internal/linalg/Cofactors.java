// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.linalg;

import java.util.Arrays;

/**
 * The matrix of cofactors, {@code det(A) inv(A)'}: the derivative of the determinant. Of {@code A = U S V'} it is det(U) det(V) times
 * U adj(S) V', where adj(S) has at each place the product of the other singular values; so nothing is divided by what may be 0.
 */
public final class Cofactors {
    private Cofactors() {}

    /** @param matrix n x n; NaN where it is not finite */
    public static double[] of(double[] matrix, int n) {
        double[] result = new double[n * n];
        for (double value : matrix) {
            if (!Double.isFinite(value)) {
                Arrays.fill(result, Double.NaN);
                return result;
            }
        }
        Svd svd = new Svd(matrix, n, n, true);
        double[] u = svd.u(n);
        double[] vt = svd.vt(n);
        double sign = Math.signum(new Lu(u, n, n).determinant()) * Math.signum(new Lu(vt, n, n).determinant());
        for (int k = 0; k < n; k++) {
            double others = sign;
            for (int j = 0; j < n; j++) {
                others *= j == k ? 1 : svd.values()[j];
            }
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    result[i * n + j] += others * u[i * n + k] * vt[k * n + j];
                }
            }
        }
        return result;
    }
}
