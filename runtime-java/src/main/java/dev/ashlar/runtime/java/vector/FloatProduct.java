// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.vector;

import dev.ashlar.runtime.java.vector.ContractKernel.Factors;
import dev.ashlar.type.DType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The float32 product. The second factor is packed into panels for all threads, then tasks of some rows (and, if there are few rows, some
 * columns) pack their part of the first factor and go over blocks of columns whose result stays in the second-level cache. Sums are
 * built in the order of k in steps of {@link #DEPTH}, whatever the path, so threads and vector width do not show.
 */
final class FloatProduct implements ContractKernel.Product {
    /** Terms between two visits of a tile; a panel of the second factor then fills half of a first-level cache. */
    private static final int DEPTH = 256;
    /** Rows of a task, about. */
    private static final int TASK_ROWS = 96;
    /** Columns of a block, about. */
    private static final int BLOCK_COLUMNS = 256;
    /** Terms that are packed at a time: bounds the memory of a product with a very long sum. */
    private static final int SPAN = 4096;
    /** Elements that are packed of the second factor, and computed of the result, at a time. */
    private static final long LARGEST = 1 << 24;
    /** Tasks that are worth having before columns are split too. */
    private static final int ENOUGH = 8;
    /** Multiplications below which all happens on the caller's thread. */
    private static final long PARALLEL = 200_000;
    /** Multiplications of one batch up to which batches are tasks. */
    private static final long SMALL_BATCH = 8_000_000;

    /** Elements of a first factor that is packed once for all batches. */
    private static final long SHARED = 1 << 18;

    private final Factors factors;
    private final ProductEpilogue epilogue;
    private final Lanes lanes;
    private final Workers workers;
    private final int tileRows;
    private final int tileColumns;
    private final VectorProduct vectors;
    private float[] sharedPanel = {};
    private float[] sharedResult = {};
    private float[] sharedRows = {};

    FloatProduct(Factors factors, ProductEpilogue epilogue, Lanes lanes, Workers workers) {
        this.factors = factors;
        this.epilogue = epilogue;
        this.lanes = lanes;
        this.workers = workers;
        this.tileRows = lanes.tileRows();
        this.tileColumns = lanes.tileColumns();
        this.vectors = new VectorProduct(factors, epilogue, lanes, workers);
    }

    @Override
    public void run(long[] params) {
        int rows = factors.rows.size();
        int columns = factors.columns.size();
        int depth = factors.depth();
        int batches = factors.batches();
        if (vectors.suits(rows, columns)) {
            vectors.run(params);
            return;
        }
        long work = (long) rows * columns * depth;
        if (work * batches < PARALLEL) {
            for (int batch = 0; batch < batches; batch++) {
                alone(workers.frame(), params, batch, null);
            }
        } else if (batches >= ENOUGH && work <= SMALL_BATCH && packedSize(columns, depth) <= LARGEST && depth <= SPAN) {
            // Convolutions multiply every image with the same weight.
            boolean shared = factors.batchA.isStep(0) && (long) rows * depth <= SHARED;
            if (shared) {
                sharedRows = grown(sharedRows, (long) Math.ceilDiv(rows, tileRows) * tileRows * depth);
                packRows(workers.frame(), 0, 0, Math.ceilDiv(rows, tileRows), 0, depth, sharedRows);
            }
            workers.run(batches, (frame, batch) -> alone(frame, params, batch, shared ? sharedRows : null));
        } else {
            for (int batch = 0; batch < batches; batch++) {
                together(params, batch);
            }
        }
    }

    private long packedSize(int columns, int depth) {
        return (long) Math.ceilDiv(columns, tileColumns) * tileColumns * depth;
    }

    /**
     * Computes a batch on one thread, in its own scratch.
     *
     * @param packedRows the first factor as tiles, if it is packed already
     */
    private void alone(Frame frame, long[] params, int batch, float @Nullable [] packedRows) {
        int rows = factors.rows.size();
        int columns = factors.columns.size();
        int depth = factors.depth();
        if (depth > SPAN || packedSize(columns, depth) > LARGEST) {
            // Only a thin product is so deep and yet so small.
            together(params, batch);
            return;
        }
        frame.panelB = grown(frame.panelB, packedSize(columns, depth));
        Span span = new Span(batch, 0, columns, 0, depth, true, true, frame.panelB);
        int panels = Math.ceilDiv(columns, tileColumns);
        for (int panel = 0; panel < panels; panel++) {
            packColumns(frame, span, panel);
        }
        int rowTiles = Math.ceilDiv(rows, tileRows);
        int blockTiles = Math.max(1, TASK_ROWS / tileRows);
        for (int tile = 0; tile < rowTiles; tile += blockTiles) {
            task(frame, params, span, tile, Math.min(rowTiles, tile + blockTiles), 0, panels, 0, packedRows);
        }
    }

    /** Computes a batch on all threads. */
    private void together(long[] params, int batch) {
        int rows = factors.rows.size();
        int columns = factors.columns.size();
        int depth = factors.depth();
        int paddedRows = Math.ceilDiv(rows, tileRows) * tileRows;
        long room = Math.min(LARGEST / Math.max(1, Math.min(depth, SPAN)), depth > SPAN ? LARGEST / paddedRows : Long.MAX_VALUE);
        int strip = (int) Math.min(columns, Math.max(tileColumns, room / tileColumns * tileColumns));
        for (int column = 0; column < columns; column += strip) {
            int width = Math.min(strip, columns - column);
            int start = 0;
            do {
                int span = Math.min(SPAN, depth - start);
                sharedPanel = grown(sharedPanel, packedSize(width, span));
                pass(params, new Span(batch, column, width, start, span, start == 0, start + span == depth, sharedPanel), rows);
                start += span;
            } while (start < depth);
        }
    }

    /**
     * A part of a product: some columns, some terms.
     *
     * @param first whether the sums start here
     * @param last whether they end here
     */
    private record Span(int batch, int column, int width, int start, int depth, boolean first, boolean last, float[] panel) {}

    private void pass(long[] params, Span span, int rows) {
        int panels = Math.ceilDiv(span.width, tileColumns);
        int packers = Math.ceilDiv(panels, 4);
        workers.run(packers, (frame, index) -> {
            for (int panel = index * 4; panel < Math.min(panels, index * 4 + 4); panel++) {
                packColumns(frame, span, panel);
            }
        });
        int rowTiles = Math.ceilDiv(rows, tileRows);
        int rowTasks = even(Math.ceilDiv(rowTiles, Math.max(1, TASK_ROWS / tileRows)), rowTiles);
        int columnTasks = rowTasks >= ENOUGH ? 1 : Math.min(panels, Math.ceilDiv(ENOUGH, rowTasks));
        boolean kept = !(span.first && span.last);
        if (kept) {
            sharedResult = grown(sharedResult, (long) rowTiles * tileRows * panels * tileColumns);
        }
        workers.run(rowTasks * columnTasks, (frame, index) -> {
            int rowTask = index / columnTasks;
            int columnTask = index % columnTasks;
            int tile = share(rowTiles, rowTask, rowTasks);
            int panel = share(panels, columnTask, columnTasks);
            int endTile = share(rowTiles, rowTask + 1, rowTasks);
            int endPanel = share(panels, columnTask + 1, columnTasks);
            // Where sums continue in a later pass, each task keeps its result at a place of its own.
            long at = ((long) tile * panels + (long) (endTile - tile) * panel) * tileRows * tileColumns;
            task(frame, params, span, tile, endTile, panel, endPanel, kept ? at : 0, null);
        });
    }

    // An even number of tasks, if there is enough to do, so that two threads end together.
    private static int even(int tasks, int most) {
        return Math.min(most, tasks > 1 && tasks % 2 == 1 ? tasks + 1 : tasks);
    }

    private static int share(int count, int part, int parts) {
        return (int) ((long) count * part / parts);
    }

    private void packColumns(Frame frame, Span span, int panel) {
        int used = Math.min(tileColumns, span.width - panel * tileColumns);
        Packing.pack(
                frame,
                factors.typeB,
                factors.baseB + factors.batchB.at(span.batch),
                factors.columns,
                span.column + panel * tileColumns,
                used,
                factors.sumB,
                span.start,
                span.depth,
                span.panel,
                panel * tileColumns * span.depth,
                tileColumns);
    }

    private void packRows(Frame frame, int batch, int tile, int endTile, int start, int depth, float[] to) {
        int last = Math.min(factors.rows.size(), endTile * tileRows);
        if (factors.typeA == DType.FLOAT32 && factors.rows.isStep(4) && last - tile * tileRows <= TASK_ROWS) {
            Packing.packLines(
                    frame, factors.baseA + factors.batchA.at(batch), factors.rows, tile * tileRows, last, factors.sumA, start, depth, to, 0,
                    tileRows);
            return;
        }
        for (int i = tile; i < endTile; i++) {
            Packing.pack(
                    frame,
                    factors.typeA,
                    factors.baseA + factors.batchA.at(batch),
                    factors.rows,
                    i * tileRows,
                    Math.min(tileRows, factors.rows.size() - i * tileRows),
                    factors.sumA,
                    start,
                    depth,
                    to,
                    (i - tile) * tileRows * depth,
                    tileRows);
        }
    }

    /** Computes the row tiles [tile, endTile) at the panels [panel, endPanel). */
    private void task(
            Frame frame,
            long[] params,
            Span span,
            int tile,
            int endTile,
            int panel,
            int endPanel,
            long at,
            float @Nullable [] packedRows) {
        int rows = factors.rows.size();
        int depth = span.depth;
        int height = (endTile - tile) * tileRows;
        float[] a = packedRows;
        if (a == null) {
            frame.panelA = grown(frame.panelA, (long) height * depth);
            a = frame.panelA;
            packRows(frame, span.batch, tile, endTile, span.start, depth, a);
        }
        int offset = packedRows == null ? 0 : tile * tileRows * depth;
        boolean kept = !(span.first && span.last);
        int blockPanels = Math.max(1, BLOCK_COLUMNS / tileColumns);
        for (int block = panel; block < endPanel; block += blockPanels) {
            int blockEnd = Math.min(endPanel, block + blockPanels);
            int stride = (blockEnd - block) * tileColumns;
            int corner = Math.toIntExact(kept ? at + (long) (block - panel) * tileColumns * height : 0);
            if (!kept) {
                frame.tile = grown(frame.tile, (long) height * stride);
            }
            float[] result = kept ? sharedResult : frame.tile;
            if (depth == 0) {
                Arrays.fill(result, corner, corner + height * stride, 0);
            }
            for (int k = 0; k < depth; k += DEPTH) {
                int terms = Math.min(DEPTH, depth - k);
                block(a, offset, span.panel, depth, k, terms, height, block, blockEnd, result, corner, !span.first || k > 0);
            }
            if (span.last) {
                int column = block * tileColumns;
                int width = Math.min(stride, span.width - column);
                int row = tile * tileRows;
                epilogue.store(
                        frame,
                        params,
                        span.batch,
                        row,
                        Math.min(height, rows - row),
                        span.column + column,
                        width,
                        result,
                        corner,
                        stride);
            }
        }
    }

    private void block(
            float[] a, int ao, float[] b, int depth, int k, int terms, int height, int panel, int endPanel, float[] c, int at,
                    boolean increase) {
        int stride = (endPanel - panel) * tileColumns;
        for (int j = panel; j < endPanel; j++) {
            int bo = (j * depth + k) * tileColumns;
            int co = at + (j - panel) * tileColumns;
            for (int i = 0; i < height; i += tileRows) {
                lanes.tile(terms, a, ao + i * depth + k * tileRows, b, bo, c, co + i * stride, stride, increase);
            }
        }
    }

    private static float[] grown(float[] array, long size) {
        return array.length >= size ? array : new float[Math.toIntExact(size)];
    }
}
