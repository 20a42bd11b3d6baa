// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.vector;

import dev.ashlar.runtime.java.device.CompiledKernel;
import dev.ashlar.runtime.java.device.Conversions;
import dev.ashlar.runtime.java.device.MemoryPool;
import dev.ashlar.runtime.java.device.Native;
import dev.ashlar.runtime.java.device.Operands;
import dev.ashlar.spi.Binding;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.KernelCode;
import dev.ashlar.spi.ScatterOp;
import dev.ashlar.type.DType;
import java.util.List;
import java.util.Set;

/**
 * A {@link Kernel.Scatter}, on one thread: row-major order visits every line along the axis in ascending order, and so the result is
 * the same each time.
 */
final class ScatterKernel extends CompiledKernel {
    private final Operands operands;
    private final IndexedRows rows;
    private final int axis;
    private final DType type;
    private final ScatterOp op;
    private final Workers workers;

    ScatterKernel(KernelCode code, Kernel.Scatter kernel, MemoryPool pool, Workers workers) {
        super(code, pool);
        this.operands = new Operands(pool, kernel.inputs(), kernel.outputs(), code.rank(), true, true, Set.of());
        this.rows = new IndexedRows(2, kernel.axis(), code.rank(), kernel.index());
        this.axis = kernel.axis();
        this.type = kernel.type();
        this.op = kernel.op();
        this.workers = workers;
    }

    @Override
    public int bindings() {
        return operands.count();
    }

    @Override
    public void launch(List<Binding> bindings, int first, KernelArgs args) {
        operands.bind(bindings, first, args, axis, 2);
        rows.configure(operands, args);
        rows.run(workers.frame(), 0, rows.points(), this::row);
        rows.report(operands.address(3), args.site());
    }

    private void row(Frame frame, long[] addresses, int n) {
        boolean floatSum = type == DType.FLOAT32 && op == ScatterOp.ADD;
        long sourceStep = rows.step(0);
        long indexStep = rows.step(1);
        long targetStep = rows.step(2);
        for (int i = 0; i < n; i++) {
            long index = rows.index(addresses[1] + i * indexStep);
            if (!rows.isGood(index)) {
                rows.bad(frame.position + i, index);
                continue;
            }
            long from = addresses[0] + i * sourceStep;
            long to = addresses[2] + i * targetStep + rows.distance(index);
            if (floatSum) {
                Native.ALL.set(Native.F32, to, Native.ALL.get(Native.F32, to) + Native.ALL.get(Native.F32, from));
            } else {
                Native.store(type, to, combine(Native.load(type, to), Native.load(type, from)));
            }
        }
    }

    private long combine(long old, long value) {
        if (op == ScatterOp.SET) {
            return value;
        }
        return switch (type) {
            case FLOAT64 -> {
                double x = Double.longBitsToDouble(old);
                double y = Double.longBitsToDouble(value);
                yield Double.doubleToRawLongBits(
                        switch (op) {
                            case ADD -> x + y;
                            case MAX -> Math.max(x, y);
                            default -> Math.min(x, y);
                        });
            }
            case FLOAT32, FLOAT16, BFLOAT16 -> {
                float x = (float) Conversions.toDouble(type, old);
                float y = (float) Conversions.toDouble(type, value);
                yield Conversions.fromDouble(
                        type,
                        switch (op) {
                            case ADD -> x + y;
                            case MAX -> Math.max(x, y);
                            default -> Math.min(x, y);
                        });
            }
            case BOOL -> op == ScatterOp.MIN ? old & value : old | value;
            default ->
                switch (op) {
                    case ADD -> old + value;
                    case MAX -> Math.max(old, value);
                    default -> Math.min(old, value);
                };
        };
    }
}
