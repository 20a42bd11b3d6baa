// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.runtime.java.device.JavaBuffer;
import dev.ashlar.spi.Backend;
import dev.ashlar.spi.Binding;
import dev.ashlar.spi.Buffer;
import dev.ashlar.spi.Executable;
import dev.ashlar.spi.Expr;
import dev.ashlar.spi.Instruction;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.KernelCode;
import dev.ashlar.spi.LayoutClass;
import dev.ashlar.spi.Options;
import dev.ashlar.spi.Probe;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.OutOfDeviceMemoryException;
import dev.ashlar.type.UnsupportedKernelException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Memory, life cycle and misuse. */
class JavaBackendTest {
    private static final Kernel.Map COPY =
            new Kernel.Map(List.of(DType.FLOAT32), List.of(DType.FLOAT32), 0, Expr.identity(DType.FLOAT32));

    private static Backend open(Map<String, String> options) {
        JavaBackendProvider provider = new JavaBackendProvider();
        Probe.Available found = (Probe.Available) provider.probe();
        return provider.open(found.devices().getFirst(), new Options(options));
    }

    private static Executable copy(Backend device) {
        return device.compile(new KernelCode(COPY, 1, List.of(LayoutClass.CONTIGUOUS, LayoutClass.CONTIGUOUS)));
    }

    private static KernelArgs args(long size, long stride) {
        return KernelArgs.of(new long[] {size}, new long[][] {{stride}, {1}}, new long[2], new long[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"scalar", "vector"})
    void copiesThroughBothPaths(String path) {
        try (Backend device = open(Map.of("path", path)); Buffer from = device.allocate(12); Buffer to = device.allocate(12)) {
            device.upload(MemorySegment.ofArray(new float[] {1, 2, 3}), from, 0);
            device.submit(copy(device), List.of(new Binding(from, 0), new Binding(to, 0)), args(3, 1)).await();
            float[] result = new float[3];
            device.download(to, 0, MemorySegment.ofArray(result));
            assertThat(result).containsExactly(1, 2, 3);
        }
    }

    @Test
    void memoryIsLimitedCountedAndUsableAfterwards() {
        try (Backend device = open(Map.of("limit", "1m"))) {
            List<Buffer> buffers = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                buffers.add(device.allocate(64 << 10));
            }
            assertThat(device.liveBuffers()).isEqualTo(16);
            assertThatThrownBy(() -> device.allocate(1)).isInstanceOfSatisfying(OutOfDeviceMemoryException.class, e -> {
                assertThat(e.requested()).isEqualTo(1);
                assertThat(e.used()).isEqualTo(1 << 20);
                assertThat(e.limit()).isEqualTo(1 << 20);
            });
            buffers.forEach(Buffer::close);
            buffers.forEach(Buffer::close);
            assertThat(device.liveBuffers()).isZero();
            try (Buffer whole = device.allocate(1 << 20)) {
                assertThat(whole.size()).isEqualTo(1 << 20);
            }
        }
    }

    @Test
    void blocksAreAlignedAndApart() {
        try (Backend device = open(Map.of())) {
            List<Buffer> buffers = new ArrayList<>();
            for (int size = 1; size < 300_000; size += 1 + size / 3) {
                Buffer buffer = device.allocate(size);
                byte[] mark = new byte[size];
                Arrays.fill(mark, (byte) buffers.size());
                device.upload(MemorySegment.ofArray(mark), buffer, 0);
                buffers.add(buffer);
                assertThat(((JavaBuffer) buffer).address() % 64).isZero();
            }
            for (int i = 0; i < buffers.size(); i++) {
                byte[] mark = new byte[(int) buffers.get(i).size()];
                device.download(buffers.get(i), 0, MemorySegment.ofArray(mark));
                assertThat(mark).containsOnly((byte) i);
            }
        }
    }

