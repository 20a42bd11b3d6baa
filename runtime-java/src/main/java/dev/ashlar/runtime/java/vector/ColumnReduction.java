// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.vector;

import dev.ashlar.spi.ReduceOp;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Folds rows of kept points into each other, element by element: for reduced axes that lie across memory, as in the gradient of a bias.
 * The walked space is outer kept axes, reduced axes, inner kept axes. Results have the bits that {@link RowReduction} gives.
 */
final class ColumnReduction {
    private final ReduceOp op;
    private final Kind kind;
    private final Lanes lanes;
    private final Program prologue;
    private final Program epilogue;
    private final Space walked;
    private final Space kept;
    private final Workers workers;

    ColumnReduction(
            ReduceOp op, Kind kind, Lanes lanes, Program prologue, Program epilogue, Space walked, Space kept, Workers workers) {
        this.op = op;
        this.kind = kind;
        this.lanes = lanes;
        this.prologue = prologue;
        this.epilogue = epilogue;
        this.walked = walked;
        this.kept = kept;
        this.workers = workers;
    }

    /** Returns whether this class knows a fold; {@link RowReduction} knows all. */
    static boolean folds(ReduceOp op, Kind kind) {
        return (op == ReduceOp.SUM || op == ReduceOp.MAX || op == ReduceOp.MIN) && kind != Kind.INT;
    }

    /**
     * Computes.
     *
     * @param length rows that are folded into one, at least 1
     * @param width kept points of a row
     */
    void run(long[] params, long length, long width) {
        long outer = kept.points() / width;
        int strip = (int) Math.min(width, sums() ? ColumnSums.STRIP : Frame.BLOCK);
        long strips = (width + strip - 1) / strip;
        long work = kept.points() * length * prologue.operations();
        // The same parts as in RowReduction, since they decide about the bits of sums.
        if (kept.points() < ReduceKernel.FEW && length >= 2L * ReduceKernel.CHUNK) {
            runSplit(params, length, width, strip, ReduceKernel.CHUNK);
            return;
        }
        int tasks = Math.toIntExact(outer * strips);
        if (work < MapKernel.PARALLEL) {
            for (int task = 0; task < tasks; task++) {
                strip(workers.frame(), params, task, length, width, strip);
            }
            return;
        }
        workers.run(tasks, (frame, task) -> strip(frame, params, task, length, width, strip));
    }

    private void strip(Frame frame, long[] params, int task, long length, long width, int strip) {
        long strips = (width + strip - 1) / strip;
        long column = task % strips * strip;
        long row = task / strips;
        int n = (int) Math.min(strip, width - column);
        prologue.prepare(frame, params, Frame.BLOCK);
        fold(frame, row, 0, length, length, width, column, n);
        finish(frame, params, row * width + column, n);
    }

    private boolean sums() {
        return op == ReduceOp.SUM && kind != Kind.LONG;
    }

    /** Folds the rows [from, to) of one outer point over the columns [column, column + n) into the frame's folded values. */
    private void fold(Frame frame, long outer, long from, long to, long length, long width, long column, int n) {
        reset(frame, n);
        ColumnSums sums = sums() ? frame.columnSums(kind, lanes) : null;
        int together = n == width ? Math.max(1, Frame.BLOCK / n) : 1;
        for (long block = from; block < to; block += Frame.BLOCK) {
            long end = Math.min(to, block + Frame.BLOCK);
            if (sums != null) {
                sums.start((int) (end - block), n);
            }
            for (long row = block; row < end; row += together) {
                int rows = (int) Math.min(together, end - row);
                prologue.run(frame, walked, (outer * length + row) * width + column, rows * n);
                for (int i = 0; i < rows; i++) {
                    add(frame, sums, i * n, n);
                }
            }
            if (sums != null) {
                sums.finish(frame.foldedDoubles, n);
            }
        }
    }

    private void reset(Frame frame, int n) {
        double extreme = op == ReduceOp.MAX ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        switch (kind) {
            case FLOAT -> {
                Arrays.fill(frame.foldedFloats, 0, n, op == ReduceOp.SUM ? 0 : (float) extreme);
                Arrays.fill(frame.foldedDoubles, 0, n, 0);
            }
            case DOUBLE -> Arrays.fill(frame.foldedDoubles, 0, n, op == ReduceOp.SUM ? 0 : extreme);
            default -> Arrays.fill(
                    frame.foldedLongs, 0, n, op == ReduceOp.SUM ? 0 : op == ReduceOp.MAX ? Long.MIN_VALUE : Long.MAX_VALUE);
        }
    }

