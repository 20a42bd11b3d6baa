// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.linalg;

import java.util.Arrays;

/** Sets of orthonormal vectors. */
final class Orthonormal {
    private Orthonormal() {}

    /** Returns the vectors and, if more are wanted, further ones orthogonal to them. */
    static double[][] extended(double[][] vectors, int length, int wanted) {
        double[][] result = Arrays.copyOf(vectors, wanted);
        for (int j = vectors.length; j < wanted; j++) {
            result[j] = new double[length];
        }
        complete(result, Math.min(vectors.length, wanted));
        return result;
    }

    /** Replaces the vectors from {@code known} on by ones that are orthogonal to those before. */
    static void complete(double[][] vectors, int known) {
        if (known >= vectors.length) {
            return;
        }
        int length = vectors[0].length;
        // How much of each unit vector lies outside of what the vectors span so far.
        double[] rest = new double[length];
        Arrays.fill(rest, 1);
        for (int j = 0; j < known; j++) {
            subtractSquares(rest, vectors[j]);
        }
        for (int j = known; j < vectors.length; j++) {
            int best = 0;
            for (int i = 1; i < length; i++) {
                best = rest[i] > rest[best] ? i : best;
            }
            double[] fresh = new double[length];
            fresh[best] = 1;
            // Once loses digits where little is left; twice is enough.
            project(fresh, vectors, j);
            project(fresh, vectors, j);
            double norm = 0;
            for (double value : fresh) {
                norm = Math.hypot(norm, value);
            }
            for (int i = 0; i < length; i++) {
                fresh[i] /= norm;
            }
            vectors[j] = fresh;
            subtractSquares(rest, fresh);
        }
    }

    private static void subtractSquares(double[] rest, double[] vector) {
        for (int i = 0; i < rest.length; i++) {
            rest[i] -= vector[i] * vector[i];
        }
    }

    /** Takes the parts along the first {@code count} vectors away. */
    private static void project(double[] fresh, double[][] vectors, int count) {
        for (int j = 0; j < count; j++) {
            double dot = 0;
            for (int i = 0; i < fresh.length; i++) {
                dot += fresh[i] * vectors[j][i];
            }
            for (int i = 0; i < fresh.length; i++) {
                fresh[i] -= dot * vectors[j][i];
            }
        }
    }
}
