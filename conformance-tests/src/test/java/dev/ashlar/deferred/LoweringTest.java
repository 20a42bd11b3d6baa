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
import java.util.List;
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
}
