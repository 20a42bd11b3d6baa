// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.vector;

import dev.ashlar.runtime.java.device.CompiledKernel;
import dev.ashlar.runtime.java.device.GroupLaunch;
import dev.ashlar.runtime.java.device.MemoryPool;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelCode;
import dev.ashlar.type.UnsupportedKernelException;
import java.util.List;

/** Makes executables of the vector path, and owns the threads that they run on. */
public final class VectorCompiler implements AutoCloseable {
    private final MemoryPool pool;
    private final Lanes lanes;
    private final Workers workers;

    /**
     * @param threads that a large kernel is split over, the caller's included
     * @param vectorApi whether the JVM has the Vector API; without it plain loops give the same results, slower
     */
    public VectorCompiler(MemoryPool pool, int threads, boolean vectorApi) {
        this.pool = pool;
        this.lanes = vectorApi ? new VectorLanes() : new PlainLanes();
        this.workers = new Workers(threads);
    }

    /**
     * Returns an executable for a kernel.
     *
     * @throws UnsupportedKernelException for composites and undefined expressions
     */
    public CompiledKernel compile(KernelCode code) {
        return switch (code.kernel()) {
            case Kernel.Map map -> new MapKernel(code, map, true, pool, lanes, workers);
            case Kernel.Reduce reduce -> new ReduceKernel(code, reduce, pool, lanes, workers);
            case Kernel.Contract contract -> new ContractKernel(code, contract, pool, lanes, workers);
            case Kernel.Gather gather -> new GatherKernel(code, gather, pool, workers);
            case Kernel.Scatter scatter -> new ScatterKernel(code, scatter, pool, workers);
            case Kernel.Group group -> new GroupLaunch(
                    code,
                    pool,
                    group.members().stream()
                            .<CompiledKernel>map(member -> new MapKernel(
                                    new KernelCode(member, code.rank(), List.of()), member, false, pool, lanes, workers))
                            .toList());
            case Kernel.Composite composite -> throw new UnsupportedKernelException("[java] expected a kernel of the contract, got the"
                    + " composite " + composite.name() + "@" + composite.version() + "; lower it to its decomposition");
        };
    }

    /** Ends the threads. */
    @Override
    public void close() {
        workers.close();
    }
}
