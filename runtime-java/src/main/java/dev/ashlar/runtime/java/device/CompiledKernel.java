// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.device;

import dev.ashlar.spi.Binding;
import dev.ashlar.spi.Executable;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.KernelCode;
import java.util.List;

/** A kernel that is ready to run. Launches of one pool's kernels never overlap; the backend sees to that. */
public abstract class CompiledKernel implements Executable {
    private final KernelCode code;
    private final MemoryPool pool;

    protected CompiledKernel(KernelCode code, MemoryPool pool) {
        this.code = code;
        this.pool = pool;
    }

    @Override
    public final KernelCode code() {
        return code;
    }

    /** Returns whether this was compiled for the device with that memory. */
    public final boolean belongsTo(MemoryPool other) {
        return pool == other;
    }

    /** Returns how many bindings a launch takes. */
    public abstract int bindings();

    /**
     * Computes, and returns when all is written.
     *
     * @param bindings of which this takes {@link #bindings()} from number {@code first} on
     */
    public abstract void launch(List<Binding> bindings, int first, KernelArgs args);
}
