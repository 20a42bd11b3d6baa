// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.deferred;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.Scope;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
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
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.OutOfDeviceMemoryException;
import dev.ashlar.type.UnsupportedKernelException;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the core does when a backend says no: simpler kernels, the same results; and nothing is lost when memory runs out. */
class LoweringTest {
    /** Passes everything on; tests override what they refuse. */
    private static class Wrapped implements Backend {
        private final Backend inner;

        Wrapped(Backend inner) {
            this.inner = inner;
        }

        @Override
        public Capabilities capabilities() {
            return inner.capabilities();
        }

        @Override
        public Buffer allocate(long bytes) {
            return inner.allocate(bytes);
        }

        @Override
        public void upload(MemorySegment source, Buffer target, long offset) {
            inner.upload(source, target, offset);
        }

        @Override
        public void download(Buffer source, long offset, MemorySegment target) {
            inner.download(source, offset, target);
        }

        @Override
        public Executable compile(KernelCode code) {
            return inner.compile(code);
        }

        @Override
        public Fence submit(Executable executable, List<Binding> buffers, KernelArgs args) {
            return inner.submit(executable, buffers, args);
        }

        @Override
        public void synchronize() {
            inner.synchronize();
        }

        @Override
        public long liveBuffers() {
            return inner.liveBuffers();
        }

        @Override
        public void close() {
            inner.close();
        }
    }

    /** Compiles only the simplest form of each kernel. */
    private static final class Modest extends Wrapped {
        private int refused;

        Modest(Backend inner) {
            super(inner);
        }

        @Override
        public Executable compile(KernelCode code) {
            boolean simple =
                    switch (code.kernel()) {
                        case Kernel.Group _, Kernel.Composite _ -> false;
                        case Kernel.Map map -> map.outputs().size() == 1 && map.body().operations() <= 3;
                        case Kernel.Reduce reduce -> isLeaf(reduce.prologue()) && isLeaf(reduce.epilogue());
                        case Kernel.Contract contract -> isLeaf(contract.epilogue());
                        case Kernel.Gather _, Kernel.Scatter _ -> true;
                    };
            if (!simple) {
                refused++;
                throw new UnsupportedKernelException("[compile] expected a simple kernel");
            }
            return super.compile(code);
        }

        private static boolean isLeaf(Expr expr) {
            return expr.instructions().stream().map(Instruction::op).allMatch(op -> op == ScalarOp.INPUT || op == ScalarOp.RESULT);
        }
    }

    private static float[] work() {
        Tensor x = Tensor.linspace(-1, 1, 12).reshape(4, 3);
        Tensor w = Tensor.linspace(0, 1, 6).reshape(3, 2).clone().requiresGrad(true);
        Tensor b = Tensor.linspace(0, 1, 2).clone().requiresGrad(true);
        Tensor loss = x.matmul(w).add(b).tanh().square().mul(3.0).sub(1.0).softmax(1).log().mean();
        loss.backward();
        try (Scope _ = Autograd.noGrad()) {
            w.subAssign(w.grad().mul(0.1));
            b.subAssign(b.grad().mul(0.1));
        }
        return Tensor.cat(0, w.flatten(), b, loss.reshape(1)).toFloatArray();
    }

    @Test
    void aBackendThatRefusesFusionGetsSimplerKernelsAndGivesTheSameBits() {
        Device device = Ashlar.defaultDevice();
        float[] expected = work();
        Modest[] modest = new Modest[1];
        try (Scope _ = Ashlar.intercept(device, inner -> modest[0] = new Modest(inner))) {
            assertThat(work()).isEqualTo(expected);
            assertThat(modest[0].refused).isPositive();
        }
    }

    /** Has no memory while {@code failing} is set. */
    private static final class Scarce extends Wrapped {
        private boolean failing;

        Scarce(Backend inner) {
            super(inner);
        }

        @Override
        public Buffer allocate(long bytes) {
            if (failing) {
                throw new OutOfDeviceMemoryException("scarce", bytes, 0, 0);
            }
            return super.allocate(bytes);
        }
    }

    @Test
    void runningOutOfMemoryHasNoSideEffects() {
        Device device = Ashlar.defaultDevice();
        Scarce[] scarce = new Scarce[1];
        try (Scope _ = Ashlar.intercept(device, inner -> scarce[0] = new Scarce(inner))) {
            Tensor weight = Tensor.of(1f, 2f, 3f);
            Tensor sum = weight.sum();
            weight.mulAssign(Tensor.of(2f, 2f, 2f));
            scarce[0].failing = true;
            assertThatThrownBy(weight::toFloatArray).isInstanceOf(OutOfDeviceMemoryException.class).hasMessageContaining("scarce");
            scarce[0].failing = false;
            assertThat(weight.toFloatArray()).containsExactly(2, 4, 6);
            assertThat(sum.item()).isEqualTo(6);
        }
    }

    /** Fails one allocation, and refuses what was closed. */
    private static final class Hiccup extends Wrapped {
        private int failures;
        private final Set<Executable> closed = Collections.newSetFromMap(new IdentityHashMap<>());

        Hiccup(Backend inner) {
            super(inner);
        }

        private final class Watched implements Executable {
            private final Executable inner;

            Watched(Executable inner) {
                this.inner = inner;
            }

            @Override
            public KernelCode code() {
                return inner.code();
            }

            @Override
            public void close() {
                closed.add(this);
                inner.close();
            }
        }

        @Override
        public Executable compile(KernelCode code) {
            return new Watched(super.compile(code));
        }

        @Override
        public Fence submit(Executable executable, List<Binding> buffers, KernelArgs args) {
            if (closed.contains(executable)) {
                throw new IllegalStateException("a closed executable was launched");
            }
            return super.submit(((Watched) executable).inner, buffers, args);
        }

        @Override
        public Buffer allocate(long bytes) {
            if (failures > 0) {
                failures--;
                throw new OutOfDeviceMemoryException("hiccup", bytes, 0, 0);
            }
            return super.allocate(bytes);
        }
    }

    private static float[] chained(long size) {
        Tensor x = Tensor.ones(size, size).add(1.0).realize();
        return x.matmul(x).matmul(x).add(x).matmul(x).sum(0).toFloatArray();
    }

    @Test
    void anAllocationThatSucceedsAtTheSecondAttemptChangesNothing() {
        float[] small = chained(3);
        float[] large = chained(40);
        Hiccup[] hiccup = new Hiccup[1];
        try (Scope _ = Ashlar.intercept(Ashlar.defaultDevice(), inner -> hiccup[0] = new Hiccup(inner))) {
            assertThat(chained(3)).isEqualTo(small);
            for (float[] expected : List.of(small, large, small)) {
                Tensor x = Tensor.ones(expected.length, expected.length).add(1.0).realize();
                Tensor y = x.matmul(x).matmul(x).add(x).matmul(x).sum(0);
                hiccup[0].failures = 1;
                assertThat(y.toFloatArray()).isEqualTo(expected);
                assertThat(hiccup[0].failures).isZero();
            }
        }
    }
}
