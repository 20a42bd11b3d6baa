// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl;

import dev.ashlar.spi.Backend;
import dev.ashlar.spi.Binding;
import dev.ashlar.spi.Buffer;
import dev.ashlar.spi.Executable;
import dev.ashlar.spi.Expr;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.KernelCode;
import dev.ashlar.spi.LayoutClass;
import dev.ashlar.spi.ReduceOp;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Products and sums whose shapes are chosen rather than random. */
final class ProductCases {
    private ProductCases() {}

    /**
     * Returns a product with bias and clamp.
     *
     * @param variant bit 0: first operand transposed, bit 1: second operand transposed, bit 2: output transposed
     */
    static Case product(long rows, long columns, long depth, long batches, int variant) {
        boolean ta = (variant & 1) != 0;
        boolean tb = (variant & 2) != 0;
        boolean tc = (variant & 4) != 0;
        long[][] strides = {
            {rows * depth, ta ? 1 : depth, 0, ta ? rows : 1},
            {columns * depth, 0, tb ? depth : 1, tb ? 1 : columns},
            {0, 0, 1, 0},
            {rows * columns, tc ? 1 : columns, tc ? rows : 1, 0}
        };
        Expr.Builder builder = new Expr.Builder();
        int sum = builder.binary(ScalarOp.ADD, builder.result(DType.FLOAT32), builder.input(2, DType.FLOAT32));
        Expr epilogue = builder.build(builder.binary(ScalarOp.MAX, sum, builder.constant(DType.FLOAT32, -3.0)));
        List<DType> inputs = List.of(DType.FLOAT32, DType.FLOAT32, DType.FLOAT32);
        Kernel kernel = new Kernel.Contract(inputs, DType.FLOAT32, 0, 1, 1, 1, 1, DType.FLOAT32, epilogue);
        LayoutClass output = tc ? LayoutClass.GENERAL : LayoutClass.CONTIGUOUS;
        KernelCode code = new KernelCode(
                kernel, 4, List.of(LayoutClass.GENERAL, LayoutClass.GENERAL, LayoutClass.GENERAL, output));
        SplittableRandom random = new SplittableRandom(rows * 31 + columns * 7 + depth + variant);
        List<Oracle.Data> data = List.of(
                values(random, batches * rows * depth),
                values(random, batches * columns * depth),
                values(random, columns),
                values(random, batches * rows * columns));
        KernelArgs args = KernelArgs.of(new long[] {batches, rows, columns, depth}, strides, new long[4], new long[0]);
        String name = "product " + batches + "x" + rows + "x" + columns + "x" + depth + " variant " + variant;
        return new Case(name, code, args, data, new long[] {0, 64, 0, 128}, 1e-6, 1e-6 * Math.sqrt(depth));
    }

    /** Returns a sum over the rows of a contiguous matrix. */
    static Case sum(long length, long results) {
        return fold(ReduceOp.SUM, length, results, false);
    }

    /**
     * Returns a fold of a contiguous matrix.
     *
     * @param columns whether its columns are folded instead of its rows
     */
    static Case fold(ReduceOp op, long length, long results, boolean columns) {
        DType accumulator = op.isPosition() ? DType.INT64 : DType.FLOAT32;
        Kernel kernel = new Kernel.Reduce(
                List.of(DType.FLOAT32),
                accumulator,
                0,
                1,
                op,
                accumulator,
                Expr.identity(DType.FLOAT32),
                Expr.result(accumulator, accumulator));
        SplittableRandom random = new SplittableRandom(length);
        List<Oracle.Data> data = List.of(values(random, length * results), new Oracle.Data(accumulator, (int) results));
        long[][] strides = {columns ? new long[] {1, results} : new long[] {length, 1}, {1, 0}};
        KernelArgs args = KernelArgs.of(new long[] {results, length}, strides, new long[2], new long[0]);
        LayoutClass input = columns ? LayoutClass.GENERAL : LayoutClass.CONTIGUOUS;
        KernelCode code = new KernelCode(kernel, 2, List.of(input, LayoutClass.CONTIGUOUS));
        String name = op + " of " + results + " times " + length + (columns ? " in columns" : " in rows");
        return new Case(name, code, args, data, new long[2], 1e-6, 8 * Math.sqrt(length) * 0x1p-24);
    }

    private static Oracle.Data values(SplittableRandom random, long count) {
        Oracle.Data data = new Oracle.Data(DType.FLOAT32, (int) count);
        for (int i = 0; i < data.d.length; i++) {
            data.d[i] = (float) (random.nextDouble() - 0.5);
        }
        return data;
    }

    /** Runs a case whose last binding is its float32 output and returns the output's bits. */
    static List<Integer> bits(Backend backend, Case sum) {
        try (Arena arena = Arena.ofConfined();
                Executable executable = backend.compile(sum.code())) {
            List<Binding> bindings = new ArrayList<>();
            MemorySegment result = MemorySegment.NULL;
            for (int i = 0; i < sum.data().size(); i++) {
                MemorySegment bytes = Case.encode(sum.data().get(i), sum.places()[i], arena);
                Buffer buffer = backend.allocate(bytes.byteSize());
                backend.upload(bytes, buffer, 0);
                bindings.add(new Binding(buffer, sum.places()[i]));
                result = bytes;
            }
            backend.submit(executable, bindings, sum.args());
            backend.download(bindings.getLast().buffer(), 0, result);
            bindings.forEach(binding -> binding.buffer().close());
            List<Integer> bits = new ArrayList<>();
            for (long at = 0; at < result.byteSize(); at += 4) {
                bits.add(result.get(ValueLayout.JAVA_INT, at));
            }
            return bits;
        }
    }
}
