// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.conformance.ContractViolation.Side;
import dev.ashlar.spi.Backend;
import dev.ashlar.spi.Binding;
import dev.ashlar.spi.Buffer;
import dev.ashlar.spi.Executable;
import dev.ashlar.spi.Expr;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.KernelCode;
import dev.ashlar.spi.LayoutClass;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import dev.ashlar.type.DeviceLostException;
import dev.ashlar.type.OutOfDeviceMemoryException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The helpers for tests of one's own. */
final class HelpersTest {
    private static final KernelCode COPY = new KernelCode(
            new Kernel.Map(List.of(DType.FLOAT32), List.of(DType.FLOAT32), 0, Expr.identity(DType.FLOAT32)), 1,
            List.of(LayoutClass.INNER_ONE, LayoutClass.GENERAL));

    private static KernelArgs args(long size, long inStride, long outStride, long outOffset) {
        return KernelArgs.of(new long[] {size}, new long[][] {{inStride}, {outStride}}, new long[] {0, outOffset}, new long[0]);
    }

    private static void assertCaller(ThrowingCallable code, String message) {
        assertThatThrownBy(code).isInstanceOfSatisfying(ContractViolation.class, violation ->
                assertThat(violation.side()).isEqualTo(Side.CALLER)).hasMessageContaining(message);
    }

    @Test
    void theCallerIsChecked() {
        try (Backend backend = new CheckedBackend(Providers.openMinimal()); Executable copy = backend.compile(COPY);
                Buffer out = backend.allocate(40); Backend other = new CheckedBackend(Providers.openMinimal());
                Buffer foreign = other.allocate(40)) {
            Buffer in = backend.allocate(40);
            List<Binding> bindings = List.of(new Binding(in, 0), new Binding(out, 0));
            backend.submit(copy, bindings, args(10, 1, -1, 9));
            assertCaller(() -> backend.submit(copy, bindings, args(11, 1, 1, 0)), "elements in [0, 10)");
            assertCaller(() -> backend.submit(copy, bindings, args(10, 1, -1, 8)), "elements in [0, 10)");
            assertCaller(() -> backend.submit(copy, bindings, args(3, 2, 1, 0)), "INNER_ONE strides");
            assertCaller(() -> backend.submit(copy, bindings.subList(0, 1), args(3, 1, 1, 0)), "2 bindings");
            assertCaller(() -> backend.submit(copy, List.of(new Binding(in, 0), new Binding(in, 0)), args(5, 1, 1, 1)), "an overlap");
            assertCaller(() -> backend.submit(copy, List.of(new Binding(in, 4), new Binding(out, 0)), args(1, 1, 1, 0)), "multiple of 64");
            assertCaller(() -> backend.submit(copy, List.of(new Binding(foreign, 0), new Binding(out, 0)), args(1, 1, 1, 0)),
                    "a buffer of this backend");
            assertCaller(() -> backend.allocate(0), "at least 1 byte");
            assertCaller(() -> backend.upload(MemorySegment.ofArray(new byte[8]), in, 33), "a range inside of 40 bytes");
            in.close();
            assertCaller(() -> backend.download(in, 0, MemorySegment.ofArray(new byte[8])), "an open buffer");
        }
    }

    @Test
    void onlyClaimedKernelsMayBeSent() {
        Expr.Builder builder = new Expr.Builder();
        Expr body = builder.build(builder.unary(ScalarOp.ERF, builder.input(0, DType.FLOAT32)));
        KernelCode erf = new KernelCode(new Kernel.Map(List.of(DType.FLOAT32), List.of(DType.FLOAT32), 0, body), 1, COPY.layouts());
        try (Backend backend = new CheckedBackend(Providers.openMinimal())) {
            assertCaller(() -> backend.compile(erf), "a claimed scalar operation, got ERF");
        }
    }

    @Test
    void memoryRunsOutOnceWhenAsked() {
        try (FaultyBackend backend = new FaultyBackend(Providers.openMinimal())) {
            backend.failAllocation(2);
            backend.allocate(8).close();
            assertThatThrownBy(() -> backend.allocate(8)).isInstanceOf(OutOfDeviceMemoryException.class);
            backend.allocate(8).close();
            assertThat(backend.liveBuffers()).isZero();
        }
    }

    @Test
    void aLostDeviceStaysLostAndCanBeClosed() {
        FaultyBackend backend = new FaultyBackend(Providers.openMinimal());
        Buffer buffer = backend.allocate(8);
        Executable copy = backend.compile(COPY);
        List<Binding> bindings = List.of(new Binding(buffer, 0), new Binding(buffer, 0));
        backend.loseDeviceAtSubmit(2);
        backend.submit(copy, bindings, args(1, 1, 1, 0));
        assertThatThrownBy(() -> backend.submit(copy, bindings, args(1, 1, 1, 0))).isInstanceOf(DeviceLostException.class);
        assertThatThrownBy(backend::synchronize).isInstanceOf(DeviceLostException.class);
        assertThatThrownBy(() -> backend.allocate(8)).isInstanceOf(DeviceLostException.class);
        buffer.close();
        backend.close();
    }
}
