// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.minimal;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.ReduceOp;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.spi.ScatterOp;
import dev.ashlar.type.DType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Step 3: the six kinds of kernel as plain loops over the iteration space. */
final class Loops {
    private Loops() {}

    static void run(Kernel kernel, List<MemorySegment> memory, KernelArgs args) {
        List<DType> types = new ArrayList<>(kernel.inputs());
        types.addAll(kernel.outputs());
        Launch launch = new Launch(types, memory, args);
        switch (kernel) {
            case Kernel.Map map -> map(map, launch);
            case Kernel.Reduce reduce -> reduce(reduce, launch);
            case Kernel.Contract contract -> contract(contract, launch);
            case Kernel.Gather gather -> gather(gather, launch);
            case Kernel.Scatter scatter -> scatter(scatter, launch);
            case Kernel.Group group -> group(group, memory, args);
            case Kernel.Composite composite -> throw new IllegalArgumentException("not compiled: " + composite);
        }
    }

    private static void map(Kernel.Map map, Launch launch) {
        Interpreter body = new Interpreter(map.body(), launch);
        int inputs = map.inputs().size();
        forEach(launch.args().sizes(), 0, new long[launch.args().sizes().length], at -> {
            body.run(at, 0);
            for (int i = 0; i < map.outputs().size(); i++) {
                launch.store(inputs + i, launch.element(inputs + i, at), body.output(i));
            }
        });
    }

    private static void group(Kernel.Group group, List<MemorySegment> memory, KernelArgs args) {
        int first = 0;
        for (int i = 0; i < group.members().size(); i++) {
            Kernel.Map member = group.members().get(i);
            int end = first + member.inputs().size() + member.outputs().size();
            run(member, memory.subList(first, end), args.members().get(i));
            first = end;
        }
    }

    private static void reduce(Kernel.Reduce reduce, Launch launch) {
        long[] sizes = launch.args().sizes();
        int kept = sizes.length - reduce.reducedAxes();
        int output = reduce.inputs().size();
        Interpreter prologue = new Interpreter(reduce.prologue(), launch);
        Interpreter epilogue = new Interpreter(reduce.epilogue(), launch);
        forEach(Arrays.copyOf(sizes, kept), 0, new long[sizes.length], at -> {
            Fold fold = new Fold(reduce.op(), reduce.prologue().resultType(0), reduce.accumulator());
            forEach(sizes, kept, at, point -> {
                prologue.run(point, 0);
                fold.add(prologue.output(0));
            });
            Arrays.fill(at, kept, at.length, 0);
            epilogue.run(at, fold.result());
            launch.store(output, launch.element(output, at), epilogue.output(0));
        });
    }

    private static void contract(Kernel.Contract contract, Launch launch) {
        long[] sizes = launch.args().sizes();
        int kept = sizes.length - contract.sumAxes();
        int output = contract.inputs().size();
        DType type = contract.accumulator();
        Interpreter epilogue = new Interpreter(contract.epilogue(), launch);
        forEach(Arrays.copyOf(sizes, kept), 0, new long[sizes.length], at -> {
            Fold fold = new Fold(ReduceOp.SUM, type, type.isFloatingPoint() ? type : DType.INT64);
            forEach(sizes, kept, at, point -> {
                long a = launch.load(0, launch.element(0, point));
                long b = launch.load(1, launch.element(1, point));
                // A product of two floats is exact in double, and a product of integers may wrap in int64 as well as in its own type.
                fold.add(Scalars.binary(ScalarOp.MUL, type.isFloatingPoint() ? DType.FLOAT64 : DType.INT64, a, b));
            });
            Arrays.fill(at, kept, at.length, 0);
            epilogue.run(at, Scalars.cast(type.isFloatingPoint() ? type : DType.INT64, fold.result(), type));
            launch.store(output, launch.element(output, at), epilogue.output(0));
        });
    }

    private static void gather(Kernel.Gather gather, Launch launch) {
        forEach(launch.args().sizes(), 0, new long[launch.args().sizes().length], at -> {
            long index = launch.load(1, launch.element(1, at));
            long value = 0;
            if (inRange(index, launch)) {
                value = launch.load(0, indexed(launch, 0, gather.axis(), at, index));
            }
            launch.store(2, launch.element(2, at), value);
        });
    }

    /** The coordinates come in row-major order, so along the axis in ascending order, as the contract asks. */
    private static void scatter(Kernel.Scatter scatter, Launch launch) {
        forEach(launch.args().sizes(), 0, new long[launch.args().sizes().length], at -> {
            long index = launch.load(1, launch.element(1, at));
            if (inRange(index, launch)) {
                long element = indexed(launch, 2, scatter.axis(), at, index);
                long value = launch.load(0, launch.element(0, at));
                launch.store(2, element, combine(scatter.op(), scatter.type(), launch.load(2, element), value));
            }
        });
    }

    private static long combine(ScatterOp op, DType type, long old, long value) {
        return switch (op) {
            case SET -> value;
            case ADD -> Scalars.binary(ScalarOp.ADD, type, old, value);
            case MAX -> Scalars.binary(ScalarOp.MAX, type, old, value);
            case MIN -> Scalars.binary(ScalarOp.MIN, type, old, value);
        };
    }

    private static long indexed(Launch launch, int binding, int axis, long[] at, long index) {
        long[] moved = at.clone();
        moved[axis] = index;
        return launch.element(binding, moved);
    }

    /** Records a bad index in the error word, which the core reads when it waits for a result anyway. */
    private static boolean inRange(long index, Launch launch) {
        if (index >= 0 && index < launch.args().extent()) {
            return true;
        }
        MemorySegment error = launch.memory().getLast();
        error.set(JAVA_LONG_UNALIGNED, 0, launch.args().site());
        error.set(JAVA_LONG_UNALIGNED, 8, index);
        return false;
    }

    /** Visits all coordinates of the axes from {@code axis} on in row-major order; the array is re-used. */
    private static void forEach(long[] sizes, int axis, long[] at, Consumer<long[]> visit) {
        if (axis == sizes.length) {
            visit.accept(at);
            return;
        }
        for (at[axis] = 0; at[axis] < sizes[axis]; at[axis]++) {
            forEach(sizes, axis + 1, at, visit);
        }
    }
}
