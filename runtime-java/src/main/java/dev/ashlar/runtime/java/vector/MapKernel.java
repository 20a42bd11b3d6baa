// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.vector;

import dev.ashlar.runtime.java.device.CompiledKernel;
import dev.ashlar.runtime.java.device.MemoryPool;
import dev.ashlar.runtime.java.device.Operands;
import dev.ashlar.runtime.java.device.Support;
import dev.ashlar.spi.Binding;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.KernelCode;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** A {@link Kernel.Map}: blocks of points in row-major order. */
final class MapKernel extends CompiledKernel {
    /** Below this many elements times loops a launch stays on the caller's thread: waking another costs more. */
    static final long PARALLEL = 64 << 10;

    /** Points that one task computes: a multiple of the block. */
    private static final int CHUNK = 32 * Frame.BLOCK;

    private final Operands operands;
    private final Program program;
    private final Space space;
    private final int[] order;
    private final Workers workers;

    MapKernel(KernelCode code, Kernel.Map map, boolean exactRank, MemoryPool pool, Lanes lanes, Workers workers) {
        super(code, pool);
        Support.check(map.body(), map.inputs(), map.params(), code.rank(), null);
        this.operands = new Operands(pool, map.inputs(), map.outputs(), code.rank(), exactRank, false, Set.of());
        int inputs = map.inputs().size();
        this.program = Program.compile(
                map.body(), lanes, IntStream.range(inputs, inputs + map.outputs().size()).toArray());
        this.space = program.space(code.rank());
        this.order = IntStream.range(0, code.rank()).toArray();
        this.workers = workers;
    }

    @Override
    public int bindings() {
        return operands.count();
    }

    @Override
    public void launch(List<Binding> bindings, int first, KernelArgs args) {
        operands.bind(bindings, first, args, -1, -1);
        space.configure(operands, args, order, args.sizes().length);
        long points = space.points();
        if (points * program.operations() < PARALLEL || points <= CHUNK) {
            run(workers.frame(), args.params(), 0, points);
            return;
        }
        int tasks = Math.toIntExact((points + CHUNK - 1) / CHUNK);
        workers.run(tasks, (frame, task) -> {
            long from = (long) task * CHUNK;
            run(frame, args.params(), from, Math.min(points, from + CHUNK));
        });
    }

    private void run(Frame frame, long[] params, long from, long to) {
        program.prepare(frame, params, (int) Math.min(to - from, Frame.BLOCK));
        for (long at = from; at < to; at += Frame.BLOCK) {
            program.run(frame, space, at, (int) Math.min(to - at, Frame.BLOCK));
        }
    }
}