    @Test
    void misuseIsNamed() {
        Backend device = open(Map.of());
        Backend other = open(Map.of());
        Executable copy = copy(device);
        Buffer buffer = device.allocate(40);
        Buffer foreign = other.allocate(40);
        Binding good = new Binding(buffer, 0);
        assertThatThrownBy(() -> device.submit(copy, List.of(good), args(10, 1)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("expected 2 bindings, got 1");
        assertThatThrownBy(() -> device.submit(copy, List.of(good, new Binding(foreign, 0)), args(10, 1)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("of this device");
        assertThatThrownBy(() -> device.submit(copy(other), List.of(good, good), args(10, 1)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("executable of this device");
        assertThatThrownBy(() -> device.submit(copy, List.of(good, good), args(11, 1)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("within [0, 10)");
        assertThatThrownBy(() -> device.submit(copy, List.of(good, good), args(3, -1)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("got [-2, 0]");
        assertThatThrownBy(() -> device.upload(MemorySegment.ofArray(new byte[41]), buffer, 0))
                .isInstanceOf(InvalidArgumentException.class);
        buffer.close();
        assertThatThrownBy(() -> device.submit(copy, List.of(good, good), args(10, 1)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("closed");
        device.close();
        other.close();
        buffer.close();
        foreign.close();
        assertThatThrownBy(() -> device.allocate(0)).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> device.allocate(1)).isInstanceOf(InvalidArgumentException.class).hasMessageContaining("close()");
        assertThatThrownBy(device::synchronize).isInstanceOf(InvalidArgumentException.class).hasMessageContaining("close()");
    }

    @ParameterizedTest
    @ValueSource(strings = {"scalar", "vector"})
    void whatTheContractDoesNotDefineIsRefused(String path) {
        try (Backend device = open(Map.of("path", path))) {
            Kernel composite = new Kernel.Composite("softmax", 1, List.of(), List.of(), new TreeMap<>());
            assertThatThrownBy(() -> device.compile(new KernelCode(composite, 0, List.of())))
                    .isInstanceOf(UnsupportedKernelException.class)
                    .hasMessageContaining("softmax@1");
            Expr.Builder builder = new Expr.Builder();
            int half = builder.input(0, DType.FLOAT16);
            Expr sum = builder.build(builder.binary(ScalarOp.ADD, half, half));
            Kernel undefined = new Kernel.Map(List.of(DType.FLOAT16), List.of(DType.FLOAT16), 0, sum);
            assertThatThrownBy(() -> device.compile(new KernelCode(undefined, 1, List.of())))
                    .isInstanceOf(UnsupportedKernelException.class);
            Expr mixed = new Expr(
                    List.of(
                            new Instruction(ScalarOp.CONST, DType.FLOAT32, -1, -1, -1, 0),
                            new Instruction(ScalarOp.CONST, DType.INT32, -1, -1, -1, 0),
                            new Instruction(ScalarOp.ADD, DType.FLOAT32, 0, 1, -1, 0)),
                    List.of(2));
            assertThatThrownBy(() -> device.compile(
                            new KernelCode(new Kernel.Map(List.of(), List.of(DType.FLOAT32), 0, mixed), 1, List.of())))
                    .isInstanceOf(UnsupportedKernelException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"path=fast", "threads=0", "threads=many", "limit=-1", "limit=lots"})
    void badOptionsAreNamed(String option) {
        String[] pair = option.split("=");
        assertThatThrownBy(() -> open(Map.of(pair[0], pair[1])))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("ashlar.java." + pair[0])
                .hasMessageContaining("'" + pair[1] + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"scalar", "vector"})
    void groupsRunMembersOfDifferentRanks(String path) {
        try (Backend device = open(Map.of("path", path)); Buffer from = device.allocate(64); Buffer to = device.allocate(64);
                Buffer second = device.allocate(64)) {
            device.upload(MemorySegment.ofArray(new float[] {1, 2, 3, 4, 5, 6}), from, 0);
            Executable group = device.compile(new KernelCode(new Kernel.Group(List.of(COPY, COPY)), 2, List.of()));
            KernelArgs transposed =
                    KernelArgs.of(new long[] {3, 2}, new long[][] {{1, 3}, {2, 1}}, new long[2], new long[0]);
            KernelArgs both = new KernelArgs(
                    new long[0], new long[0][], new long[0], new long[0], 0, 0, List.of(transposed, args(4, 1)));
            List<Binding> bindings =
                    List.of(new Binding(from, 0), new Binding(to, 0), new Binding(from, 0), new Binding(second, 0));
            device.submit(group, bindings, both).await();
            float[] result = new float[6];
            device.download(to, 0, MemorySegment.ofArray(result));
            assertThat(result).containsExactly(1, 4, 2, 5, 3, 6);
            float[] head = new float[4];
            device.download(second, 0, MemorySegment.ofArray(head));
            assertThat(head).containsExactly(1, 2, 3, 4);
        }
    }
}
