// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

/**
 * Sums in the order in which numpy and its OpenBLAS take them on x86-64 with AVX2, where products are fused with additions. Any order
 * would be as good, but not equal bit by bit.
 */
final class Dot {
    private static final int LANES = 4;
    private static final int UNROLLED = 8;
    private static final int BLOCK = 128;

    private Dot() {}

    /** Returns an element of the product of two matrices. */
    static double element(DoubleMatrix left, DoubleMatrix right, int row, int column) {
        if (right.columns() == 1) {
            return vector(left.values(), row * left.columns(), right.values());
        }
        // A last odd row has a kernel of its own, which takes columns by four.
        boolean odd = row == left.rows() - 1 && row % 2 == 0 && column < right.columns() / LANES * LANES;
        int unrolled = odd ? left.columns() / UNROLLED * UNROLLED : 0;
        double[] lanes = new double[LANES];
        for (int k = 0; k < left.columns(); k++) {
            int lane = k < unrolled ? k % LANES : 0;
            lanes[lane] = Math.fma(left.get(row, k), right.get(k, column), lanes[lane]);
        }
        return lanes[0] + lanes[1] + (lanes[2] + lanes[3]);
    }

    /** Returns the product of a row of a matrix with a vector: four lanes, then what is left over. */
    static double vector(double[] matrix, int from, double[] vector) {
        int count = vector.length;
        int even = count / LANES * LANES;
        double[] lanes = new double[LANES];
        for (int i = 0; i < even; i++) {
            lanes[i % LANES] = Math.fma(matrix[from + i], vector[i], lanes[i % LANES]);
        }
        double sum = lanes[0] + lanes[2] + (lanes[1] + lanes[3]);
        int rest = from + even;
        return switch (count - even) {
            case 0 -> sum;
            case 1 -> Math.fma(matrix[rest], vector[even], sum);
            case 2 -> sum + Math.fma(matrix[rest], vector[even], matrix[rest + 1] * vector[even + 1]);
            default -> {
                double pair = Math.fma(matrix[rest], vector[even], matrix[rest + 1] * vector[even + 1]);
                yield sum + Math.fma(matrix[rest + 2], vector[even + 2], pair);
            }
        };
    }

    /** Returns the sums of a matrix's columns: row after row, or pairwise where there is one column only. */
    static double[] columnSums(double[] values, int columns) {
        if (columns == 1) {
            return new double[] {pairwise(values, 0, values.length)};
        }
        double[] sums = new double[columns];
        for (int i = 0; i < values.length; i++) {
            sums[i % columns] += values[i];
        }
        return sums;
    }

    private static double pairwise(double[] values, int from, int count) {
        if (count > BLOCK) {
            int half = count / 2 - count / 2 % UNROLLED;
            return pairwise(values, from, half) + pairwise(values, from + half, count - half);
        }
        double sum = 0;
        int even = count < UNROLLED ? 0 : count / UNROLLED * UNROLLED;
        if (even > 0) {
            double[] part = new double[UNROLLED];
            for (int i = 0; i < even; i++) {
                part[i % UNROLLED] += values[from + i];
            }
            sum = part[0] + part[1] + (part[2] + part[3]) + (part[4] + part[5] + (part[6] + part[7]));
        }
        for (int i = even; i < count; i++) {
            sum += values[from + i];
        }
        return sum;
    }
}
