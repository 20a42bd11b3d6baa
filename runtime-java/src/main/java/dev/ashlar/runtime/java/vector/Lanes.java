// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.vector;

import dev.ashlar.spi.ScalarOp;
import org.jspecify.annotations.Nullable;

/**
 * The float32 loops that the JIT does not vectorise by itself. Two implementations give the same bits: {@link PlainLanes} everywhere,
 * {@link VectorLanes} where the JVM has the Vector API. Registers have {@link Frame#BLOCK} elements; loops over whole registers may
 * run to the next multiple of {@link Frame#PAD}.
 */
interface Lanes {
    /** Partial sums that a sum over a row is kept in; element i goes to number i modulo this. */
    int SUMS = 64;

    /** A loop with one operand. */
    @FunctionalInterface
    interface FloatUnary {
        void apply(float[] a, float[] r, int n);
    }

    /** Sets r to 1 where a &lt; b, else to 0. */
    void less(float[] a, float[] b, int[] r, int n);

    /** Sets r to 1 where a equals b, else to 0. */
    void equal(float[] a, float[] b, int[] r, int n);

    /** Takes a where c is 1 and b where it is 0. */
    void select(int[] c, float[] a, float[] b, float[] r, int n);

    /** Returns the loop of a function, null if the operation is none. */
    @Nullable FloatUnary function(ScalarOp op);

    /**
     * Sums x[from] to x[from + n - 1] in {@link #SUMS} partial sums, which are added pairwise.
     *
     * @param sums scratch of {@link #SUMS} elements
     */
    float sum(float[] x, int from, int n, float[] sums);

    /** Sums the products of a[i] and b[i], i below n, as {@link #sum} does, with fused multiply-add. */
    float dot(float[] a, float[] b, int n, float[] sums);

    /** Returns the largest of x[from] to x[from + n - 1], n at least 1; NaN if one is NaN. */
    float max(float[] x, int from, int n);

    /** Returns the smallest of x[from] to x[from + n - 1], n at least 1; NaN if one is NaN. */
    float min(float[] x, int from, int n);

    /** Adds x[from + i] to r[i]. */
    void addTo(float[] r, float[] x, int from, int n);

    /** Takes the larger of x[from + i] and r[i]. */
    void maxTo(float[] r, float[] x, int from, int n);

    /** Takes the smaller of x[from + i] and r[i]. */
    void minTo(float[] r, float[] x, int from, int n);

    /** Adds a * x[i] to r[i], rounded once. */
    void multiplyAddTo(float[] r, float[] x, float a, int n);

    /** Returns the rows of a tile. */
    int tileRows();

    /** Returns the columns of a tile. */
    int tileColumns();

    /**
     * Multiplies two packed panels: c[co + i * stride + j] becomes, or is increased by, the sum over k of a[ao + k * rows + i] times
     * b[bo + k * columns + j]. The sum starts at 0 and is built by fused multiply-add in the order of k.
     *
     * @param depth number of k, at least 1
     * @param increase whether the old value of c is added to the sum
     */
    void tile(int depth, float[] a, int ao, float[] b, int bo, float[] c, int co, int stride, boolean increase);

    /** Adds partial sums pairwise: the tree that every sum ends with. */
    static float tree(float[] sums) {
        for (int half = SUMS / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                sums[i] += sums[i + half];
            }
        }
        return sums[0];
    }
}
