// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.wrong;

import dev.ashlar.spi.Backend;
import dev.ashlar.spi.Binding;
import dev.ashlar.spi.Buffer;
import dev.ashlar.spi.Capabilities;
import dev.ashlar.spi.Executable;
import dev.ashlar.spi.Fence;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.KernelCode;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Passes everything on; a bug overrides one method. */
class Wrapper implements Backend {
    final Backend inside;

    Wrapper(Backend inside) {
        this.inside = inside;
    }

    /** What the kernel is mistaken for. */
    KernelCode mistake(KernelCode code) {
        return code;
    }

    /** What the arguments are mistaken for. */
    KernelArgs mistake(KernelCode code, KernelArgs args) {
        return args;
    }

    /** An executable that claims to be what was asked for. */
    record Disguised(KernelCode code, Executable inside) implements Executable {
        @Override
        public void close() {
            inside.close();
        }
    }

    @Override
    public Capabilities capabilities() {
        return inside.capabilities();
    }

    @Override
    public Buffer allocate(long bytes) {
        return inside.allocate(bytes);
    }

    @Override
    public void upload(MemorySegment source, Buffer target, long offset) {
        inside.upload(source, target, offset);
    }

    @Override
    public void download(Buffer source, long offset, MemorySegment target) {
        inside.download(source, offset, target);
    }

    @Override
    public Executable compile(KernelCode code) {
        return new Disguised(code, inside.compile(mistake(code)));
    }

    @Override
    public Fence submit(Executable executable, List<Binding> buffers, KernelArgs args) {
        return inside.submit(((Disguised) executable).inside, buffers, mistake(executable.code(), args));
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

    static KernelArgs with(KernelArgs args, long[] sizes, long[][] strides, long[] offsets) {
        return new KernelArgs(sizes, strides, offsets, args.params(), args.extent(), args.site(), args.members());
    }
}
