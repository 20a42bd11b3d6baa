// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.launch;

import dev.ashlar.runtime.opencl.memory.DeviceMemory;
import dev.ashlar.runtime.opencl.program.Compiler;
import dev.ashlar.runtime.opencl.render.Renderer;
import dev.ashlar.runtime.opencl.render.Tile;
import dev.ashlar.spi.Binding;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Launches of a product: which way is taken, and how it is cut. */
final class ContractLaunch extends PartLaunch {
    // Below this, packing costs more than it saves.
    private static final long PACKED_WORK = 1 << 15;
    private static final long TILED_WORK = 1 << 15;
    // Panels of a launch; more batches are taken in several launches.
    private static final long PACKED_BYTES = 1L << 28;
    private static final long BLOCK_ROWS = 96;
    private static final long BLOCK_COLUMNS = 256;

    private final Kernel.Contract kernel;
    private final int rank;
    private final int rowsFrom;
    private final int columnsFrom;
    private final int sumFrom;
    private final int output;
    private final boolean packed;
    private final @Nullable Tile tile;
    private final boolean readsCoordinates;
    private final Geometry geometry;
    private final Geometry[] geometries;
    private long rows;
    private long columns;
    private long depth;
    private long batches;

    ContractLaunch(LaunchContext context, Kernel.Contract kernel, int rank, Renderer.Part part, Compiler.Unit unit) {
        super(context, part, unit);
        this.kernel = kernel;
        this.rank = rank;
        this.rowsFrom = kernel.batchAxes();
        this.columnsFrom = rowsFrom + kernel.rowAxes();
        this.sumFrom = columnsFrom + kernel.columnAxes();
        this.output = kernel.inputs().size();
        this.packed = Renderer.isPacked(kernel, target);
        this.tile = target.loops() ? null : Tile.of(target, kernel.accumulator());
        List<DType> types = new ArrayList<>(kernel.inputs());
        types.add(kernel.output());
        this.readsCoordinates = kernel.epilogue().instructions().stream().anyMatch(step -> step.op() == ScalarOp.AXIS_INDEX);
        this.geometry = new Geometry(types, new int[] {0, rowsFrom, columnsFrom, sumFrom, rank}, !readsCoordinates);
        this.geometries = new Geometry[] {geometry};
    }

    @Override
    void launch(List<Binding> buffers, KernelArgs args) {
        geometry.load(args, buffers, 0);
        batches = geometry.count(0, rowsFrom);
        rows = geometry.count(rowsFrom, columnsFrom);
        columns = geometry.count(columnsFrom, sumFrom);
        depth = geometry.count(sumFrom, rank);
        set(extra("batches"), batches);
        set(extra("rows"), rows);
        set(extra("columns"), columns);
        set(extra("depth"), depth);
        boolean large = rows * columns * depth >= PACKED_WORK && rows >= 4 && columns >= 8 && depth >= 8;
        if (packed && large) {
            packed(buffers);
        } else if (tile != null && depth > 0 && rows * columns * depth >= TILED_WORK) {
            tiled(buffers, tile);
        } else {
            direct(buffers);
        }
    }

    private void direct(List<Binding> buffers) {
        int lanes = target.loops() ? target.lanes() : 1;
        long blocks = divideUp(columns, lanes);
        set(extra("blocks"), blocks);
        set(extra("mode"), isUnit(1, columnsFrom, sumFrom) ? 1 : isUnit(0, sumFrom, rank) && isUnit(1, sumFrom, rank) ? 2 : 0);
        Variant variant = variant(isWide());
        variant.block().fill(geometries, extras);
        ClKernel dot = variant.kernel("dot");
        bind(dot, buffers, 0, output + 1);
        int group = target.loops() ? 1 : target.group();
        dot.launch(divideUp(batches * rows * blocks, group), group);
    }

    private void tiled(List<Binding> buffers, Tile shape) {
        long down = divideUp(rows, shape.rows());
        long across = divideUp(columns, shape.columns());
        set(extra("blocks"), columns);
        set(extra("tilesI"), down);
        set(extra("tilesJ"), across);
        set(extra("fastA"), rank > sumFrom && geometry.strides[0][rank - 1] == 1 ? 1 : 0);
        set(extra("fastB"), rank > sumFrom && geometry.strides[1][rank - 1] == 1 ? 1 : 0);
        Variant variant = variant(isWide());
        variant.block().fill(geometries, extras);
        ClKernel kernel = variant.kernel("tile");
        bind(kernel, buffers, 0, output + 1);
        kernel.launch(batches * down * across, shape.items());
    }

