// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.vector;

import java.util.Arrays;

/**
 * Sums rows of kept points element by element, in exactly the order in which {@link Fold} sums a run: so a sum has the same bits
 * whether memory runs along the reduced axes or across them, and fusion, which decides about that, never shows.
 *
 * <p>Rows are taken in blocks of {@link Frame#BLOCK}. A block of float32 has {@link Lanes#SUMS} partial sums, added pairwise, or is
 * added in double if it is shorter; one of float64 has eight. Block sums are added in double.
 */
final class ColumnSums {
    /** Columns that are summed together: their partial sums stay in the second-level cache. */
    static final int STRIP = 256;

    private static final int DOUBLE_LANES = 8;

    private final Kind kind;
    private final Lanes lanes;
    private final float[][] floats;
    private final double[][] doubles;
    private final double[] block = new double[STRIP];
    private int rows;
    private int row;

    ColumnSums(Kind kind, Lanes lanes) {
        this.kind = kind;
        this.lanes = lanes;
        this.floats = kind == Kind.FLOAT ? new float[Lanes.SUMS][STRIP] : new float[0][];
        this.doubles = kind == Kind.DOUBLE ? new double[DOUBLE_LANES][STRIP] : new double[0][];
    }

    /**
     * Starts a block.
     *
     * @param count rows that will be added
     * @param n columns
     */
    void start(int count, int n) {
        rows = count;
        row = 0;
        Arrays.fill(block, 0, n, 0);
        for (float[] lane : floats) {
            Arrays.fill(lane, 0, n, 0);
        }
        for (double[] lane : doubles) {
            Arrays.fill(lane, 0, n, 0);
        }
    }

    /** Adds the next row: elements {@code from} to {@code from + n - 1}. */
    void add(float[] x, int from, int n) {
        if (rows < Lanes.SUMS) {
            for (int i = 0; i < n; i++) {
                block[i] += x[from + i];
            }
        } else {
            lanes.addTo(floats[row++ % Lanes.SUMS], x, from, n);
        }
    }

    /** Adds the next row: elements {@code from} to {@code from + n - 1}. */
    void add(double[] x, int from, int n) {
        int whole = rows / DOUBLE_LANES * DOUBLE_LANES;
        double[] target = row < whole ? doubles[row % DOUBLE_LANES] : block;
        for (int i = 0; i < n; i++) {
            target[i] += x[from + i];
        }
        row++;
        if (row == whole) {
            for (int i = 0; i < n; i++) {
                block[i] = doubles[0][i] + doubles[4][i] + (doubles[1][i] + doubles[5][i])
                        + (doubles[2][i] + doubles[6][i] + (doubles[3][i] + doubles[7][i]));
            }
        }
    }

    /** Ends the block: adds its sums to the totals. */
    void finish(double[] totals, int n) {
        if (kind == Kind.FLOAT && rows >= Lanes.SUMS) {
            for (int half = Lanes.SUMS / 2; half > 0; half /= 2) {
                for (int lane = 0; lane < half; lane++) {
                    lanes.addTo(floats[lane], floats[lane + half], 0, n);
                }
            }
            for (int i = 0; i < n; i++) {
                totals[i] += floats[0][i];
            }
            return;
        }
        for (int i = 0; i < n; i++) {
            totals[i] += block[i];
        }
    }

    /**
     * Starts a block of products, which are summed in the order of {@link Lanes#dot}.
     *
     * @param count rows that will be added, at most {@link Frame#BLOCK}
     * @param n columns
     */
    void startProducts(int count, int n) {
        rows = count;
        row = 0;
        for (int lane = 0; lane < Math.min(count, Lanes.SUMS); lane++) {
            Arrays.fill(floats[lane], 0, n, 0);
        }
    }

    /** Adds {@code a} times the next row. */
    void addProduct(float a, float[] x, int n) {
        lanes.multiplyAddTo(floats[row++ % Lanes.SUMS], x, a, n);
    }

    /** Ends the block of products: adds its sums to totals from {@code at} on. */
    void finishProducts(double[] totals, int at, int n) {
        for (int half = Lanes.SUMS / 2; half > 0; half /= 2) {
            for (int lane = 0; lane < half && lane + half < rows; lane++) {
                lanes.addTo(floats[lane], floats[lane + half], 0, n);
            }
        }
        for (int i = 0; i < n; i++) {
            totals[at + i] += floats[0][i];
        }
    }
}
