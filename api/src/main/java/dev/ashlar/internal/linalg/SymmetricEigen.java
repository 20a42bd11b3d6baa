// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.linalg;

import java.util.Arrays;

/**
 * {@code A = V diag(L) V'} of a symmetric matrix: reflections make it tridiagonal, then implicit QR steps with Wilkinson's shift make it
 * diagonal (Golub and Van Loan, Matrix Computations, sections 8.3.1 to 8.3.3).
 */
public final class SymmetricEigen {
    private static final double EPSILON = Math.ulp(1.0) / 2;
    private static final int STEPS_PER_VALUE = 60;

    private final int n;
    /** The diagonal, and the one beside it. */
    private final double[] diagonal;
    private final double[] beside;
    /** Row k becomes the eigenvector of value k. */
    private final double[][] vectors;
    private final boolean converged;

    /** @param matrix n x n, finite, of which one triangle is read; it is not changed */
    public SymmetricEigen(double[] matrix, int n, boolean upper) {
        this.n = n;
        diagonal = new double[n];
        beside = new double[n];
        vectors = new double[n][n];
        double[][] a = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                a[i][j] = upper ? matrix[j * n + i] : matrix[i * n + j];
                a[j][i] = a[i][j];
            }
            vectors[i][i] = 1;
        }
        double largest = 0;
        for (double[] row : a) {
            for (double value : row) {
                largest = Math.max(largest, Math.abs(value));
            }
        }
        // A power of two: squares neither overflow nor vanish, and scaling loses no bit.
        double scale = largest == 0 ? 1 : Math.scalb(1.0, Math.getExponent(largest));
        for (double[] row : a) {
            for (int j = 0; j < n; j++) {
                row[j] /= scale;
            }
        }
        tridiagonalise(a);
        converged = diagonalise();
        for (int i = 0; i < n; i++) {
            diagonal[i] *= scale;
        }
        sort();
    }

    private void tridiagonalise(double[][] a) {
        for (int k = 0; k < n; k++) {
            diagonal[k] = a[k][k];
            if (k + 1 < n) {
                double[] v = Arrays.copyOfRange(a[k], k + 1, n);
                double tail = 0;
                for (int i = 1; i < v.length; i++) {
                    tail = Math.hypot(tail, v[i]);
                }
                beside[k] = v[0];
                if (tail > 0) {
                    double length = -Math.copySign(Math.hypot(v[0], tail), v[0]);
                    beside[k] = length;
                    v[0] -= length;
                    reflect(a, k + 1, v, 2 / dot(v, v));
                }
            }
        }
    }

    /** Applies the reflection {@code I - beta v v'} from both sides to the block from {@code from} on, and to the vectors. */
    private void reflect(double[][] a, int from, double[] v, double beta) {
        int size = v.length;
        double[] w = new double[size];
        for (int i = 0; i < size; i++) {
            double sum = 0;
            for (int j = 0; j < size; j++) {
                sum += a[from + i][from + j] * v[j];
            }
            w[i] = beta * sum;
        }
        double half = beta / 2 * dot(w, v);
        for (int i = 0; i < size; i++) {
            w[i] -= half * v[i];
        }
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                a[from + i][from + j] -= v[i] * w[j] + w[i] * v[j];
            }
        }
        double[] sums = new double[n];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < n; j++) {
                sums[j] += v[i] * vectors[from + i][j];
            }
        }
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < n; j++) {
                vectors[from + i][j] -= beta * v[i] * sums[j];
            }
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private boolean diagonalise() {
        int last = n - 1;
        for (long steps = 0; last > 0; steps++) {
            if (steps > (long) STEPS_PER_VALUE * n) {
                return false;
            }
            for (int i = 0; i < last; i++) {
                if (Math.abs(beside[i]) <= EPSILON * (Math.abs(diagonal[i]) + Math.abs(diagonal[i + 1]))) {
                    beside[i] = 0;
                }
            }
            if (beside[last - 1] == 0) {
                last--;
                continue;
            }
            int first = last - 1;
            while (first > 0 && beside[first - 1] != 0) {
                first--;
            }
            step(first, last);
        }
        return true;
    }

    /** One implicit QR step on the unreduced block from {@code first} to {@code last}. */
    private void step(int first, int last) {
        double half = (diagonal[last - 1] - diagonal[last]) / 2;
        double e = beside[last - 1];
        double shift = diagonal[last] - e * (e / (half + Math.copySign(Math.hypot(half, e), half)));
        double x = diagonal[first] - shift;
        double z = beside[first];
        for (int k = first; k < last; k++) {
            double r = Math.hypot(x, z);
            double c = r == 0 ? 1 : x / r;
            double s = r == 0 ? 0 : z / r;
            if (k > first) {
                beside[k - 1] = r;
            }
            double a = diagonal[k];
            double b = beside[k];
            double g = diagonal[k + 1];
            diagonal[k] = c * c * a + 2 * c * s * b + s * s * g;
            diagonal[k + 1] = s * s * a - 2 * c * s * b + c * c * g;
            beside[k] = c * s * (g - a) + (c * c - s * s) * b;
            if (k + 1 < last) {
                x = beside[k];
                z = s * beside[k + 1];
                beside[k + 1] *= c;
            }
            rotate(vectors[k], vectors[k + 1], c, s);
        }
    }

    private static void rotate(double[] p, double[] q, double c, double s) {
        for (int i = 0; i < p.length; i++) {
            double x = p[i];
            double y = q[i];
            p[i] = c * x + s * y;
            q[i] = c * y - s * x;
        }
    }

    private void sort() {
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(diagonal[a], diagonal[b]));
        double[] values = diagonal.clone();
        double[][] rows = vectors.clone();
        for (int i = 0; i < n; i++) {
            diagonal[i] = values[order[i]];
            vectors[i] = rows[order[i]];
        }
    }

    /** Returns whether the steps came to an end; they always do for finite matrices, as far as anyone knows. */
    public boolean converged() {
        return converged;
    }

    /** Returns the eigenvalues, smallest first. */
    public double[] values() {
        return diagonal;
    }

    /** Returns V, n x n: column k is the eigenvector of value k. */
    public double[] vectors() {
        double[] v = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                v[i * n + j] = vectors[j][i];
            }
        }
        return v;
    }
}
