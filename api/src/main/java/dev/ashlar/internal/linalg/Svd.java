// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.linalg;

import java.util.Arrays;

/**
 * {@code A = U diag(S) V'} by one-sided Jacobi rotations (Hestenes): pairs of columns are rotated until all are orthogonal; their lengths
 * are the singular values then. Small singular values come out as exactly as large ones.
 */
public final class Svd {
    private static final double EPSILON = Math.ulp(1.0);
    private static final int SWEEPS = 60;

    private final int rows;
    private final int columns;
    private final int count;
    /** Columns of the taller of A and A', at the end columns of U (or V, if A was wide) times singular values. */
    private final double[][] left;
    /** The columns of the other factor. */
    private final double[][] right;
    private final double[] values;

    /**
     * @param matrix rows x columns, finite; it is not changed
     * @param vectors whether U and V are wanted
     */
    public Svd(double[] matrix, int rows, int columns, boolean vectors) {
        this.rows = rows;
        this.columns = columns;
        count = Math.min(rows, columns);
        boolean wide = columns > rows;
        int height = Math.max(rows, columns);
        double largest = 0;
        for (double value : matrix) {
            largest = Math.max(largest, Math.abs(value));
        }
        // A power of two: squares neither overflow nor vanish, and scaling loses no bit.
        double scale = largest == 0 ? 1 : Math.scalb(1.0, Math.getExponent(largest));
        double[] scaled = new double[matrix.length];
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < count; j++) {
                scaled[i * count + j] = (wide ? matrix[j * columns + i] : matrix[i * columns + j]) / scale;
            }
        }
        // Rotating the columns of R is cheaper than rotating those of a tall A = Q R.
        Householder reduced = height >= 2 * count && count > 0 ? new Householder(scaled, height, count) : null;
        double[][] tall = columnsOf(reduced == null ? scaled : reduced.r(count), count);
        double[][] other = new double[count][vectors ? count : 0];
        for (int j = 0; vectors && j < count; j++) {
            other[j][j] = 1;
        }
        // Products of long columns are rounded more often: their cosine counts as 0 earlier.
        double tolerance = 4 * EPSILON * Math.sqrt(height);
        int sweeps = 0;
        while (sweeps < SWEEPS && sweep(tall, other, tolerance)) {
            sweeps++;
        }
        double[] lengths = new double[count];
        Integer[] order = new Integer[count];
        for (int j = 0; j < count; j++) {
            lengths[j] = Math.sqrt(dot(tall[j], tall[j]));
            order[j] = j;
        }
        Arrays.sort(order, (a, b) -> Double.compare(lengths[b], lengths[a]));
        left = new double[count][];
        right = new double[count][];
        values = new double[count];
        for (int j = 0; j < count; j++) {
            left[j] = tall[order[j]];
            right[j] = other[order[j]];
            values[j] = lengths[order[j]];
            for (int i = 0; values[j] > 0 && i < left[j].length; i++) {
                left[j][i] /= values[j];
            }
        }
        if (vectors) {
            Orthonormal.complete(left, rankOf(values));
            for (int j = 0; reduced != null && j < count; j++) {
                left[j] = reduced.timesQ(left[j]);
            }
        }
        for (int j = 0; j < count; j++) {
            values[j] *= scale;
        }
    }

    private static double[][] columnsOf(double[] matrix, int count) {
        int height = count == 0 ? 0 : matrix.length / count;
        double[][] result = new double[count][height];
        for (int j = 0; j < count; j++) {
            for (int i = 0; i < height; i++) {
                result[j][i] = matrix[i * count + j];
            }
        }
        return result;
    }

    /** Rotates every pair of columns once; returns whether there was one to rotate. */
    private static boolean sweep(double[][] tall, double[][] other, double tolerance) {
        boolean rotated = false;
        double[] squares = new double[tall.length];
        Arrays.setAll(squares, j -> dot(tall[j], tall[j]));
        for (int p = 0; p < tall.length; p++) {
            for (int q = p + 1; q < tall.length; q++) {
                double c = dot(tall[p], tall[q]);
                if (Math.abs(c) <= tolerance * Math.sqrt(squares[p]) * Math.sqrt(squares[q])) {
                    continue;
                }
                rotated = true;
                double zeta = (squares[q] - squares[p]) / (2 * c);
                double tangent = Math.copySign(1, zeta) / (Math.abs(zeta) + Math.hypot(1, zeta));
                double cosine = 1 / Math.hypot(1, tangent);
                rotate(tall[p], tall[q], cosine, cosine * tangent);
                rotate(other[p], other[q], cosine, cosine * tangent);
                squares[p] = square(tall[p], squares[p], squares[p] - tangent * c);
                squares[q] = square(tall[q], squares[q], squares[q] + tangent * c);
            }
        }
        return rotated;
    }

    /** Returns the squared length of a column: the one that follows from the rotation, unless most of its digits cancelled. */
    private static double square(double[] column, double before, double after) {
        return after > 0.01 * before ? after : dot(column, column);
    }

    private static void rotate(double[] p, double[] q, double cosine, double sine) {
        for (int i = 0; i < p.length; i++) {
            double x = p[i];
            double y = q[i];
            p[i] = cosine * x - sine * y;
            q[i] = sine * x + cosine * y;
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** Returns how many lengths are large enough that the direction of their column means something. */
    private static int rankOf(double[] lengths) {
        int rank = 0;
        while (rank < lengths.length && lengths[rank] > 1e-150) {
            rank++;
        }
        return rank;
    }

    /** Returns the singular values, largest first. */
    public double[] values() {
        return values;
    }

    /** Returns U, rows x width; width is the smaller size, or all rows. */
    public double[] u(int width) {
        double[][] vectors = Orthonormal.extended(columns > rows ? right : left, rows, width);
        double[] u = new double[rows * width];
        for (int j = 0; j < width; j++) {
            for (int i = 0; i < rows; i++) {
                u[i * width + j] = vectors[j][i];
            }
        }
        return u;
    }

    /** Returns V', height x columns; height is the smaller size, or all columns. */
    public double[] vt(int height) {
        double[][] vectors = Orthonormal.extended(columns > rows ? left : right, columns, height);
        double[] vt = new double[height * columns];
        for (int j = 0; j < height; j++) {
            System.arraycopy(vectors[j], 0, vt, j * columns, columns);
        }
        return vt;
    }
}
