// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.vector;

import dev.ashlar.runtime.java.device.Native;
import dev.ashlar.runtime.java.vector.ContractKernel.Factors;
import dev.ashlar.type.DType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * A float32 product with a single row or column. It reads the matrix once and computes two operations per element, so packing would
 * cost more than it saves: where memory runs along the sum, each result is a dot product; where it runs across, rows of results grow
 * term by term, in the order of the dot product.
 */
final class VectorProduct {
    /** Results that one task computes, at most. */
    private static final int STRIP = Frame.BLOCK;
    private static final long SHORTEST = 4096;

    private final Factors factors;
    private final ProductEpilogue epilogue;
    private final Lanes lanes;
    private final Workers workers;

    VectorProduct(Factors factors, ProductEpilogue epilogue, Lanes lanes, Workers workers) {
        this.factors = factors;
        this.epilogue = epilogue;
        this.lanes = lanes;
        this.workers = workers;
    }

    /** Returns whether this class does a product: a single row or column of float32, unless so short that a tile is faster. */
    boolean suits(int rows, int columns) {
        return factors.typeA == DType.FLOAT32
                && factors.typeB == DType.FLOAT32
                && (rows == 1 || columns == 1)
                && (long) rows * columns * factors.depth() >= SHORTEST;
    }

    void run(long[] params) {
        boolean row = factors.rows.size() == 1;
        int results = row ? factors.columns.size() : factors.rows.size();
        int depth = factors.depth();
        // Enough results per task to make it worth a thread, by shape only.
        int strip = Math.clamp(MapKernel.PARALLEL / Math.max(1, depth), 128, STRIP);
        int strips = Math.ceilDiv(results, strip);
        int tasks = Math.multiplyExact(strips, factors.batches());
        if ((long) results * depth * factors.batches() < MapKernel.PARALLEL) {
            for (int task = 0; task < tasks; task++) {
                strip(workers.frame(), params, task / strips, task % strips * strip, Math.min(results, task % strips * strip + strip));
            }
            return;
        }
        workers.run(
                tasks,
                (frame, task) -> strip(
                        frame, params, task / strips, task % strips * strip, Math.min(results, task % strips * strip + strip)));
    }

    private void strip(Frame frame, long[] params, int batch, int from, int to) {
        boolean row = factors.rows.size() == 1;
        long a = factors.baseA + factors.batchA.at(batch);
        long b = factors.baseB + factors.batchB.at(batch);
        Offsets vectorSum = row ? factors.sumA : factors.sumB;
        Offsets matrixSum = row ? factors.sumB : factors.sumA;
        Offsets across = row ? factors.columns : factors.rows;
        long vector = row ? a : b;
        long matrix = row ? b : a;
        frame.panelA = frame.panelA.length >= 2 * Frame.BLOCK ? frame.panelA : new float[2 * Frame.BLOCK];
        frame.panelB = frame.panelB.length >= Frame.BLOCK ? frame.panelB : new float[Frame.BLOCK];
        Arrays.fill(frame.foldedDoubles, 0, to - from, 0);
        if (across.isStep(4) && to - from > 1) {
            grow(frame, vector, vectorSum, matrix + across.at(from), matrixSum, to - from);
        } else {
            dots(frame, vector, vectorSum, matrix, matrixSum, across, from, to);
        }
        for (int i = 0; i < to - from; i++) {
            frame.foldedFloats[i] = (float) frame.foldedDoubles[i];
        }
        epilogue.prepare(frame, params);
        if (row) {
            epilogue.storeFolded(frame, batch, 0, from, to - from);
        } else {
            epilogue.storeFolded(frame, batch, from, 0, to - from);
        }
    }

    private void grow(Frame frame, long vector, Offsets vectorSum, long matrix, Offsets matrixSum, int n) {
        int depth = vectorSum.size();
        float[] line = frame.panelB;
        ColumnSums sums = frame.columnSums(Kind.FLOAT, lanes);
        for (int first = 0; first < n; first += ColumnSums.STRIP) {
            int columns = Math.min(ColumnSums.STRIP, n - first);
            int padded = Frame.padded(columns);
            for (int k = 0; k < depth; k += Frame.BLOCK) {
                int end = Math.min(depth, k + Frame.BLOCK);
                sums.startProducts(end - k, padded);
                for (int i = k; i < end; i++) {
                    MemorySegment.copy(Native.ALL, Native.F32, matrix + matrixSum.at(i) + 4L * first, line, 0, columns);
                    sums.addProduct(Native.ALL.get(Native.F32, vector + vectorSum.at(i)), line, padded);
                }
                sums.finishProducts(frame.foldedDoubles, first, columns);
            }
        }
    }

    private void dots(
            Frame frame, long vector, Offsets vectorSum, long matrix, Offsets matrixSum, Offsets across, int from, int to) {
        int depth = vectorSum.size();
        float[] x = frame.panelA;
        float[] y = frame.panelB;
        for (int k = 0; k < depth; k += Frame.BLOCK) {
            int n = Math.min(Frame.BLOCK, depth - k);
            line(vector, vectorSum, k, n, x);
            for (int i = from; i < to; i++) {
                line(matrix + across.at(i), matrixSum, k, n, y);
                frame.foldedDoubles[i - from] += lanes.dot(x, y, n, frame.sums);
            }
        }
    }

    private static void line(long base, Offsets sum, int k, int n, float[] to) {
        if (sum.isStep(4)) {
            MemorySegment.copy(Native.ALL, Native.F32, base + sum.at(k), to, 0, n);
        } else {
            for (int i = 0; i < n; i++) {
                to[i] = Native.ALL.get(Native.F32, base + sum.at(k + i));
            }
        }
    }
}
