// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.spi.Backend;
import dev.ashlar.spi.Binding;
import dev.ashlar.spi.Buffer;
import dev.ashlar.spi.Executable;
import dev.ashlar.spi.Expr;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.KernelCode;
import dev.ashlar.spi.LayoutClass;
import dev.ashlar.spi.Options;
import dev.ashlar.spi.Probe;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.AshlarException;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.OutOfDeviceMemoryException;
import dev.ashlar.type.UnsupportedKernelException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Memory, transfers, errors and the cache of an opened device. */
class BackendTest {
    private static KernelCode addParam() {
        Expr.Builder builder = new Expr.Builder();
        int sum = builder.binary(ScalarOp.ADD, builder.input(0, DType.FLOAT32), builder.param(0, DType.FLOAT32));
        Kernel map = new Kernel.Map(List.of(DType.FLOAT32), List.of(DType.FLOAT32), 1, builder.build(sum));
        return new KernelCode(map, 1, List.of(LayoutClass.CONTIGUOUS, LayoutClass.CONTIGUOUS));
    }

    private static KernelArgs args(long elements, double param) {
        long[][] strides = {{1}, {1}};
        return KernelArgs.of(
                new long[] {elements}, strides, new long[2], new long[] {KernelArgs.encode(DType.FLOAT32, param)});
    }

    private static float first(Backend backend, Buffer buffer) {
        MemorySegment target = MemorySegment.ofArray(new float[1]);
        backend.download(buffer, 0, target);
        return target.get(ValueLayout.JAVA_FLOAT, 0);
    }

