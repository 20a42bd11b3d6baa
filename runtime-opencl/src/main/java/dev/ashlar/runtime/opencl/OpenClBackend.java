// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl;

import dev.ashlar.runtime.opencl.device.DeviceFacts;
import dev.ashlar.runtime.opencl.device.Devices;
import dev.ashlar.runtime.opencl.device.Masks;
import dev.ashlar.runtime.opencl.device.Session;
import dev.ashlar.runtime.opencl.launch.ClExecutable;
import dev.ashlar.runtime.opencl.launch.LaunchContext;
import dev.ashlar.runtime.opencl.memory.Allocator;
import dev.ashlar.runtime.opencl.memory.ClBuffer;
import dev.ashlar.runtime.opencl.memory.Pooling;
import dev.ashlar.runtime.opencl.memory.Transfers;
import dev.ashlar.runtime.opencl.program.Compiler;
import dev.ashlar.runtime.opencl.program.DiskCache;
import dev.ashlar.runtime.opencl.render.Rendered;
import dev.ashlar.runtime.opencl.render.Renderer;
import dev.ashlar.runtime.opencl.render.Target;
import dev.ashlar.spi.Backend;
import dev.ashlar.spi.Binding;
import dev.ashlar.spi.Buffer;
import dev.ashlar.spi.Capabilities;
import dev.ashlar.spi.DeviceKind;
import dev.ashlar.spi.Executable;
import dev.ashlar.spi.Fence;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.KernelCode;
import dev.ashlar.spi.Options;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.UnsupportedKernelException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One opened OpenCL device. Options: {@code limit} (bytes that tensors may use, {@code 512m}), {@code mask} (see {@link Masks}),
 * {@code cache} (folder of compiled programs, {@code on} for the platform's cache folder, {@code off}), {@code style} ({@code auto},
 * {@code loops}, {@code groups}: how work is cut), {@code pool} ({@code off} gives closed buffers back to the driver at once),
 * {@code indices} ({@code wide} computes all with 64 bits), {@code flags} (further options for the driver's compiler).
 */
public final class OpenClBackend implements Backend {
    private static final long CACHE_BYTES = 256L << 20;
    private static final int MAX_BINDINGS = 32;
    private static final int MAX_INSTRUCTIONS = 512;

    private final Session session;
    private final Allocator allocator;
    private final Transfers transfers;
    private final Compiler compiler;
    private final LaunchContext context;
    private final Capabilities capabilities;
    private final Fence fence = this::synchronize;

    private OpenClBackend(Session session, Allocator allocator, Compiler compiler, Target target, boolean wide) {
        this.session = session;
        this.allocator = allocator;
        this.transfers = new Transfers(session);
        this.compiler = compiler;
        this.context = new LaunchContext(session, allocator, compiler, target, wide);
        this.capabilities = capabilities(session.facts(), allocator);
    }

    static OpenClBackend open(int index, Devices.Found found, Options options) {
        DeviceFacts facts = Masks.parse(options.get("mask")).apply(found.facts());
        Target target = Target.of(facts, options.get("style", "auto"));
        String limit = options.get("limit");
        long bytes = limit == null ? facts.globalMemory() : Masks.bytes("limit", limit);
        Pooling pooling = Pooling.of(options.get("pool", "on"));
        Session session = Session.open("opencl:" + index, found, facts);
        Allocator allocator = new Allocator(session, bytes, pooling);
        boolean wide = options.get("indices", "auto").equals("wide");
        Compiler compiler = new Compiler(session, cache(options, facts.kind()), options.get("flags", ""));
        return new OpenClBackend(session, allocator, compiler, target, wide);
    }

    /**
     * Returns where programs are kept. Drivers for processors translate each kernel at its first launch and keep the result themselves;
     * asking one for binaries made it translate all kernels twice (64 kernels: 21 s instead of 12 at the first start, and the same
     * second at the next), so for these devices the folder has to be named.
     */
    private static DiskCache cache(Options options, DeviceKind kind) {
        String folder = options.get("cache");
        if (folder == null) {
            return new DiskCache(kind == DeviceKind.CPU ? null : DiskCache.defaultFolder(), CACHE_BYTES);
        }
        return new DiskCache(switch (folder) {
            case "off" -> null;
            case "on" -> DiskCache.defaultFolder();
            default -> Path.of(folder);
        }, CACHE_BYTES);
    }

    private static Capabilities capabilities(DeviceFacts facts, Allocator allocator) {
        Set<DType> storage = EnumSet.allOf(DType.class);
        Set<DType> arithmetic = EnumSet.copyOf(Capabilities.allArithmetic());
        Set<DType> contract =
                EnumSet.of(DType.FLOAT64, DType.FLOAT32, DType.FLOAT16, DType.BFLOAT16, DType.INT64, DType.INT32);
        if (!facts.fp64()) {
            storage.remove(DType.FLOAT64);
            arithmetic.remove(DType.FLOAT64);
            contract.remove(DType.FLOAT64);
        }
        return new Capabilities(
                storage,
                arithmetic,
                contract,
                EnumSet.allOf(ScalarOp.class),
                Set.of(),
                MAX_BINDINGS,
                MAX_INSTRUCTIONS,
                allocator.largest(),
                allocator.limit(),
                facts.unifiedMemory());
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public Buffer allocate(long bytes) {
        if (bytes < 1) {
            throw new InvalidArgumentException("[allocate] expected at least 1 byte, got " + bytes + "; empty tensors need no buffer");
        }
        return allocator.allocate(bytes);
    }

    @Override
    public void upload(MemorySegment source, Buffer target, long offset) {
        synchronized (session) {
            session.requireUsable();
            transfers.upload(source, own("upload", target), offset);
        }
    }

    @Override
    public void download(Buffer source, long offset, MemorySegment target) {
        synchronized (session) {
            session.requireUsable();
            transfers.download(own("download", source), offset, target);
        }
    }

    private ClBuffer own(String operation, Buffer buffer) {
        if (buffer instanceof ClBuffer own && own.isUsableIn(allocator)) {
            return own;
        }
        throw new InvalidArgumentException("[" + operation + "] expected an open buffer of this backend, got another; allocate it here");
    }

    @Override
    public Executable compile(KernelCode code) {
        return compileAll(List.of(code)).getFirst();
    }

    @Override
    public List<Executable> compileAll(List<KernelCode> codes) {
        List<List<Renderer.Part>> parts = new ArrayList<>();
        List<Rendered> texts = new ArrayList<>();
        for (KernelCode code : codes) {
            requireSupported(code.kernel());
            List<Renderer.Part> rendered = Renderer.render(code, context.target());
            parts.add(rendered);
            rendered.forEach(part -> texts.add(part.rendered()));
        }
        synchronized (session) {
            session.requireUsable();
            List<Compiler.Unit> units = compiler.compile(texts, false);
            List<Executable> result = new ArrayList<>();
            int next = 0;
            for (int i = 0; i < codes.size(); i++) {
                int end = next + parts.get(i).size();
                result.add(ClExecutable.of(context, codes.get(i), parts.get(i), units.subList(next, end)));
                next = end;
            }
            return result;
        }
    }

    private void requireSupported(Kernel kernel) {
        List<DType> all = new ArrayList<>(kernel.inputs());
        all.addAll(kernel.outputs());
        for (DType type : all) {
            if (!capabilities.storage().contains(type)) {
                throw new UnsupportedKernelException("[" + session.name() + "] expected storage types out of " + capabilities.storage()
                        + ", got " + type + "; use another type or device");
            }
        }
        if (kernel instanceof Kernel.Contract contract && !capabilities.contract().contains(contract.accumulator())) {
            throw new UnsupportedKernelException("[" + session.name() + "] expected products out of " + capabilities.contract() + ", got "
                    + contract.accumulator() + "; use another type or device");
        }
    }

    @Override
    public Fence submit(Executable executable, List<Binding> buffers, KernelArgs args) {
        if (!(executable instanceof ClExecutable own)) {
            throw new InvalidArgumentException("[submit] expected an executable of this backend, got another; compile it here");
        }
        synchronized (session) {
            session.requireUsable();
            own.launch(buffers, args);
        }
        return fence;
    }

    @Override
    public void synchronize() {
        synchronized (session) {
            session.requireUsable();
            session.finish();
            transfers.caughtUp();
        }
    }

    @Override
    public long liveBuffers() {
        return allocator.liveBuffers();
    }

    @Override
    public void close() {
        synchronized (session) {
            if (!session.isClosed()) {
                compiler.clear();
                allocator.closeAll();
                session.close();
            }
        }
    }

    @Override
    public String toString() {
        return session.name() + " (" + session.facts().name() + ")";
    }
}
