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
import dev.ashlar.type.DType;
import dev.ashlar.type.UnsupportedKernelException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** A {@link Kernel.Contract}: resolves the groups of axes and hands over to {@link FloatProduct} or {@link PlainProduct}. */
final class ContractKernel extends CompiledKernel {
    private final Kernel.Contract kernel;
    private final Operands operands;
    private final Factors factors;
    private final ProductEpilogue epilogue;
    private final int[] order;
    private final Product product;

    /** Computes all elements of a product whose factors have been configured. */
    interface Product {
        void run(long[] params);
    }

    ContractKernel(KernelCode code, Kernel.Contract kernel, MemoryPool pool, Lanes lanes, Workers workers) {
        super(code, pool);
        this.kernel = kernel;
        int rank = code.rank();
        if (kernel.accumulator() == DType.FLOAT16 || kernel.accumulator() == DType.BFLOAT16 || kernel.accumulator() == DType.BOOL) {
            throw new UnsupportedKernelException("[java] expected a product accumulated in float32, float64 or an integer type, got "
                    + kernel.accumulator() + "; accumulate in float32");
        }
        Support.check(kernel.epilogue(), kernel.inputs(), kernel.params(), rank, kernel.accumulator());
        Set<Integer> always = new HashSet<>(Support.inputsOf(kernel.epilogue()));
        always.add(kernel.inputs().size());
        this.operands = new Operands(pool, kernel.inputs(), kernel.outputs(), rank, true, false, always);
        this.order = IntStream.range(0, rank).toArray();
        this.factors = new Factors(kernel.inputs().get(0), kernel.inputs().get(1));
        this.epilogue = new ProductEpilogue(kernel, lanes, rank);
        this.product = kernel.accumulator() == DType.FLOAT32
                ? new FloatProduct(factors, epilogue, lanes, workers)
                : new PlainProduct(kernel.accumulator(), factors, epilogue, workers);
    }

    @Override
    public int bindings() {
        return operands.count();
    }

    @Override
    public void launch(List<Binding> bindings, int first, KernelArgs args) {
        operands.bind(bindings, first, args, -1, -1);
        int rows = kernel.batchAxes();
        int columns = rows + kernel.rowAxes();
        int sum = columns + kernel.columnAxes();
        factors.configure(operands, args, rows, columns, sum);
        epilogue.configure(operands, args, order, sum, factors.columns.size(), (long) factors.rows.size() * factors.columns.size());
        product.run(args.params());
    }

    /** The two factors of a product, each group of axes as one. */
    static final class Factors {
        final DType typeA;
        final DType typeB;
        final Offsets batchA = new Offsets();
        final Offsets batchB = new Offsets();
        final Offsets rows = new Offsets();
        final Offsets columns = new Offsets();
        final Offsets sumA = new Offsets();
        final Offsets sumB = new Offsets();
        long baseA;
        long baseB;

        Factors(DType typeA, DType typeB) {
            this.typeA = typeA;
            this.typeB = typeB;
        }

        void configure(Operands operands, KernelArgs args, int row, int column, int sum) {
            int rank = args.sizes().length;
            batchA.configure(args, 0, 0, row, typeA.bytes());
            batchB.configure(args, 1, 0, row, typeB.bytes());
            rows.configure(args, 0, row, column, typeA.bytes());
            columns.configure(args, 1, column, sum, typeB.bytes());
            sumA.configure(args, 0, sum, rank, typeA.bytes());
            sumB.configure(args, 1, sum, rank, typeB.bytes());
            baseA = operands.address(0);
            baseB = operands.address(1);
        }

        /** Returns the number of terms of each sum, which may be 0. */
        int depth() {
            return sumA.size();
        }

        int batches() {
            return batchA.size();
        }
    }
}
