// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl;

import dev.ashlar.spi.Backend;
import dev.ashlar.spi.Binding;
import dev.ashlar.spi.Buffer;
import dev.ashlar.spi.Executable;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.KernelCode;
import dev.ashlar.type.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A kernel with its numbers and data, to be run on a backend and judged by the {@link Oracle}.
 *
 * @param name what it is, with the seed that made it
 * @param code the kernel
 * @param args the numbers
 * @param data contents of inputs and outputs before the launch
 * @param places byte offset of each binding
 * @param relative error allowed relative to the value
 * @param absolute error allowed beside that
 */
record Case(
        String name, KernelCode code, KernelArgs args, List<Oracle.Data> data, long[] places, double relative, double absolute) {
    private static final long SITE = 4711;

    static long site() {
        return SITE;
    }

    private boolean reports() {
        return code.kernel() instanceof Kernel.Gather || code.kernel() instanceof Kernel.Scatter;
    }

    /** Runs on a backend and returns what differs from the oracle, empty if nothing does. */
    String run(Backend backend) {
        try (Executable executable = backend.compile(code)) {
            return run(backend, executable);
        }
    }

    /** Runs a compiled kernel. */
    String run(Backend backend, Executable executable) {
        List<Oracle.Data> expected = new ArrayList<>();
        data.forEach(d -> expected.add(d.copy()));
        long[] error = new long[2];
        Oracle.run(code.kernel(), expected, args, error);
        List<Buffer> buffers = new ArrayList<>();
        List<Binding> bindings = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            for (int i = 0; i < data.size(); i++) {
                MemorySegment bytes = encode(data.get(i), places[i], arena);
                Buffer buffer = backend.allocate(bytes.byteSize());
                buffers.add(buffer);
                backend.upload(bytes, buffer, 0);
                bindings.add(new Binding(buffer, places[i]));
            }
            if (reports()) {
                Buffer word = backend.allocate(16);
                buffers.add(word);
                backend.upload(arena.allocate(16, 8), word, 0);
                bindings.add(new Binding(word, 0));
            }
            backend.submit(executable, bindings, args);
            for (int i = 0; i < data.size(); i++) {
                MemorySegment bytes = arena.allocate(buffers.get(i).size(), 64);
                backend.download(buffers.get(i), 0, bytes);
                String difference = compare(i, expected.get(i), bytes, places[i]);
                if (!difference.isEmpty()) {
                    return name + ": " + difference;
                }
            }
            if (reports()) {
                MemorySegment bytes = arena.allocate(16, 8);
                backend.download(buffers.getLast(), 0, bytes);
                long site = bytes.get(ValueLayout.JAVA_LONG, 0);
                if (site != error[0]) {
                    return name + ": error word holds " + site + " instead of " + error[0];
                }
            }
            return "";
        } finally {
            buffers.forEach(Buffer::close);
        }
    }

    static MemorySegment encode(Oracle.Data data, long place, Arena arena) {
        int width = data.type.bytes();
        MemorySegment bytes = arena.allocate(place + (long) data.size() * width, 64);
        for (int i = 0; i < data.size(); i++) {
            long bits = Oracle.bits(data.type, data.get(i));
            long at = place + (long) i * width;
            switch (width) {
                case 8 -> bytes.set(ValueLayout.JAVA_LONG, at, bits);
                case 4 -> bytes.set(ValueLayout.JAVA_INT, at, (int) bits);
                case 2 -> bytes.set(ValueLayout.JAVA_SHORT, at, (short) bits);
                default -> bytes.set(ValueLayout.JAVA_BYTE, at, (byte) bits);
            }
        }
        return bytes;
    }

    static Oracle.Value decode(DType type, MemorySegment bytes, long at) {
        long bits =
                switch (type.bytes()) {
                    case 8 -> bytes.get(ValueLayout.JAVA_LONG, at);
                    case 4 -> bytes.get(ValueLayout.JAVA_INT, at);
                    case 2 -> bytes.get(ValueLayout.JAVA_SHORT, at) & 0xffff;
                    default -> bytes.get(ValueLayout.JAVA_BYTE, at) & 0xff;
                };
        return Oracle.ofBits(type, bits);
    }

    private String compare(int binding, Oracle.Data expected, MemorySegment bytes, long place) {
        for (int i = 0; i < expected.size(); i++) {
            Oracle.Value got = decode(expected.type, bytes, place + (long) i * expected.type.bytes());
            Oracle.Value want = expected.get(i);
            if (!isClose(expected.type, got, want)) {
                return String.format(Locale.ROOT, "binding %d (%s) element %d is %s instead of %s", binding, expected.type, i, got, want);
            }
        }
        return "";
    }

    private boolean isClose(DType type, Oracle.Value got, Oracle.Value want) {
        if (!type.isFloatingPoint()) {
            return got.l() == want.l();
        }
        if (Double.isNaN(want.d()) || Double.isInfinite(want.d()) || Double.isNaN(got.d())) {
            return Double.compare(got.d(), want.d()) == 0;
        }
        return Math.abs(got.d() - want.d()) <= relative * Math.abs(want.d()) + absolute;
    }
}
