// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.vector;

import dev.ashlar.runtime.java.device.Native;
import dev.ashlar.runtime.java.device.Operands;
import dev.ashlar.spi.Expr;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.type.DType;
import java.lang.foreign.MemorySegment;

/** Runs a product's epilogue on finished rows of a tile and stores them. */
final class ProductEpilogue {
    /** From here on a row is worth a copy of its own. */
    private static final int LONG = 64;

    private final Program program;
    private final Space space;
    private final boolean plain;
    private int columns;
    private long perBatch;

    ProductEpilogue(Kernel.Contract kernel, Lanes lanes, int rank) {
        this.program = Program.compile(kernel.epilogue(), lanes, new int[] {kernel.inputs().size()});
        this.space = program.space(rank);
        this.plain = kernel.epilogue().equals(Expr.result(DType.FLOAT32, DType.FLOAT32));
    }

    /**
     * Takes over a launch.
     *
     * @param count batch, row and column axes, the first of {@code order}
     * @param columns elements of a row
     * @param perBatch elements of a batch
     */
    void configure(Operands operands, KernelArgs args, int[] order, int count, int columns, long perBatch) {
        space.configure(operands, args, order, count);
        this.columns = columns;
        this.perBatch = perBatch;
    }

    /**
     * Stores the rows [row, row + height) at the columns [column, column + width) of a batch.
     *
     * @param tile element (r, c) at [at + r * stride + c], r and c counted from the corner
     */
    void store(Frame frame, long[] params, int batch, int row, int height, int column, int width, float[] tile, int at, int stride) {
        int output = program.outputOperand();
        long start = batch * perBatch + (long) row * columns + column;
        if (plain && space.isLinear(output) && (width >= LONG || width < columns)) {
            long address = space.base(output) + 4 * start;
            for (int r = 0; r < height; r++) {
                MemorySegment.copy(tile, at + r * stride, Native.ALL, Native.F32, address + 4L * r * columns, width);
            }
            return;
        }
        program.prepare(frame, params, Frame.BLOCK);
        // Rows that follow each other in memory share a block; with few columns that saves most of the calls.
        int together = width == columns ? Math.max(1, Frame.BLOCK / width) : 1;
        for (int r = 0; r < height; r += together) {
            int rows = Math.min(together, height - r);
            for (int c = 0; c < width; c += Frame.BLOCK) {
                int n = Math.min(Frame.BLOCK, width - c);
                for (int i = 0; i < rows; i++) {
                    System.arraycopy(tile, at + (r + i) * stride + c, frame.foldedFloats, i * n, n);
                }
                program.run(frame, space, start + (long) r * columns + c, rows * n);
            }
        }
    }

    /** Readies a frame for {@link #storeFolded}. */
    void prepare(Frame frame, long[] params) {
        program.prepare(frame, params, Frame.BLOCK);
    }

    /** Stores a part of a row whose values are the frame's folded ones already; {@link #prepare} came before. */
    void storeFolded(Frame frame, int batch, int row, int column, int width) {
        program.run(frame, space, batch * perBatch + (long) row * columns + column, width);
    }
}
