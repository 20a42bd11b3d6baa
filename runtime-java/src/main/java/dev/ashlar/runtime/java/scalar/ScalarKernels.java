// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.scalar;

import dev.ashlar.runtime.java.device.Conversions;
import dev.ashlar.runtime.java.device.Native;
import dev.ashlar.runtime.java.device.Operands;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;

/** The kernels as loops, one method each. */
final class ScalarKernels {
    private ScalarKernels() {}

    static void map(Kernel.Map kernel, ScalarExpr body, Operands operands, KernelArgs args) {
        Points points = new Points(operands, args);
        int rank = args.sizes().length;
        int inputs = kernel.inputs().size();
        for (boolean more = points.first(0, rank); more; more = points.next(0, rank)) {
            body.evaluate(points, 0);
            for (int i = 0; i < kernel.outputs().size(); i++) {
                Native.store(kernel.outputs().get(i), points.address(inputs + i), body.result(i));
            }
        }
    }

    static void reduce(Kernel.Reduce kernel, ScalarExpr prologue, ScalarExpr epilogue, Operands operands, KernelArgs args) {
        Points points = new Points(operands, args);
        int rank = args.sizes().length;
        int kept = rank - kernel.reducedAxes();
        boolean some = points.first(kept, rank);
        ScalarFold fold = new ScalarFold(kernel.op(), kernel.prologue().resultType(0), kernel.accumulator());
        for (boolean more = points.first(0, kept); more; more = points.next(0, kept)) {
            fold.reset();
            for (boolean inner = some; inner; inner = points.next(kept, rank)) {
                prologue.evaluate(points, 0);
                fold.add(prologue.result(0));
            }
            epilogue.evaluate(points, fold.result());
            Native.store(kernel.output(), points.address(kernel.inputs().size()), epilogue.result(0));
        }
    }

    static void contract(Kernel.Contract kernel, ScalarExpr epilogue, Operands operands, KernelArgs args) {
        Points points = new Points(operands, args);
        int rank = args.sizes().length;
        int kept = rank - kernel.sumAxes();
        boolean some = points.first(kept, rank);
        DType type = kernel.accumulator();
        boolean floating = type.isFloatingPoint();
        for (boolean more = points.first(0, kept); more; more = points.next(0, kept)) {
            double sum = 0;
            long whole = 0;
            for (boolean inner = some; inner; inner = points.next(kept, rank)) {
                long a = Conversions.cast(operands.type(0), type, Native.load(operands.type(0), points.address(0)));
                long b = Conversions.cast(operands.type(1), type, Native.load(operands.type(1), points.address(1)));
                if (floating) {
                    sum += Conversions.toDouble(type, a) * Conversions.toDouble(type, b);
                } else {
                    whole += a * b;
                }
            }
            long value = floating ? Conversions.fromDouble(type, sum) : Conversions.cast(DType.INT64, type, whole);
            epilogue.evaluate(points, value);
            Native.store(kernel.output(), points.address(kernel.inputs().size()), epilogue.result(0));
        }
    }

    static void gather(Kernel.Gather kernel, Operands operands, KernelArgs args) {
        Points points = new Points(operands, args);
        int rank = args.sizes().length;
        for (boolean more = points.first(0, rank); more; more = points.next(0, rank)) {
            long index = Native.load(kernel.index(), points.address(1));
            long value = 0;
            if (index >= 0 && index < args.extent()) {
                value = Native.load(kernel.type(), points.address(0, kernel.axis(), index));
            } else {
                recordBadIndex(operands.address(3), args.site(), index);
            }
            Native.store(kernel.type(), points.address(2), value);
        }
    }

    static void scatter(Kernel.Scatter kernel, Operands operands, KernelArgs args) {
        Points points = new Points(operands, args);
        int rank = args.sizes().length;
        // Row-major order visits the points of each line along the axis in ascending order, which is all that is asked.
        for (boolean more = points.first(0, rank); more; more = points.next(0, rank)) {
            long index = Native.load(kernel.index(), points.address(1));
            if (index < 0 || index >= args.extent()) {
                recordBadIndex(operands.address(3), args.site(), index);
                continue;
            }
            long target = points.address(2, kernel.axis(), index);
            long value = Native.load(kernel.type(), points.address(0));
            long old = Native.load(kernel.type(), target);
            Native.store(kernel.type(), target, switch (kernel.op()) {
                case SET -> value;
                case ADD -> combine(ScalarOp.ADD, kernel.type(), old, value);
                case MAX -> combine(ScalarOp.MAX, kernel.type(), old, value);
                case MIN -> combine(ScalarOp.MIN, kernel.type(), old, value);
            });
        }
    }

    /** Applies an operation in the arithmetic type that holds a storage type, and converts back. */
    static long combine(ScalarOp op, DType type, long a, long b) {
        DType arithmetic =
                switch (type) {
                    case FLOAT16, BFLOAT16 -> DType.FLOAT32;
                    case INT16, INT8, UINT8 -> DType.INT32;
                    default -> type;
                };
        long result = ScalarMath.apply(
                op, arithmetic, Conversions.cast(type, arithmetic, a), Conversions.cast(type, arithmetic, b), 0);
        return Conversions.cast(arithmetic, type, result);
    }

    // The first bad index of a plan is kept: what follows from it would only mislead.
    private static void recordBadIndex(long errorWord, long site, long index) {
        if (Native.load(DType.INT64, errorWord) == 0) {
            Native.store(DType.INT64, errorWord, site);
            Native.store(DType.INT64, errorWord + 8, index);
        }
    }
}
