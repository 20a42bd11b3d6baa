// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.wrong;

import dev.ashlar.spi.Backend;
import dev.ashlar.spi.Executable;
import dev.ashlar.spi.Expr;
import dev.ashlar.spi.Instruction;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelCode;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Bugs in what is compiled. */
final class WrongKernels {
    private WrongKernels() {}

    /** max as a comparison, which is false for NaN. */
    static final class NanDroppingMax extends Wrapper {
        NanDroppingMax(Backend inside) {
            super(inside);
        }

        @Override
        KernelCode mistake(KernelCode code) {
            return Rewrite.map(code, (builder, step) -> step.op() == ScalarOp.MAX && step.type().isFloatingPoint()
                    ? builder.select(builder.binary(ScalarOp.LT, step.a(), step.b()), step.b(), step.a())
                    : builder.add(step));
        }
    }

    /** a * b + c as fma, as compilers like to do. */
    static final class Contracting extends Wrapper {
        Contracting(Backend inside) {
            super(inside);
        }

        @Override
        KernelCode mistake(KernelCode code) {
            Map<Integer, Instruction> products = new HashMap<>();
            return Rewrite.map(code, (builder, step) -> {
                Instruction product = products.get(step.a());
                int index = step.op() == ScalarOp.ADD && product != null && step.type().isFloatingPoint()
                        ? builder.fma(product.a(), product.b(), step.b())
                        : builder.add(step);
                if (step.op() == ScalarOp.MUL) {
                    products.put(index, step);
                }
                return index;
            });
        }
    }

    /** uint8 read as int8. */
    static final class SignedUint8 extends Wrapper {
        SignedUint8(Backend inside) {
            super(inside);
        }

        @Override
        KernelCode mistake(KernelCode code) {
            KernelCode rewritten = Rewrite.map(code, (builder, step) -> step.op() == ScalarOp.INPUT && step.type() == DType.UINT8
                    ? builder.input((int) step.immediate(), DType.INT8)
                    : builder.add(step));
            if (!(rewritten.kernel() instanceof Kernel.Map map)) {
                return code;
            }
            List<DType> inputs = map.inputs().stream().map(type -> type == DType.UINT8 ? DType.INT8 : type).toList();
            return new KernelCode(new Kernel.Map(inputs, map.outputs(), map.params(), map.body()), code.rank(), code.layouts());
        }
    }

    /** float to int32 through int64, so that it wraps where it should saturate. */
    static final class WrappingCasts extends Wrapper {
        WrappingCasts(Backend inside) {
            super(inside);
        }

        @Override
        KernelCode mistake(KernelCode code) {
            return Rewrite.map(code, (builder, step) -> step.op() == ScalarOp.CAST && step.type() == DType.INT32
                            && builder.type(step.a()).isFloatingPoint()
                    ? builder.cast(builder.cast(step.a(), DType.INT64), DType.INT32)
                    : builder.add(step));
        }
    }

    /** The epilogue of a product is forgotten. */
    static final class NoEpilogue extends Wrapper {
        NoEpilogue(Backend inside) {
            super(inside);
        }

        @Override
        KernelCode mistake(KernelCode code) {
            if (!(code.kernel() instanceof Kernel.Contract contract)) {
                return code;
            }
            Kernel without = new Kernel.Contract(contract.inputs(), contract.output(), contract.params(), contract.batchAxes(),
                    contract.rowAxes(), contract.columnAxes(), contract.sumAxes(), contract.accumulator(),
                    Expr.result(contract.accumulator(), contract.output()));
            return new KernelCode(without, code.rank(), code.layouts());
        }
    }

    /** A cache whose key forgets literals. */
    static final class StaleCache extends Wrapper {
        private final Map<List<Object>, Executable> cache = new HashMap<>();

        StaleCache(Backend inside) {
            super(inside);
        }

        @Override
        public Executable compile(KernelCode code) {
            if (!(code.kernel() instanceof Kernel.Map map)) {
                return super.compile(code);
            }
            List<Object> key = List.of(map.inputs(), map.outputs(), code.rank(), map.body().results(),
                    map.body().instructions().stream()
                            .map(step -> step.op() == ScalarOp.CONST ? "CONST " + step.type() : step.toString()).toList());
            synchronized (cache) {
                Executable compiled = cache.computeIfAbsent(key, missing -> inside.compile(code));
                return new Disguised(code, compiled);
            }
        }
    }
}
