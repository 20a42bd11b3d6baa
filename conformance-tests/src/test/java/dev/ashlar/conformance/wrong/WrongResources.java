// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.wrong;

import dev.ashlar.spi.Backend;
import dev.ashlar.spi.Binding;
import dev.ashlar.spi.Buffer;
import dev.ashlar.spi.Capabilities;
import dev.ashlar.spi.Executable;
import dev.ashlar.spi.Fence;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.KernelCode;
import dev.ashlar.spi.ReduceOp;
import dev.ashlar.type.DType;
import dev.ashlar.type.UnsupportedKernelException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Bugs in memory, order, accuracy and claims. */
final class WrongResources {
    private WrongResources() {}

    /** Long sums are accumulated one by one in bfloat16. */
    static final class LowPrecision extends Wrapper {
        LowPrecision(Backend inside) {
            super(inside);
        }

        @Override
        public Fence submit(Executable executable, List<Binding> buffers, KernelArgs args) {
            boolean sum = executable.code().kernel() instanceof Kernel.Reduce reduce && reduce.op() == ReduceOp.SUM
                    && reduce.inputs().equals(List.of(DType.FLOAT32)) && reduce.output() == DType.FLOAT32 && args.sizes().length == 1
                    && args.strides()[0][0] == 1;
            if (!sum) {
                return super.submit(executable, buffers, args);
            }
            float[] values = new float[(int) args.sizes()[0]];
            Binding source = buffers.get(0);
            inside.download(source.buffer(), source.offset() + 4 * args.offsets()[0], MemorySegment.ofArray(values));
            float total = 0;
            for (float value : values) {
                total = Float.intBitsToFloat(Float.floatToRawIntBits(total + value) & 0xFFFF0000);
            }
            Binding target = buffers.get(1);
            inside.upload(MemorySegment.ofArray(new float[] {total}), target.buffer(), target.offset() + 4 * args.offsets()[1]);
            return Fence.DONE;
        }
    }

    /** Each fold leaves a temporary behind. */
    static final class Leaking extends Wrapper {
        Leaking(Backend inside) {
            super(inside);
        }

        @Override
        public Fence submit(Executable executable, List<Binding> buffers, KernelArgs args) {
            if (executable.code().kernel() instanceof Kernel.Reduce) {
                inside.allocate(64);
            }
            return super.submit(executable, buffers, args);
        }
    }

    /** A buffer that is closed twice counts twice. */
    static final class CountsCloses extends Wrapper {
        private final AtomicLong live = new AtomicLong();

        CountsCloses(Backend inside) {
            super(inside);
        }

        @Override
        public Buffer allocate(long bytes) {
            Buffer buffer = inside.allocate(bytes);
            live.incrementAndGet();
            return new Counted(buffer, live);
        }

        private record Counted(Buffer buffer, AtomicLong live) implements Buffer {
            @Override
            public long size() {
                return buffer.size();
            }

            @Override
            public void close() {
                live.decrementAndGet();
                buffer.close();
            }
        }

        @Override
        public void upload(MemorySegment source, Buffer target, long offset) {
            inside.upload(source, ((Counted) target).buffer, offset);
        }

        @Override
        public void download(Buffer source, long offset, MemorySegment target) {
            inside.download(((Counted) source).buffer, offset, target);
        }

        @Override
        public Fence submit(Executable executable, List<Binding> buffers, KernelArgs args) {
            return super.submit(executable,
                    buffers.stream().map(binding -> new Binding(((Counted) binding.buffer()).buffer, binding.offset())).toList(), args);
        }

        @Override
        public long liveBuffers() {
            return live.get();
        }
    }

    /** Launches wait until somebody reads, and look at their arguments only then. */
    static final class LateReader extends Wrapper {
        private final List<Runnable> pending = new ArrayList<>();

        LateReader(Backend inside) {
            super(inside);
        }

        @Override
        public synchronized Fence submit(Executable executable, List<Binding> buffers, KernelArgs args) {
            List<Binding> copy = List.copyOf(buffers);
            pending.add(() -> super.submit(executable, copy, args));
            return this::run;
        }

        private synchronized void run() {
            pending.forEach(Runnable::run);
            pending.clear();
        }

        @Override
        public void upload(MemorySegment source, Buffer target, long offset) {
            run();
            super.upload(source, target, offset);
        }

        @Override
        public void download(Buffer source, long offset, MemorySegment target) {
            run();
            super.download(source, offset, target);
        }

        @Override
        public void synchronize() {
            run();
            super.synchronize();
        }
    }

    /** Supports nothing and says so: an honest backend of no use. */
    static final class Empty extends Wrapper {
        Empty(Backend inside) {
            super(inside);
        }

        @Override
        public Capabilities capabilities() {
            return new Capabilities(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), 8, 64, 1 << 20, 1 << 20, true);
        }

        @Override
        public Executable compile(KernelCode code) {
            throw new UnsupportedKernelException("[compile] expected nothing, got " + code + "; use another backend");
        }
    }
}
