// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.vector;

import dev.ashlar.type.DType;

/**
 * Folds the row of every kept point. Short rows share a block; long ones take several; very long ones are split over tasks when
 * there are few.
 */
final class RowReduction {
    private final Fold fold;
    private final DType accumulator;
    private final Program prologue;
    private final Program epilogue;
    private final Space walked;
    private final Space kept;
    private final Workers workers;

    RowReduction(Fold fold, DType accumulator, Program prologue, Program epilogue, Space walked, Space kept, Workers workers) {
        this.fold = fold;
        this.accumulator = accumulator;
        this.prologue = prologue;
        this.epilogue = epilogue;
        this.walked = walked;
        this.kept = kept;
        this.workers = workers;
    }

    /** Returns the space that the prologue walks: kept axes, then reduced ones. */
    Space walked() {
        return walked;
    }

    /**
     * Computes.
     *
     * @param length elements per row, may be 0
     */
    void run(long[] params, long length) {
        long count = kept.points();
        if (count < ReduceKernel.FEW && length >= 2L * ReduceKernel.CHUNK) {
            runSplit(params, count, length);
            return;
        }
        long work = count * length * prologue.operations();
        long perTask = Math.max(1, ReduceKernel.CHUNK / Math.max(1, length));
        if (work < MapKernel.PARALLEL || count <= perTask) {
            rows(workers.frame(), params, 0, count, length);
            return;
        }
        int tasks = Math.toIntExact((count + perTask - 1) / perTask);
        workers.run(tasks, (frame, task) -> {
            long from = task * perTask;
            rows(frame, params, from, Math.min(count, from + perTask), length);
        });
    }

    private void rows(Frame frame, long[] params, long from, long to, long length) {
        for (long block = from; block < to; block += Frame.BLOCK) {
            int points = (int) Math.min(to - block, Frame.BLOCK);
            prologue.prepare(frame, params, (int) Math.min(Frame.BLOCK, points * length));
            if (length <= Frame.BLOCK) {
                shortRows(frame, block, points, (int) length);
            } else {
                for (int i = 0; i < points; i++) {
                    part(frame, (block + i) * length, 0, length);
                    fold.finish(frame, frame.fold, i, accumulator);
                }
            }
            epilogue.prepare(frame, params, points);
            epilogue.run(frame, kept, block, points);
        }
    }

    private void shortRows(Frame frame, long block, int points, int length) {
        int together = length == 0 ? points : Math.max(1, Frame.BLOCK / length);
        int register = prologue.resultRegister();
        for (int i = 0; i < points; i += together) {
            int rows = Math.min(together, points - i);
            if (length > 0) {
                prologue.run(frame, walked, (block + i) * length, rows * length);
            }
            for (int row = 0; row < rows; row++) {
                fold.reset(frame.fold);
                if (length > 0) {
                    fold.add(frame, register, row * length, length, 0, frame.fold);
                }
                fold.finish(frame, frame.fold, i + row, accumulator);
            }
        }
    }

    /** Folds the elements [from, to) of the row that starts at a point of the walked space into the frame's state. */
    private void part(Frame frame, long start, long from, long to) {
        fold.reset(frame.fold);
        for (long at = from; at < to; at += Frame.BLOCK) {
            int n = (int) Math.min(to - at, Frame.BLOCK);
            prologue.run(frame, walked, start + at, n);
            fold.add(frame, prologue.resultRegister(), 0, n, at, frame.fold);
        }
    }

    private void runSplit(long[] params, long count, long length) {
        int parts = Math.toIntExact((length + ReduceKernel.CHUNK - 1) / ReduceKernel.CHUNK);
        int tasks = Math.toIntExact(count * parts);
        Fold.State[] states = new Fold.State[tasks];
        workers.run(tasks, (frame, task) -> {
            long from = (long) (task % parts) * ReduceKernel.CHUNK;
            prologue.prepare(frame, params, Frame.BLOCK);
            part(frame, task / parts * length, from, Math.min(length, from + ReduceKernel.CHUNK));
            states[task] = frame.fold.copy();
        });
        Frame frame = workers.frame();
        for (int i = 0; i < count; i++) {
            Fold.State whole = states[i * parts];
            for (int part = 1; part < parts; part++) {
                fold.merge(whole, states[i * parts + part]);
            }
            fold.finish(frame, whole, i, accumulator);
        }
        epilogue.prepare(frame, params, (int) count);
        epilogue.run(frame, kept, 0, (int) count);
    }
}