    @Test
    void probingNeverThrowsAndDescribesDevices() {
        Probe probe = new OpenClBackendProvider().probe();
        if (probe instanceof Probe.Available available) {
            assertThat(available.devices()).isNotEmpty();
            for (int i = 0; i < available.devices().size(); i++) {
                assertThat(available.devices().get(i).index()).isEqualTo(i);
                assertThat(available.devices().get(i).details()).containsKeys("platform", "driver", "float64", "largest work-group");
            }
        } else if (probe instanceof Probe.Unavailable unavailable) {
            assertThat(unavailable.reason()).isNotBlank().doesNotContain("\n");
            assertThat(unavailable.remedy()).isNotBlank().doesNotContain("\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nofp16", "nounified"})
    void transfersOfAllSizesComeBack(String mask) {
        try (Backend backend = TestDevice.open("mask", mask);
                Arena arena = Arena.ofConfined()) {
            for (int bytes : new int[] {1, 4, 63, 65536, 65537, 1 << 20, (9 << 20) + 3}) {
                byte[] data = new byte[bytes];
                for (int i = 0; i < bytes; i++) {
                    data[i] = (byte) (i * 31 + bytes);
                }
                MemorySegment direct = arena.allocate(bytes);
                MemorySegment.copy(MemorySegment.ofArray(data), 0, direct, 0, bytes);
                for (MemorySegment source : List.of(MemorySegment.ofArray(data), direct, direct.asReadOnly())) {
                    try (Buffer buffer = backend.allocate(bytes + 64)) {
                        backend.upload(source, buffer, 64);
                        byte[] heap = new byte[bytes];
                        backend.download(buffer, 64, MemorySegment.ofArray(heap));
                        assertThat(heap).isEqualTo(data);
                        MemorySegment target = arena.allocate(bytes);
                        backend.download(buffer, 64, target);
                        assertThat(target.mismatch(direct)).isEqualTo(-1);
                    }
                }
            }
        }
    }

    @Test
    void smallUploadsMayBeChangedAtOnceAndKeepTheirOrder() {
        try (Backend backend = TestDevice.open();
                Executable add = backend.compile(addParam());
                Buffer source = backend.allocate(40_000);
                Buffer target = backend.allocate(40_000)) {
            float[] data = new float[10_000];
            MemorySegment segment = MemorySegment.ofArray(data);
            List<Binding> bindings = List.of(new Binding(source, 0), new Binding(target, 0));
            for (int round = 0; round < 200; round++) {
                data[0] = round;
                backend.upload(segment, source, 0);
                data[0] = -1;
                backend.submit(add, bindings, args(10_000, 0.5));
                if (round % 50 == 49) {
                    assertThat(first(backend, target)).isEqualTo(round + 0.5f);
                }
            }
        }
    }

    @Test
    void parametersOfEachLaunchCount() {
        try (Backend backend = TestDevice.open();
                Executable add = backend.compile(addParam());
                Buffer buffer = backend.allocate(4)) {
            backend.upload(MemorySegment.ofArray(new float[1]), buffer, 0);
            List<Binding> inPlace = List.of(new Binding(buffer, 0), new Binding(buffer, 0));
            for (int i = 1; i <= 100; i++) {
                backend.submit(add, inPlace, args(1, i));
            }
            assertThat(first(backend, buffer)).isEqualTo(5050f);
        }
    }

    @Test
    void theLimitIsKeptAndEverythingWorksAfterwards() {
        try (Backend backend = TestDevice.open("limit", "1m")) {
            assertThat(backend.capabilities().memoryBytes()).isEqualTo(1 << 20);
            Buffer half = backend.allocate(1 << 19);
            assertThatThrownBy(() -> backend.allocate((1 << 19) + 1)).isInstanceOfSatisfying(OutOfDeviceMemoryException.class, e -> {
                assertThat(e.requested()).isEqualTo((1 << 19) + 1);
                assertThat(e.used()).isEqualTo(1 << 19);
                assertThat(e.limit()).isEqualTo(1 << 20);
            });
            assertThatThrownBy(() -> backend.allocate(2 << 20)).isInstanceOf(OutOfDeviceMemoryException.class);
            assertThat(backend.liveBuffers()).isEqualTo(1);
            half.close();
            half.close();
            assertThat(backend.liveBuffers()).isZero();
            // What is kept for re-use gives way to other sizes.
            try (Buffer whole = backend.allocate(1 << 20)) {
                assertThat(whole.size()).isEqualTo(1 << 20);
            }
        }
    }

    @Test
    void wrongUseIsNamed() {
        try (Backend backend = TestDevice.open();
                Backend other = TestDevice.open();
                Executable add = backend.compile(addParam());
                Buffer buffer = backend.allocate(64)) {
            MemorySegment four = MemorySegment.ofArray(new float[1]);
            assertThatThrownBy(() -> backend.allocate(0)).isInstanceOf(InvalidArgumentException.class);
            assertThatThrownBy(() -> backend.upload(four, buffer, 61))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("64 bytes");
            assertThatThrownBy(() -> backend.download(buffer, -4, four)).isInstanceOf(InvalidArgumentException.class);
            assertThatThrownBy(() -> other.upload(four, buffer, 0)).isInstanceOf(InvalidArgumentException.class);
            assertThatThrownBy(() -> backend.submit(add, List.of(new Binding(buffer, 0)), args(1, 0)))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("expected 2 bindings, got 1");
            Buffer closed = backend.allocate(64);
            closed.close();
            List<Binding> bindings = List.of(new Binding(closed, 0), new Binding(buffer, 0));
            assertThatThrownBy(() -> backend.submit(add, bindings, args(1, 0))).isInstanceOf(InvalidArgumentException.class);
            Kernel composite = new Kernel.Composite("unknown", 1, List.of(), List.of(), new TreeMap<>());
            assertThatThrownBy(() -> backend.compile(new KernelCode(composite, 0, List.of())))
                    .isInstanceOf(UnsupportedKernelException.class)
                    .hasMessageContaining("unknown@1");
        }
    }

    @Test
    void typesThatAreMaskedAreRefused() {
        try (Backend backend = TestDevice.open("mask", "nofp64")) {
            assertThat(backend.capabilities().storage()).doesNotContain(DType.FLOAT64);
            Kernel map = new Kernel.Map(List.of(DType.FLOAT64), List.of(DType.FLOAT64), 0, Expr.identity(DType.FLOAT64));
            KernelCode code = new KernelCode(map, 1, List.of(LayoutClass.CONTIGUOUS, LayoutClass.CONTIGUOUS));
            assertThatThrownBy(() -> backend.compile(code))
                    .isInstanceOf(UnsupportedKernelException.class)
                    .hasMessageContaining("float64");
        }
    }

    @Test
    void afterCloseOnlyClosingWorks() {
        Backend backend = TestDevice.open();
        Buffer buffer = backend.allocate(64);
        Executable add = backend.compile(addParam());
        backend.close();
        assertThatCode(backend::close).doesNotThrowAnyException();
        assertThatCode(buffer::close).doesNotThrowAnyException();
        assertThatCode(add::close).doesNotThrowAnyException();
        assertThatThrownBy(() -> backend.allocate(4)).isInstanceOf(AshlarException.class).hasMessageContaining("closed");
        assertThatThrownBy(backend::synchronize).isInstanceOf(AshlarException.class);
        assertThatThrownBy(() -> backend.compile(addParam())).isInstanceOf(AshlarException.class);
        assertThat(backend.liveBuffers()).isZero();
    }

    @Test
    void optionsWithMistakesAreNamed() {
        var device = TestDevice.description();
        OpenClBackendProvider provider = new OpenClBackendProvider();
        for (String option : List.of("mask", "limit", "style")) {
            Options options = TestDevice.options(option, "x");
            assertThatThrownBy(() -> provider.open(device, options))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("'x'");
        }
    }

    @Test
    void programsAreKeptOnDiskAndDamageIsRepaired(@TempDir Path folder) throws Exception {
        assertThat(runWithCache(folder)).isEqualTo(1.5f);
        Path entry = onlyFile(folder);
        byte[] good = Files.readAllBytes(entry);
        assertThat(runWithCache(folder)).isEqualTo(1.5f);
        assertThat(Files.readAllBytes(onlyFile(folder))).isEqualTo(good);
        byte[] bad = good.clone();
        bad[bad.length / 2] ^= 1;
        Files.write(entry, bad);
        assertThat(runWithCache(folder)).isEqualTo(1.5f);
        assertThat(Files.readAllBytes(onlyFile(folder))).hasSameSizeAs(good).isNotEqualTo(bad);
    }

    private static float runWithCache(Path folder) {
        try (Backend backend = TestDevice.open("cache", folder.toString());
                Executable add = backend.compile(addParam());
                Buffer buffer = backend.allocate(4)) {
            backend.upload(MemorySegment.ofArray(new float[] {1}), buffer, 0);
            backend.submit(add, List.of(new Binding(buffer, 0), new Binding(buffer, 0)), args(1, 0.5)).await();
            return first(backend, buffer);
        }
    }

    private static Path onlyFile(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.getFirst();
        }
    }
}
