// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.launch;

import dev.ashlar.runtime.opencl.memory.ClBuffer;
import dev.ashlar.runtime.opencl.memory.DeviceMemory;
import dev.ashlar.runtime.opencl.program.Compiler;
import dev.ashlar.runtime.opencl.render.Renderer;
import dev.ashlar.spi.Binding;
import dev.ashlar.spi.Expr;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.List;

/** Launches of a fold. How it is cut depends on shape alone, so results depend neither on the moment nor on the layout. */
final class ReduceLaunch extends PartLaunch {
    private static final long SHORT = 16384;
    private static final long PIECE = 65536;
    private static final long PIECES = 1024;
    private static final long MANY_SHORT = 4096;
    private static final long MANY_PIECE = 1024;

    private final Kernel.Reduce kernel;
    private final int rank;
    private final int keptAxes;
    private final Geometry geometry;
    private final Geometry[] geometries;
    private final boolean[] read;
    private final int keptAt = extra("kept");
    private final int reducedAt = extra("reduced");
    private final int splitsAt = extra("splits");
    private final int chunkAt = extra("chunk");
    private final int vecAt = extra("vec");
    private final int blocksAt = extra("blocks");

    ReduceLaunch(LaunchContext context, Kernel.Reduce kernel, int rank, Renderer.Part part, Compiler.Unit unit) {
        super(context, part, unit);
        this.kernel = kernel;
        this.rank = rank;
        this.keptAxes = rank - kernel.reducedAxes();
        List<DType> types = new ArrayList<>(kernel.inputs());
        types.add(kernel.output());
        boolean coordinates = readsAxes(kernel.prologue()) || readsAxes(kernel.epilogue());
        this.geometry = new Geometry(types, new int[] {0, keptAxes, rank}, !coordinates);
        this.geometries = new Geometry[] {geometry};
        this.read = new boolean[types.size()];
        kernel.prologue().instructions().stream()
                .filter(step -> step.op() == ScalarOp.INPUT)
                .forEach(step -> read[(int) step.immediate()] = true);
    }

    private static boolean readsAxes(Expr expr) {
        return expr.instructions().stream().anyMatch(step -> step.op() == ScalarOp.AXIS_INDEX);
    }

    @Override
    void launch(List<Binding> buffers, KernelArgs args) {
        geometry.load(args, buffers, 0);
        long kept = geometry.count(0, keptAxes);
        long reduced = geometry.count(keptAxes, rank);
        boolean position = kernel.op().isPosition();
        boolean rows = kernel.reducedAxes() > 0 && isAlong(rank - 1);
        boolean columns = !rows && blocksAt >= 0 && isAlong(keptAxes - 1);
        set(keptAt, kept);
        set(reducedAt, reduced);
        set(vecAt, rows && !position ? 1 : 0);
        long blocks = columns ? divideUp(geometry.sizes[keptAxes - 1], Renderer.columnBlock(kernel, target)) : 1;
        set(blocksAt, blocks);
        long results = columns ? kept / geometry.sizes[keptAxes - 1] * blocks : kept;
        boolean tree = !target.loops() && reduced >= target.group();
        long chunk = chunk(kept, reduced);
        long splits = Math.max(1, divideUp(reduced, chunk));
        set(chunkAt, chunk);
        set(splitsAt, splits);

        Variant variant = variant(geometry.isWide(-1, -1) || kept * splits > Integer.MAX_VALUE / 2);
        variant.block().fill(geometries, extras);
        ClKernel kernel = variant.kernel(columns ? "cols" : tree ? "tree" : "fold");
        long items = results * splits;
        int group = target.loops() ? 1 : target.group();
        bindAll(kernel, buffers, kept * splits, splits > 1);
        kernel.launch(tree ? items : divideUp(items, group), group);
        if (splits > 1) {
            ClKernel last = variant.kernel("last");
            bindAll(last, buffers, kept * splits, true);
            last.launch(divideUp(kept, group), group);
        }
    }

    /** Returns whether vectors may lie along an axis for all that the prologue reads. */
    private boolean isAlong(int axis) {
        if (axis < 0 || geometry.sizes[axis] < target.lanes()) {
            return false;
        }
        for (int j = 0; j < read.length; j++) {
            if (read[j] && geometry.strides[j][axis] != 0 && geometry.strides[j][axis] != 1) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns how many elements one work-item (or group) folds, by shape alone: all of a short fold; else pieces, so that a device with
     * few results is kept busy, and so that walking down the columns of a long matrix keeps its pages at hand while the neighbouring
     * columns are folded.
     */
    private long chunk(long results, long reduced) {
        long enough = target.loops() ? 16 : 1024;
        if (results >= enough) {
            boolean whole = !target.loops() || reduced <= MANY_SHORT;
            return Math.max(1, whole ? reduced : Math.max(MANY_PIECE, divideUp(reduced, PIECES)));
        }
        if (reduced <= SHORT) {
            return Math.max(1, reduced);
        }
        long share = divideUp(reduced * results, enough);
        long piece = Math.max(SHORT / 4, Math.min(PIECE, (share + 63) / 64 * 64));
        return Math.max(piece, divideUp(reduced, PIECES));
    }

    private void bindAll(ClKernel target, List<Binding> buffers, long partials, boolean needed) {
        int count = kernel.inputs().size() + 1;
        bind(target, buffers, 0, count);
        boolean position = kernel.op().isPosition();
        if (!needed) {
            // An argument must be set although nothing is read through it.
            bindUnused(target, buffers, count + 1);
            if (position) {
                bindUnused(target, buffers, count + 2);
            }
            return;
        }
        // Values take at most 8 bytes each; the indices of positions lie behind them in the same piece.
        DeviceMemory scratch = context.allocator().scratch(Math.max(64, partials * (position ? 16 : 8)));
        target.buffer(count + 1, scratch);
        if (position) {
            target.buffer(count + 2, scratch);
        }
    }

    private static void bindUnused(ClKernel target, List<Binding> buffers, int number) {
        if (buffers.getLast().buffer() instanceof ClBuffer any) {
            target.buffer(number, any.memory());
        }
    }
}
