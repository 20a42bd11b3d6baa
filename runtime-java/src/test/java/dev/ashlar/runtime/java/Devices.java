// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java;

import dev.ashlar.spi.Binding;
import dev.ashlar.spi.Buffer;
import dev.ashlar.spi.Executable;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.KernelCode;
import dev.ashlar.spi.LayoutClass;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The paths under test, and launches of one kernel on each of them from the same bytes. */
final class Devices implements AutoCloseable {
    private static final int GUARD = 64;

    final JavaBackend scalar = new JavaBackend(1L << 30, 0, false);
    final JavaBackend plain = new JavaBackend(1L << 30, 3, false);
    final JavaBackend vector = new JavaBackend(1L << 30, 2, JavaBackendProvider.vectorApi());
    final JavaBackend vectorAlone = new JavaBackend(1L << 30, 1, JavaBackendProvider.vectorApi());

    /**
     * Runs a kernel on copies of some memory, with guards before and after each buffer.
     *
     * @param memory contents of every buffer before the launch
     * @return contents of every buffer afterwards
     */
    static List<byte[]> run(JavaBackend device, Kernel kernel, KernelArgs args, List<byte[]> memory) {
        KernelCode code = new KernelCode(
                kernel, args.sizes().length, Collections.nCopies(args.strides().length, LayoutClass.GENERAL));
        List<Buffer> buffers = new ArrayList<>();
        List<Binding> bindings = new ArrayList<>();
        for (byte[] bytes : memory) {
            Buffer buffer = device.allocate(bytes.length + 2 * GUARD);
            byte[] guarded = new byte[bytes.length + 2 * GUARD];
            Arrays.fill(guarded, (byte) 0x5A);
            System.arraycopy(bytes, 0, guarded, GUARD, bytes.length);
            device.upload(MemorySegment.ofArray(guarded), buffer, 0);
            buffers.add(buffer);
            bindings.add(new Binding(buffer, GUARD));
        }
        try (Executable executable = device.compile(code)) {
            device.submit(executable, bindings, args).await();
        }
        List<byte[]> results = new ArrayList<>();
        for (Buffer buffer : buffers) {
            byte[] guarded = new byte[(int) buffer.size()];
            device.download(buffer, 0, MemorySegment.ofArray(guarded));
            for (int i = 0; i < GUARD; i++) {
                if (guarded[i] != 0x5A || guarded[guarded.length - 1 - i] != 0x5A) {
                    throw new AssertionError("written outside of a buffer by " + kernel);
                }
            }
            results.add(Arrays.copyOfRange(guarded, GUARD, guarded.length - GUARD));
            buffer.close();
        }
        return results;
    }

    @Override
    public void close() {
        scalar.close();
        plain.close();
        vector.close();
        vectorAlone.close();
    }
}
