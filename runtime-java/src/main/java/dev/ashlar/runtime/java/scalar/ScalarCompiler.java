// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.scalar;

import dev.ashlar.runtime.java.device.CompiledKernel;
import dev.ashlar.runtime.java.device.GroupLaunch;
import dev.ashlar.runtime.java.device.MemoryPool;
import dev.ashlar.runtime.java.device.Operands;
import dev.ashlar.runtime.java.device.Support;
import dev.ashlar.spi.Binding;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.KernelCode;
import dev.ashlar.type.UnsupportedKernelException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes executables of the scalar path. */
public final class ScalarCompiler {
    private final MemoryPool pool;

    public ScalarCompiler(MemoryPool pool) {
        this.pool = pool;
    }

    /**
     * Returns an executable for a kernel.
     *
     * @throws UnsupportedKernelException for composites and undefined expressions
     */
    public CompiledKernel compile(KernelCode code) {
        Kernel kernel = code.kernel();
        int rank = code.rank();
        return switch (kernel) {
            case Kernel.Map map -> map(code, map, true);
            case Kernel.Reduce reduce -> {
                Support.check(reduce.prologue(), reduce.inputs(), reduce.params(), rank, null);
                Support.check(reduce.epilogue(), reduce.inputs(), reduce.params(), rank, reduce.accumulator());
                ScalarExpr prologue = new ScalarExpr(reduce.prologue());
                ScalarExpr epilogue = new ScalarExpr(reduce.epilogue());
                Operands operands = folding(kernel, Support.inputsOf(reduce.epilogue()), rank);
                yield new Launch(
                        code, operands, -1, -1, args -> ScalarKernels.reduce(reduce, prologue, epilogue, operands, args));
            }
            case Kernel.Contract contract -> {
                Support.check(contract.epilogue(), contract.inputs(), contract.params(), rank, contract.accumulator());
                ScalarExpr epilogue = new ScalarExpr(contract.epilogue());
                Operands operands = folding(kernel, Support.inputsOf(contract.epilogue()), rank);
                yield new Launch(code, operands, -1, -1, args -> ScalarKernels.contract(contract, epilogue, operands, args));
            }
            case Kernel.Gather gather -> {
                Operands operands = new Operands(pool, gather.inputs(), gather.outputs(), rank, true, true, Set.of());
                yield new Launch(code, operands, gather.axis(), 0, args -> ScalarKernels.gather(gather, operands, args));
            }
            case Kernel.Scatter scatter -> {
                Operands operands = new Operands(pool, scatter.inputs(), scatter.outputs(), rank, true, true, Set.of());
                yield new Launch(code, operands, scatter.axis(), 2, args -> ScalarKernels.scatter(scatter, operands, args));
            }
            case Kernel.Group group -> {
                List<CompiledKernel> members = group.members().stream()
                        .map(member -> map(new KernelCode(member, rank, List.of()), member, false))
                        .toList();
                yield new GroupLaunch(code, pool, members);
            }
            case Kernel.Composite composite -> throw new UnsupportedKernelException("[java] expected a kernel of the contract, got the"
                    + " composite " + composite.name() + "@" + composite.version() + "; lower it to its decomposition");
        };
    }

    private CompiledKernel map(KernelCode code, Kernel.Map map, boolean exactRank) {
        Support.check(map.body(), map.inputs(), map.params(), code.rank(), null);
        ScalarExpr body = new ScalarExpr(map.body());
        Operands operands = new Operands(pool, map.inputs(), map.outputs(), code.rank(), exactRank, false, Set.of());
        return new Launch(code, operands, -1, -1, args -> ScalarKernels.map(map, body, operands, args));
    }

    private Operands folding(Kernel kernel, Set<Integer> epilogueInputs, int rank) {
        Set<Integer> always = new HashSet<>(epilogueInputs);
        always.add(kernel.inputs().size());
        return new Operands(pool, kernel.inputs(), kernel.outputs(), rank, true, false, always);
    }

    @FunctionalInterface
    private interface Loops {
        void run(KernelArgs args);
    }

    private final class Launch extends CompiledKernel {
        private final Operands operands;
        private final int indexedAxis;
        private final int indexedBinding;
        private final Loops loops;

        Launch(KernelCode code, Operands operands, int indexedAxis, int indexedBinding, Loops loops) {
            super(code, pool);
            this.operands = operands;
            this.indexedAxis = indexedAxis;
            this.indexedBinding = indexedBinding;
            this.loops = loops;
        }

        @Override
        public int bindings() {
            return operands.count();
        }

        @Override
        public void launch(List<Binding> bindings, int first, KernelArgs args) {
            operands.bind(bindings, first, args, indexedAxis, indexedBinding);
            loops.run(args);
        }
    }
}
