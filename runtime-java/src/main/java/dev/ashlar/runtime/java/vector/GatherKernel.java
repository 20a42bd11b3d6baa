// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.vector;

import dev.ashlar.runtime.java.device.CompiledKernel;
import dev.ashlar.runtime.java.device.MemoryPool;
import dev.ashlar.runtime.java.device.Native;
import dev.ashlar.runtime.java.device.Operands;
import dev.ashlar.spi.Binding;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.KernelCode;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Set;

/** A {@link Kernel.Gather}: whole rows are copied where they share an index, as in an embedding. */
final class GatherKernel extends CompiledKernel {
    private final Operands operands;
    private final IndexedRows rows;
    private final int axis;
    private final int bytes;
    private final Workers workers;

    GatherKernel(KernelCode code, Kernel.Gather kernel, MemoryPool pool, Workers workers) {
        super(code, pool);
        this.operands = new Operands(pool, kernel.inputs(), kernel.outputs(), code.rank(), true, true, Set.of());
        this.rows = new IndexedRows(0, kernel.axis(), code.rank(), kernel.index());
        this.axis = kernel.axis();
        this.bytes = kernel.type().bytes();
        this.workers = workers;
    }

    @Override
    public int bindings() {
        return operands.count();
    }

    @Override
    public void launch(List<Binding> bindings, int first, KernelArgs args) {
        operands.bind(bindings, first, args, axis, 0);
        rows.configure(operands, args);
        long points = rows.points();
        IndexedRows.Row row = rows.step(1) == 0 ? this::shared : this::separate;
        if (points < MapKernel.PARALLEL) {
            rows.run(workers.frame(), 0, points, row);
        } else {
            long chunk = ReduceKernel.CHUNK;
            workers.run(
                    Math.toIntExact((points + chunk - 1) / chunk),
                    (frame, task) -> rows.run(frame, task * chunk, Math.min(points, (task + 1) * chunk), row));
        }
        rows.report(operands.address(3), args.site());
    }

    private void shared(Frame frame, long[] addresses, int n) {
        long index = rows.index(addresses[1]);
        long step = rows.step(2);
        if (!rows.isGood(index)) {
            rows.bad(frame.position, index);
            for (int i = 0; i < n; i++) {
                zero(addresses[2] + i * step);
            }
            return;
        }
        long from = addresses[0] + rows.distance(index);
        long sourceStep = rows.step(0);
        if (step == bytes && sourceStep == bytes) {
            MemorySegment.copy(Native.ALL, from, Native.ALL, addresses[2], (long) n * bytes);
            return;
        }
        for (int i = 0; i < n; i++) {
            copy(from + i * sourceStep, addresses[2] + i * step);
        }
    }

    private void separate(Frame frame, long[] addresses, int n) {
        for (int i = 0; i < n; i++) {
            long index = rows.index(addresses[1] + i * rows.step(1));
            long to = addresses[2] + i * rows.step(2);
            if (rows.isGood(index)) {
                copy(addresses[0] + i * rows.step(0) + rows.distance(index), to);
            } else {
                rows.bad(frame.position + i, index);
                zero(to);
            }
        }
    }

    private void copy(long from, long to) {
        switch (bytes) {
            case 8 -> Native.ALL.set(Native.I64, to, Native.ALL.get(Native.I64, from));
            case 4 -> Native.ALL.set(Native.I32, to, Native.ALL.get(Native.I32, from));
            case 2 -> Native.ALL.set(Native.I16, to, Native.ALL.get(Native.I16, from));
            default -> Native.ALL.set(Native.I8, to, Native.ALL.get(Native.I8, from));
        }
    }

    private void zero(long to) {
        switch (bytes) {
            case 8 -> Native.ALL.set(Native.I64, to, 0);
            case 4 -> Native.ALL.set(Native.I32, to, 0);
            case 2 -> Native.ALL.set(Native.I16, to, (short) 0);
            default -> Native.ALL.set(Native.I8, to, (byte) 0);
        }
    }
}
