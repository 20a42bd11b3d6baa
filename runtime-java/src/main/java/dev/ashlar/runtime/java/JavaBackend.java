// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java;

import dev.ashlar.runtime.java.device.CompiledKernel;
import dev.ashlar.runtime.java.device.JavaBuffer;
import dev.ashlar.runtime.java.device.MemoryPool;
import dev.ashlar.runtime.java.scalar.ScalarCompiler;
import dev.ashlar.runtime.java.vector.VectorCompiler;
import dev.ashlar.spi.Backend;
import dev.ashlar.spi.Binding;
import dev.ashlar.spi.Buffer;
import dev.ashlar.spi.Capabilities;
import dev.ashlar.spi.Executable;
import dev.ashlar.spi.Fence;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.KernelCode;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The host as a device. A launch has ended when {@link #submit} returns, and failures come from there. Launches and transfers take one
 * lock; allocation has its own.
 */
final class JavaBackend implements Backend {
    private static final int MOST_BINDINGS = 1 << 10;
    private static final int MOST_INSTRUCTIONS = 1 << 12;

    private final Object lock = new Object();
    private final MemoryPool pool;
    private final ScalarCompiler scalar;
    private final @Nullable VectorCompiler vector;
    private final Capabilities capabilities;
    private volatile boolean closed;

    /**
     * @param limit bytes of all live buffers
     * @param threads of the vector path; 0 for the scalar path
     * @param vectorApi whether the JVM has the Vector API
     */
    JavaBackend(long limit, int threads, boolean vectorApi) {
        this.pool = new MemoryPool(limit);
        this.scalar = new ScalarCompiler(pool);
        this.vector = threads == 0 ? null : new VectorCompiler(pool, threads, vectorApi);
        Set<DType> all = EnumSet.allOf(DType.class);
        this.capabilities = new Capabilities(
                all,
                Capabilities.allArithmetic(),
                EnumSet.complementOf(EnumSet.of(DType.BOOL)),
                EnumSet.allOf(ScalarOp.class),
                Set.of(),
                MOST_BINDINGS,
                MOST_INSTRUCTIONS,
                limit,
                limit,
                true);
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public Buffer allocate(long bytes) {
        if (bytes < 1) {
            throw new InvalidArgumentException("[allocate] expected at least 1 byte, got " + bytes);
        }
        checkOpen("allocate");
        return pool.allocate(bytes);
    }

    @Override
    public void upload(MemorySegment source, Buffer target, long offset) {
        synchronized (lock) {
            slice("upload", target, offset, source.byteSize()).copyFrom(source);
        }
    }

    @Override
    public void download(Buffer source, long offset, MemorySegment target) {
        synchronized (lock) {
            target.copyFrom(slice("download", source, offset, target.byteSize()));
        }
    }

    private MemorySegment slice(String operation, Buffer buffer, long offset, long bytes) {
        checkOpen(operation);
        if (!(buffer instanceof JavaBuffer own) || !own.belongsTo(pool)) {
            throw new InvalidArgumentException("[" + operation + "] expected a buffer of this device, got one of another");
        }
        if (own.isClosed()) {
            throw new InvalidArgumentException("[" + operation + "] expected an open buffer, got one that was closed");
        }
        if (offset < 0 || bytes > own.size() - offset) {
            throw new InvalidArgumentException("[" + operation + "] expected a range within " + own.size() + " bytes, got " + bytes
                    + " bytes at " + offset);
        }
        return own.slice(offset, bytes);
    }

    @Override
    public Executable compile(KernelCode code) {
        synchronized (lock) {
            checkOpen("compile");
            return vector == null ? scalar.compile(code) : vector.compile(code);
        }
    }

    @Override
    public Fence submit(Executable executable, List<Binding> buffers, KernelArgs args) {
        synchronized (lock) {
            checkOpen("submit");
            if (!(executable instanceof CompiledKernel kernel) || !kernel.belongsTo(pool)) {
                throw new InvalidArgumentException("[submit] expected an executable of this device, got one of another; compile it here");
            }
            if (buffers.size() != kernel.bindings()) {
                throw new InvalidArgumentException("[submit] expected " + kernel.bindings() + " bindings, got " + buffers.size()
                        + "; bind inputs, outputs and the error word of gather and scatter");
            }
            kernel.launch(buffers, 0, args);
        }
        return Fence.DONE;
    }

    /** Does nothing: launches end before they return. */
    @Override
    public void synchronize() {
        synchronized (lock) {
            checkOpen("synchronize");
        }
    }

    @Override
    public long liveBuffers() {
        return pool.liveBuffers();
    }

    @Override
    public void close() {
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            if (vector != null) {
                vector.close();
            }
            pool.close();
        }
    }

    private void checkOpen(String operation) {
        if (closed) {
            throw new InvalidArgumentException("[" + operation + "] expected an open device, got java after close(); open it again");
        }
    }
}