    private void packed(List<Binding> buffers) {
        int height = Renderer.packedHeight();
        int width = Renderer.packedWidth(target);
        long panelsA = divideUp(rows, height);
        long panelsB = divideUp(columns, width);
        long perBatch = (panelsA * height + panelsB * width) * depth;
        long slices = Math.max(1, Math.min(batches, PACKED_BYTES / 4 / perBatch));
        long baseB = (slices * panelsA * height * depth + 63) / 64 * 64;
        set(extra("panelsA"), panelsA);
        set(extra("panelsB"), panelsB);
        set(extra("baseB"), baseB);
        set(extra("vecB"), isUnit(1, columnsFrom, sumFrom) ? 1 : 0);
        set(extra("vecC"), isVectorOutput() ? 1 : 0);
        long packPieces = Math.max(1, Math.min(divideUp(depth, 128), divideUp(8, Math.min(panelsA, panelsB) * slices)));
        long packDepth = divideUp(depth, packPieces);
        set(extra("packPieces"), packPieces);
        set(extra("packDepth"), packDepth);
        long blockColumns = Math.max(width, BLOCK_COLUMNS / width * width);
        long blocksJ = divideUp(columns, blockColumns);
        long blockRows = BLOCK_ROWS;
        // A few blocks per core even out their speeds; small products get small blocks instead of idle cores.
        while (blockRows > height && divideUp(rows, blockRows) * blocksJ * slices < 8) {
            blockRows = Math.max(height, blockRows / 2 / height * height);
        }
        long blocksI = divideUp(rows, blockRows);
        set(extra("blockRows"), blockRows);
        set(extra("blockColumns"), blockColumns);
        set(extra("blockDepth"), keepsPartialSums(buffers) ? Renderer.packedDepth() : depth);
        set(extra("blocksI"), blocksI);
        set(extra("blocksJ"), blocksJ);
        DeviceMemory scratch = context.allocator().scratch((baseB + slices * panelsB * width * depth) * 4);
        boolean wide = isWide() || baseB + slices * panelsB * width * depth > Integer.MAX_VALUE / 2;
        for (long from = 0; from < batches; from += slices) {
            long count = Math.min(slices, batches - from);
            set(extra("sliceFrom"), from);
            Variant variant = variant(wide);
            variant.block().fill(geometries, extras);
            run(variant.kernel("packA"), buffers, scratch, panelsA * packPieces * count);
            run(variant.kernel("packB"), buffers, scratch, panelsB * packPieces * count);
            run(variant.kernel("gemm"), buffers, scratch, blocksI * blocksJ * count);
        }
    }

    private void run(ClKernel kernel, List<Binding> buffers, DeviceMemory scratch, long items) {
        bind(kernel, buffers, 0, output + 1);
        kernel.buffer(output + 2, scratch);
        kernel.launch(items, 1);
    }

    /** Returns whether the output can hold sums that are not complete yet: its type can, and the epilogue reads none of its memory. */
    private boolean keepsPartialSums(List<Binding> buffers) {
        if (kernel.output() != DType.FLOAT32) {
            return false;
        }
        for (int j = 2; j < output; j++) {
            if (buffers.get(j).buffer() == buffers.get(output).buffer()) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether an operand lies with stride 1 along a group of axes that is one axis. */
    private boolean isUnit(int operand, int from, int to) {
        return to > from && geometry.longAxes(from, to) <= 1 && geometry.strides[operand][to - 1] == 1;
    }

    private boolean isVectorOutput() {
        if (readsCoordinates || !isUnit(output, columnsFrom, sumFrom)) {
            return false;
        }
        for (int j = 2; j < output; j++) {
            long stride = geometry.strides[j][sumFrom - 1];
            if (stride != 0 && stride != 1) {
                return false;
            }
        }
        return true;
    }

    private boolean isWide() {
        return geometry.isWide(-1, -1) || batches * rows * columns > Integer.MAX_VALUE / 2;
    }
}
