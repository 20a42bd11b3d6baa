// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.vector;

import dev.ashlar.runtime.java.device.Conversions;
import dev.ashlar.runtime.java.device.Native;
import dev.ashlar.runtime.java.vector.ContractKernel.Factors;
import dev.ashlar.type.DType;

/**
 * Products in other types than float32: rows of results grow by rows of the second factor, each an array of its own so that the JIT
 * vectorises the loop.
 */
final class PlainProduct implements ContractKernel.Product {
    private static final int ROWS = 64;
    private static final int COLUMNS = 256;
    private static final int DEPTH = 128;
    private static final long PARALLEL = 50_000;

    private final DType type;
    private final Factors factors;
    private final ProductEpilogue epilogue;
    private final Workers workers;

    /**
     * @param type of the sums
     */
    PlainProduct(DType type, Factors factors, ProductEpilogue epilogue, Workers workers) {
        this.type = type;
        this.factors = factors;
        this.epilogue = epilogue;
        this.workers = workers;
    }

    @Override
    public void run(long[] params) {
        int rows = factors.rows.size();
        int columns = factors.columns.size();
        int down = Math.ceilDiv(rows, ROWS);
        int across = Math.ceilDiv(columns, COLUMNS);
        int tasks = Math.multiplyExact(Math.multiplyExact(down, across), factors.batches());
        Workers.Task task = (frame, index) -> {
            int batch = index / (down * across);
            int row = index / across % down * ROWS;
            int column = index % across * COLUMNS;
            block(frame, params, batch, row, Math.min(ROWS, rows - row), column, Math.min(COLUMNS, columns - column));
        };
        if ((long) rows * columns * factors.depth() * factors.batches() < PARALLEL) {
            for (int i = 0; i < tasks; i++) {
                task.run(workers.frame(), i);
            }
        } else {
            workers.run(tasks, task);
        }
    }

    private void block(Frame frame, long[] params, int batch, int row, int height, int column, int width) {
        switch (Kind.of(type)) {
            case DOUBLE -> doubles(frame, params, batch, row, height, column, width);
            default -> longs(frame, params, batch, row, height, column, width);
        }
    }

    private void doubles(Frame frame, long[] params, int batch, int row, int height, int column, int width) {
        double[][] sums = new double[height][width];
        double[][] lines = new double[Math.min(DEPTH, factors.depth())][width];
        for (int k = 0; k < factors.depth(); k += DEPTH) {
            int terms = Math.min(DEPTH, factors.depth() - k);
            for (int i = 0; i < terms; i++) {
                for (int j = 0; j < width; j++) {
                    lines[i][j] = Conversions.toDouble(type, second(batch, column + j, k + i));
                }
            }
            for (int r = 0; r < height; r++) {
                for (int i = 0; i < terms; i++) {
                    grow(sums[r], lines[i], Conversions.toDouble(type, first(batch, row + r, k + i)), width);
                }
            }
        }
        epilogue.prepare(frame, params);
        for (int r = 0; r < height; r++) {
            System.arraycopy(sums[r], 0, frame.foldedDoubles, 0, width);
            epilogue.storeFolded(frame, batch, row + r, column, width);
        }
    }

    // Whole numbers wrap, and wrapping at the end is the same as wrapping all along.
    private void longs(Frame frame, long[] params, int batch, int row, int height, int column, int width) {
        long[][] sums = new long[height][width];
        long[][] lines = new long[Math.min(DEPTH, factors.depth())][width];
        for (int k = 0; k < factors.depth(); k += DEPTH) {
            int terms = Math.min(DEPTH, factors.depth() - k);
            for (int i = 0; i < terms; i++) {
                for (int j = 0; j < width; j++) {
                    lines[i][j] = second(batch, column + j, k + i);
                }
            }
            for (int r = 0; r < height; r++) {
                for (int i = 0; i < terms; i++) {
                    grow(sums[r], lines[i], first(batch, row + r, k + i), width);
                }
            }
        }
        epilogue.prepare(frame, params);
        for (int r = 0; r < height; r++) {
            for (int j = 0; j < width; j++) {
                if (type == DType.INT64) {
                    frame.foldedLongs[j] = sums[r][j];
                } else {
                    frame.foldedInts[j] = (int) Conversions.cast(DType.INT64, type, sums[r][j]);
                }
            }
            epilogue.storeFolded(frame, batch, row + r, column, width);
        }
    }

    private static void grow(double[] sums, double[] line, double factor, int n) {
        for (int j = 0; j < n; j++) {
            sums[j] += factor * line[j];
        }
    }

    private static void grow(long[] sums, long[] line, long factor, int n) {
        for (int j = 0; j < n; j++) {
            sums[j] += factor * line[j];
        }
    }

    private long first(int batch, int row, int k) {
        long address = factors.baseA + factors.batchA.at(batch) + factors.rows.at(row) + factors.sumA.at(k);
        return Conversions.cast(factors.typeA, type, Native.load(factors.typeA, address));
    }

    private long second(int batch, int column, int k) {
        long address = factors.baseB + factors.batchB.at(batch) + factors.columns.at(column) + factors.sumB.at(k);
        return Conversions.cast(factors.typeB, type, Native.load(factors.typeB, address));
    }
}
