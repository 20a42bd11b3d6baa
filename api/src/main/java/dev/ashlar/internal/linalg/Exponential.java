// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.linalg;

/**
 * The exponential of a matrix: Pade's approximation of degree 13 of the matrix halved often enough, squared as often (Higham, "The scaling
 * and squaring method for the matrix exponential revisited", SIAM J. Matrix Anal. Appl. 26, 2005).
 */
public final class Exponential {
    private static final double LARGEST_NORM = 5.371920351148152;
    private static final double[] PADE = {
        64764752532480000.0, 32382376266240000.0, 7771770303897600.0, 1187353796428800.0, 129060195264000.0, 10559470521600.0,
                670442572800.0,
        33522128640.0, 1323241920.0, 40840800.0, 960960.0, 16380.0, 182.0, 1.0
    };

    private Exponential() {}

    /** @param matrix n x n, finite; it is not changed */
    public static double[] of(double[] matrix, int n) {
        double norm = 0;
        for (int j = 0; j < n; j++) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += Math.abs(matrix[i * n + j]);
            }
            norm = Math.max(norm, sum);
        }
        int halvings = norm <= LARGEST_NORM ? 0 : Math.max(0, Math.getExponent(norm / LARGEST_NORM) + 1);
        double[] a = new double[n * n];
        for (int i = 0; i < a.length; i++) {
            a[i] = Math.scalb(matrix[i], -halvings);
        }
        double[] a2 = product(a, a, n);
        double[] a4 = product(a2, a2, n);
        double[] a6 = product(a2, a4, n);
        double[] odd = product(a, sum(product(a6, polynomial(a2, a4, a6, n, 13, 0), n), polynomial(a2, a4, a6, n, 7, PADE[1])), n);
        double[] even = sum(product(a6, polynomial(a2, a4, a6, n, 12, 0), n), polynomial(a2, a4, a6, n, 6, PADE[0]));
        double[] below = new double[n * n];
        for (int i = 0; i < below.length; i++) {
            below[i] = even[i] - odd[i];
        }
        double[] result = new Lu(below, n, n).solve(sum(even, odd), n);
        for (int i = 0; i < halvings; i++) {
            result = product(result, result, n);
        }
        return result;
    }

    /** Returns the three terms whose last coefficient is {@code PADE[last]}, plus a multiple of the identity. */
    private static double[] polynomial(double[] a2, double[] a4, double[] a6, int n, int last, double identity) {
        double[] result = new double[n * n];
        for (int i = 0; i < result.length; i++) {
            result[i] = PADE[last] * a6[i] + PADE[last - 2] * a4[i] + PADE[last - 4] * a2[i];
        }
        for (int i = 0; i < n; i++) {
            result[i * n + i] += identity;
        }
        return result;
    }

    private static double[] sum(double[] a, double[] b) {
        double[] result = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            result[i] = a[i] + b[i];
        }
        return result;
    }

    private static double[] product(double[] a, double[] b, int n) {
        double[] result = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                double factor = a[i * n + k];
                for (int j = 0; j < n; j++) {
                    result[i * n + j] += factor * b[k * n + j];
                }
            }
        }
        return result;
    }
}