    private void add(Frame frame, @Nullable ColumnSums sums, int from, int n) {
        int register = prologue.resultRegister();
        switch (kind) {
            case FLOAT -> {
                if (sums != null) {
                    sums.add(frame.floats[register], from, n);
                } else if (op == ReduceOp.MAX) {
                    lanes.maxTo(frame.foldedFloats, frame.floats[register], from, n);
                } else {
                    lanes.minTo(frame.foldedFloats, frame.floats[register], from, n);
                }
            }
            case DOUBLE -> {
                if (sums != null) {
                    sums.add(frame.doubles[register], from, n);
                } else {
                    addDoubles(frame.foldedDoubles, frame.doubles[register], from, n);
                }
            }
            default -> addLongs(frame.foldedLongs, frame.longs[register], from, n);
        }
    }

    private void addDoubles(double[] r, double[] x, int from, int n) {
        switch (op) {
            case SUM -> {
                for (int i = 0; i < n; i++) {
                    r[i] += x[from + i];
                }
            }
            case MAX -> {
                for (int i = 0; i < n; i++) {
                    r[i] = Math.max(r[i], x[from + i]);
                }
            }
            default -> {
                for (int i = 0; i < n; i++) {
                    r[i] = Math.min(r[i], x[from + i]);
                }
            }
        }
    }

    private void addLongs(long[] r, long[] x, int from, int n) {
        switch (op) {
            case SUM -> {
                for (int i = 0; i < n; i++) {
                    r[i] += x[from + i];
                }
            }
            case MAX -> {
                for (int i = 0; i < n; i++) {
                    r[i] = Math.max(r[i], x[from + i]);
                }
            }
            default -> {
                for (int i = 0; i < n; i++) {
                    r[i] = Math.min(r[i], x[from + i]);
                }
            }
        }
    }

    private void finish(Frame frame, long[] params, long point, int n) {
        if (kind == Kind.FLOAT && op == ReduceOp.SUM) {
            for (int i = 0; i < n; i++) {
                frame.foldedFloats[i] = (float) frame.foldedDoubles[i];
            }
        }
        epilogue.prepare(frame, params, n);
        epilogue.run(frame, kept, point, n);
    }

    private void runSplit(long[] params, long length, long width, int strip, long partLength) {
        int strips = Math.toIntExact((width + strip - 1) / strip);
        int parts = Math.toIntExact((length + partLength - 1) / partLength);
        int results = Math.toIntExact(kept.points() / width * strips);
        double[][] floating = new double[results * parts][];
        long[][] whole = new long[results * parts][];
        workers.run(results * parts, (frame, task) -> {
            int result = task / parts;
            long from = task % parts * partLength;
            long column = (long) (result % strips) * strip;
            int n = (int) Math.min(strip, width - column);
            prologue.prepare(frame, params, Frame.BLOCK);
            fold(frame, result / strips, from, Math.min(length, from + partLength), length, width, column, n);
            if (kind == Kind.LONG) {
                whole[task] = Arrays.copyOf(frame.foldedLongs, n);
            } else if (kind == Kind.FLOAT && op != ReduceOp.SUM) {
                floating[task] = widened(frame.foldedFloats, n);
            } else {
                floating[task] = Arrays.copyOf(frame.foldedDoubles, n);
            }
        });
        Frame frame = workers.frame();
        for (int result = 0; result < results; result++) {
            long column = (long) (result % strips) * strip;
            int n = (int) Math.min(strip, width - column);
            reset(frame, n);
            if (kind == Kind.LONG) {
                for (int part = 0; part < parts; part++) {
                    addLongs(frame.foldedLongs, whole[result * parts + part], 0, n);
                }
            } else {
                System.arraycopy(floating[result * parts], 0, frame.foldedDoubles, 0, n);
                for (int part = 1; part < parts; part++) {
                    addDoubles(frame.foldedDoubles, floating[result * parts + part], 0, n);
                }
            }
            if (kind == Kind.FLOAT) {
                for (int i = 0; i < n; i++) {
                    frame.foldedFloats[i] = (float) frame.foldedDoubles[i];
                }
            }
            epilogue.prepare(frame, params, n);
            epilogue.run(frame, kept, result / strips * width + column, n);
        }
    }

    private static double[] widened(float[] from, int n) {
        double[] wide = new double[n];
        for (int i = 0; i < n; i++) {
            wide[i] = from[i];
        }
        return wide;
    }
}
