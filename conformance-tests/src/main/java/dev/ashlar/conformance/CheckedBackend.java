// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance;

import dev.ashlar.conformance.ContractViolation.Side;
import dev.ashlar.spi.Backend;
import dev.ashlar.spi.Binding;
import dev.ashlar.spi.Buffer;
import dev.ashlar.spi.Capabilities;
import dev.ashlar.spi.Executable;
import dev.ashlar.spi.Fence;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.KernelCode;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Passes everything on to a backend and asserts the contract on both sides: that the caller keeps its promises (sizes, layouts, ranges,
 * claims, overlaps, use after close), and that the backend returns what it has to.
 *
 * <p>Every check throws {@link ContractViolation}. Results are not checked; that is the suite's business. As thread-safe as the backend
 * inside.
 */
public final class CheckedBackend implements Backend {
    private final Backend inside;
    private final Capabilities capabilities;

    public CheckedBackend(Backend inside) {
        this.inside = inside;
        this.capabilities = inside.capabilities();
    }

    private record CheckedExecutable(CheckedBackend owner, Executable inside) implements Executable {
        @Override
        public KernelCode code() {
            return inside.code();
        }

        @Override
        public String describe() {
            return inside.describe();
        }

        @Override
        public void close() {
            inside.close();
        }
    }

    private static final class CheckedBuffer implements Buffer {
        private final CheckedBackend owner;
        private final Buffer inside;
        private final long size;
        private final AtomicBoolean closed = new AtomicBoolean();

        CheckedBuffer(CheckedBackend owner, Buffer inside, long size) {
            this.owner = owner;
            this.inside = inside;
            this.size = size;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public void close() {
            closed.set(true);
            inside.close();
        }
    }

    @Override
    public Capabilities capabilities() {
        Capabilities now = inside.capabilities();
        demand(Side.BACKEND, now.equals(capabilities), "capabilities", "the same at every call", now);
        return now;
    }

    @Override
    public Buffer allocate(long bytes) {
        demand(Side.CALLER, bytes >= 1, "allocate", "at least 1 byte", bytes);
        Buffer buffer = inside.allocate(bytes);
        demand(Side.BACKEND, buffer != null, "allocate", "a buffer", null);
        demand(Side.BACKEND, buffer.size() == bytes, "allocate", "a buffer of " + bytes + " bytes", buffer.size());
        return new CheckedBuffer(this, buffer, bytes);
    }

    @Override
    public void upload(MemorySegment source, Buffer target, long offset) {
        range("upload", target, offset, source.byteSize());
        inside.upload(source, unwrap("upload", target), offset);
    }

    @Override
    public void download(Buffer source, long offset, MemorySegment target) {
        range("download", source, offset, target.byteSize());
        inside.download(unwrap("download", source), offset, target);
    }

    private void range(String operation, Buffer buffer, long offset, long bytes) {
        demand(Side.CALLER, offset >= 0 && bytes <= buffer.size() - offset, operation,
                "a range inside of " + buffer.size() + " bytes", "[" + offset + ", " + (offset + bytes) + ")");
    }

    @Override
    public Executable compile(KernelCode code) {
        LaunchCheck.code(capabilities, code);
        return wrap(code, inside.compile(code));
    }

    @Override
    public List<Executable> compileAll(List<KernelCode> codes) {
        codes.forEach(code -> LaunchCheck.code(capabilities, code));
        List<Executable> compiled = inside.compileAll(codes);
        demand(Side.BACKEND, compiled.size() == codes.size(), "compileAll", codes.size() + " executables", compiled.size());
        List<Executable> wrapped = new ArrayList<>();
        for (int i = 0; i < codes.size(); i++) {
            wrapped.add(wrap(codes.get(i), compiled.get(i)));
        }
        return wrapped;
    }

    private Executable wrap(KernelCode code, Executable executable) {
        demand(Side.BACKEND, executable != null, "compile", "an executable", null);
        demand(Side.BACKEND, executable.code().equals(code), "compile", "an executable of " + code, executable.code());
        return new CheckedExecutable(this, executable);
    }

    @Override
    public Fence submit(Executable executable, List<Binding> buffers, KernelArgs args) {
        if (!(executable instanceof CheckedExecutable checked) || checked.owner != this) {
            throw new ContractViolation(Side.CALLER, "[submit] expected an executable of this backend, got " + executable);
        }
        List<Binding> unwrapped = new ArrayList<>();
        for (Binding binding : buffers) {
            unwrapped.add(new Binding(unwrap("submit", binding.buffer()), binding.offset()));
        }
        LaunchCheck.launch(checked.code(), buffers, args);
        Fence fence = inside.submit(checked.inside, unwrapped, args);
        demand(Side.BACKEND, fence != null, "submit", "a fence", null);
        return fence;
    }

    private Buffer unwrap(String operation, Buffer buffer) {
        if (!(buffer instanceof CheckedBuffer checked) || checked.owner != this) {
            throw new ContractViolation(Side.CALLER, "[" + operation + "] expected a buffer of this backend, got " + buffer);
        }
        demand(Side.CALLER, !checked.closed.get(), operation, "an open buffer", "one that was closed");
        return checked.inside;
    }

    @Override
    public void synchronize() {
        inside.synchronize();
    }

    @Override
    public long liveBuffers() {
        return inside.liveBuffers();
    }

    @Override
    public void close() {
        inside.close();
    }

    static void demand(Side side, boolean holds, String operation, String expected, @Nullable Object got) {
        if (!holds) {
            throw new ContractViolation(side, "[" + operation + "] expected " + expected + ", got " + got + "; the "
                    + (side == Side.CALLER ? "caller" : "backend") + " breaks the contract");
        }
    }
}
