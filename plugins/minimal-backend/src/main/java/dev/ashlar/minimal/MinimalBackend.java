// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.minimal;

import dev.ashlar.spi.Backend;
import dev.ashlar.spi.Binding;
import dev.ashlar.spi.Buffer;
import dev.ashlar.spi.Capabilities;
import dev.ashlar.spi.Executable;
import dev.ashlar.spi.Expr;
import dev.ashlar.spi.Fence;
import dev.ashlar.spi.Instruction;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.KernelCode;
import dev.ashlar.type.DType;
import dev.ashlar.type.OutOfDeviceMemoryException;
import dev.ashlar.type.UnsupportedKernelException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Step 2: memory, a compiler and a queue. Everything happens at once on the calling thread, one call at a time, so the order that the
 * contract asks for comes by itself and there is never anything to wait for.
 */
final class MinimalBackend implements Backend {
    private final Capabilities capabilities;
    private final Set<MinimalBuffer> live = Collections.newSetFromMap(new IdentityHashMap<>());
    private long used;
    private boolean closed;

    MinimalBackend(long memoryLimit) {
        capabilities = new Capabilities(
                EnumSet.allOf(DType.class),
                Capabilities.allArithmetic(),
                EnumSet.of(DType.FLOAT64, DType.FLOAT32, DType.FLOAT16, DType.BFLOAT16, DType.INT64, DType.INT32),
                Capabilities.mandatoryScalarOps(),
                Set.of(),
                1024,
                65536,
                memoryLimit,
                memoryLimit,
                true);
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public synchronized Buffer allocate(long bytes) {
        checkOpen("allocate");
        if (bytes < 1) {
            throw new IllegalArgumentException("[allocate] expected at least 1 byte, got " + bytes);
        }
        // Not used + bytes > limit: that sum may overflow.
        if (bytes > capabilities.memoryBytes() - used) {
            throw new OutOfDeviceMemoryException("minimal:0", bytes, used, capabilities.memoryBytes());
        }
        try {
            MinimalBuffer buffer = new MinimalBuffer(bytes, this::forget);
            live.add(buffer);
            used += bytes;
            return buffer;
        } catch (OutOfMemoryError e) {
            throw new OutOfDeviceMemoryException("minimal:0", bytes, used, capabilities.memoryBytes());
        }
    }

    private synchronized void forget(MinimalBuffer buffer) {
        live.remove(buffer);
        used -= buffer.size();
    }

    @Override
    public synchronized void upload(MemorySegment source, Buffer target, long offset) {
        checkOpen("upload");
        memory(target).asSlice(offset, source.byteSize()).copyFrom(source);
    }

    @Override
    public synchronized void download(Buffer source, long offset, MemorySegment target) {
        checkOpen("download");
        target.copyFrom(memory(source).asSlice(offset, target.byteSize()));
    }

    /** There is nothing to translate: only what the capabilities do not claim is refused. */
    @Override
    public synchronized Executable compile(KernelCode code) {
        checkOpen("compile");
        switch (code.kernel()) {
            case Kernel.Map map -> checkSupported(map.body());
            case Kernel.Reduce reduce -> {
                checkSupported(reduce.prologue());
                checkSupported(reduce.epilogue());
            }
            case Kernel.Contract contract -> checkSupported(contract.epilogue());
            case Kernel.Group group -> group.members().forEach(member -> checkSupported(member.body()));
            case Kernel.Gather _, Kernel.Scatter _ -> {}
            case Kernel.Composite composite -> throw new UnsupportedKernelException("[compile] expected a kernel that minimal claims, got "
                    + composite.name() + "@" + composite.version() + "; send its decomposition");
        }
        return () -> code;
    }

    private void checkSupported(Expr expr) {
        for (Instruction step : expr.instructions()) {
            if (step.op().operands() > 0 && !capabilities.scalarOps().contains(step.op())) {
                throw new UnsupportedKernelException(
                        "[compile] expected an operation that minimal claims, got " + step.op() + "; send it lowered");
            }
        }
    }

    @Override
    public synchronized Fence submit(Executable executable, List<Binding> buffers, KernelArgs args) {
        checkOpen("submit");
        List<MemorySegment> memory = new ArrayList<>();
        for (Binding binding : buffers) {
            memory.add(memory(binding.buffer()).asSlice(binding.offset()));
        }
        Loops.run(executable.code().kernel(), memory, args);
        return Fence.DONE;
    }

    private static MemorySegment memory(Buffer buffer) {
        return ((MinimalBuffer) buffer).segment();
    }

    @Override
    public synchronized void synchronize() {
        checkOpen("synchronize");
    }

    @Override
    public synchronized long liveBuffers() {
        return live.size();
    }

    @Override
    public void close() {
        List<MinimalBuffer> rest;
        synchronized (this) {
            closed = true;
            rest = List.copyOf(live);
        }
        rest.forEach(MinimalBuffer::close);
    }

    private void checkOpen(String operation) {
        if (closed) {
            throw new IllegalStateException("[" + operation + "] expected an open backend, got one that was closed; open the device again");
        }
    }
}
