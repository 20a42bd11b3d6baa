// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.rules;

import static dev.ashlar.type.DType.FLOAT32;

import dev.ashlar.conformance.Profile;
import dev.ashlar.conformance.internal.suite.Device;
import dev.ashlar.conformance.internal.suite.Executor;
import dev.ashlar.conformance.internal.suite.Expect;
import dev.ashlar.conformance.internal.suite.Exprs;
import dev.ashlar.conformance.internal.suite.Filler;
import dev.ashlar.conformance.internal.suite.Layout;
import dev.ashlar.conformance.internal.suite.RuleBook;
import dev.ashlar.conformance.internal.suite.Session;
import dev.ashlar.conformance.internal.suite.Trial;
import dev.ashlar.spi.Backend;
import dev.ashlar.spi.Binding;
import dev.ashlar.spi.Buffer;
import dev.ashlar.spi.Capabilities;
import dev.ashlar.spi.Executable;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.ReduceOp;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import dev.ashlar.type.OutOfDeviceMemoryException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** MEM-01 to MEM-10: buffers and transfers. */
final class MemoryRules {
    private MemoryRules() {}

    static void add(RuleBook book) {
        book.action("MEM-01", Profile.CORE, "sizes", MemoryRules::sizes);
        book.action("MEM-02", Profile.CORE, "parts", MemoryRules::parts);
        book.action("MEM-03", Profile.CORE, "segments", MemoryRules::segments);
        book.action("MEM-04", Profile.CORE, "source changes", MemoryRules::sourceChanges);
        book.action("MEM-05", Profile.CORE, "buffer changes", MemoryRules::bufferChanges);
        book.action("MEM-05", Profile.CORE, "buffer closed", MemoryRules::bufferClosed);
        book.action("MEM-06", Profile.CORE, "transfer past the end", MemoryRules::pastTheEnd);
        book.action("MEM-07", Profile.CORE, "out of memory", MemoryRules::outOfMemory);
        book.action("MEM-08", Profile.CORE, "live buffers", MemoryRules::liveBuffers);
        book.action("MEM-09", Profile.CORE, "closed twice", MemoryRules::closedTwice);
        List<Trial> fitting = new ArrayList<>();
        for (long size : MapRules.SIZES) {
            fitting.add(MapRules.copy(FLOAT32, Layout.CONTIGUOUS, Layout.CONTIGUOUS, size));
            fitting.add(MapRules.copy(DType.BOOL, Layout.CONTIGUOUS, Layout.CONTIGUOUS, size));
            fitting.add(ReduceRules.fold("rows", ReduceOp.SUM, FLOAT32, Layout.CONTIGUOUS, Filler.ORDINARY, 1, 3, size));
        }
        book.trials("MEM-10", Profile.CORE, "sentinels", fitting);
    }

    private static byte[] pattern(int bytes, long seed) {
        byte[] data = new byte[bytes];
        new Random(seed).nextBytes(data);
        return data;
    }

    private static void sizes(Session session) {
        Expect expect = new Expect("MEM-01 sizes");
        Backend backend = session.backend();
        for (int bytes : new int[] {1, 2, 3, 63, 64, 65, 1000, 4097, 1 << 20, (1 << 22) + 1}) {
            try (Buffer buffer = backend.allocate(bytes)) {
                expect.equal((long) bytes, buffer.size(), "a size of");
                byte[] data = pattern(bytes, bytes);
                backend.upload(MemorySegment.ofArray(data), buffer, 0);
                byte[] back = new byte[bytes];
                backend.download(buffer, 0, MemorySegment.ofArray(back));
                expect.same(data, back, "a buffer of " + bytes + " bytes");
            }
        }
    }

    private static void parts(Session session) {
        Expect expect = new Expect("MEM-02 parts");
        Backend backend = session.backend();
        byte[] data = pattern(1000, 1);
        try (Buffer buffer = backend.allocate(data.length)) {
            backend.upload(MemorySegment.ofArray(data), buffer, 0);
            for (int[] part : new int[][] {{0, 1}, {1, 1}, {3, 5}, {64, 64}, {61, 130}, {993, 7}, {999, 1}}) {
                byte[] change = pattern(part[1], part[0]);
                backend.upload(MemorySegment.ofArray(change), buffer, part[0]);
                System.arraycopy(change, 0, data, part[0], part[1]);
                byte[] piece = new byte[part[1]];
                backend.download(buffer, part[0], MemorySegment.ofArray(piece));
                expect.same(change, piece, Arrays.toString(part));
                byte[] all = new byte[data.length];
                backend.download(buffer, 0, MemorySegment.ofArray(all));
                expect.same(data, all, "the bytes around " + Arrays.toString(part));
            }
        }
    }

    /** Heap arrays of several types, native memory, and slices that are aligned to nothing. */
    private static void segments(Session session) {
        Expect expect = new Expect("MEM-03 segments");
        Backend backend = session.backend();
        byte[] data = pattern(240, 3);
        MemorySegment plain = MemorySegment.ofArray(data);
        try (Arena arena = Arena.ofConfined(); Buffer buffer = backend.allocate(data.length)) {
            MemorySegment nativeMemory = arena.allocate(300);
            List<MemorySegment> places = List.of(
                    MemorySegment.ofArray(new float[60]), MemorySegment.ofArray(new double[30]), MemorySegment.ofArray(new long[30]),
                    MemorySegment.ofArray(new int[60]), MemorySegment.ofArray(new short[120]), nativeMemory.asSlice(0, 240),
                    nativeMemory.asSlice(3, 240), MemorySegment.ofArray(new byte[300]).asSlice(7, 240));
            for (MemorySegment place : places) {
                place.copyFrom(plain);
                backend.upload(place.asReadOnly(), buffer, 0);
                place.fill((byte) 0);
                backend.download(buffer, 0, place);
                expect.that(place.mismatch(plain) < 0, "the same bytes through " + place, "others");
            }
        }
    }

    private static void sourceChanges(Session session) {
        Expect expect = new Expect("MEM-04 source changes");
        Backend backend = session.backend();
        byte[] data = pattern(1 << 20, 4);
        byte[] source = data.clone();
        try (Buffer buffer = backend.allocate(data.length); Arena arena = Arena.ofConfined()) {
            backend.upload(MemorySegment.ofArray(source), buffer, 0);
            Arrays.fill(source, (byte) 0);
            byte[] back = new byte[data.length];
            backend.download(buffer, 0, MemorySegment.ofArray(back));
            expect.same(data, back, "an upload whose source was cleared afterwards");
            MemorySegment nativeSource = arena.allocate(data.length).copyFrom(MemorySegment.ofArray(data));
            backend.upload(nativeSource, buffer, 0);
            nativeSource.fill((byte) 0);
            backend.download(buffer, 0, MemorySegment.ofArray(back));
            expect.same(data, back, "an upload whose native source was cleared afterwards");
        }
    }

    private static void bufferChanges(Session session) {
        Expect expect = new Expect("MEM-05 buffer changes");
        Backend backend = session.backend();
        Executable negate = session.executable(CompileRules.map(1, Exprs.unary(ScalarOp.NEG, FLOAT32)));
        int n = 1 << 18;
        float[] ones = new float[n];
        Arrays.fill(ones, 1);
        float[] twos = new float[n];
        Arrays.fill(twos, 2);
        try (Device device = new Device(backend)) {
            Device.Array in = device.floats(ones);
            Device.Array first = device.floats(new float[n]);
            Device.Array second = device.floats(new float[n]);
            KernelArgs args = CompileRules.args(1, n);
            device.launch(negate, args, List.of(in, first));
            backend.upload(MemorySegment.ofArray(twos), in.buffer(), 0);
            device.launch(negate, args, List.of(in, second));
            expect.equal(-1f, first.toFloats()[n - 1], "from the launch before the upload");
            expect.equal(-2f, second.toFloats()[n - 1], "from the launch behind the upload");
        }
    }

    private static void bufferClosed(Session session) {
        Expect expect = new Expect("MEM-05 buffer closed");
        Backend backend = session.backend();
        Executable negate = session.executable(CompileRules.map(1, Exprs.unary(ScalarOp.NEG, FLOAT32)));
        int n = 1 << 18;
        float[] ones = new float[n];
        Arrays.fill(ones, 1);
        float[] sevens = new float[n];
        Arrays.fill(sevens, 7);
        try (Device device = new Device(backend)) {
            Device.Array out = device.floats(new float[n]);
            Buffer in = backend.allocate(4L * n);
            backend.upload(MemorySegment.ofArray(ones), in, 0);
            backend.submit(negate, List.of(new Binding(in, 0), new Binding(out.buffer(), 0)), CompileRules.args(1, n));
            in.close();
            // Likely the same memory.
            device.floats(sevens);
            float[] values = out.toFloats();
            for (int i = 0; i < n; i++) {
                expect.that(values[i] == -1, "-1 from the buffer as it was at the launch", values[i]);
            }
        }
    }

    private static void pastTheEnd(Session session) {
        Expect expect = new Expect("MEM-06 transfer past the end");
        byte[] data = pattern(100, 6);
        try (Backend backend = session.openUnchecked(); Buffer buffer = backend.allocate(100)) {
            backend.upload(MemorySegment.ofArray(data), buffer, 0);
            long[][] ranges = {{0, 101}, {1, 100}, {100, 1}, {-1, 1}, {1000, 1}, {Long.MAX_VALUE, 1}};
            for (long[] range : ranges) {
                byte[] host = new byte[(int) range[1]];
                String what = "[" + range[0] + ", +" + range[1] + ") of 100 bytes";
                expect.thrown(RuntimeException.class, "upload to " + what,
                        () -> backend.upload(MemorySegment.ofArray(host), buffer, range[0]));
                expect.thrown(RuntimeException.class, "download of " + what,
                        () -> backend.download(buffer, range[0], MemorySegment.ofArray(host)));
            }
            byte[] back = new byte[100];
            backend.download(buffer, 0, MemorySegment.ofArray(back));
            expect.same(data, back, "the buffer");
        }
    }

    private static void outOfMemory(Session session) {
        Expect expect = new Expect("MEM-07 out of memory");
        try (Backend backend = session.openUnchecked()) {
            Capabilities claimed = backend.capabilities();
            long before = backend.liveBuffers();
            for (long bytes : new long[] {claimed.maxBufferBytes() + 1, claimed.memoryBytes() + 1, Long.MAX_VALUE - 63, Long.MAX_VALUE}) {
                OutOfDeviceMemoryException e = expect.thrown(
                        OutOfDeviceMemoryException.class, "allocate(" + bytes + ")", () -> backend.allocate(bytes));
                expect.equal(bytes, e.requested(), "as the number of requested bytes");
                expect.that(e.getMessage().lines().count() == 1, "a message of one line", e.getMessage());
            }
            for (long bytes : new long[] {0, -1, Long.MIN_VALUE}) {
                expect.thrown(RuntimeException.class, "allocate(" + bytes + ")", () -> backend.allocate(bytes));
            }
            expect.equal(before, backend.liveBuffers(), "as many buffers as before,");
            try (Device device = new Device(backend); Executable negate =
                    backend.compile(CompileRules.map(1, Exprs.unary(ScalarOp.NEG, FLOAT32)))) {
                Device.Array in = device.floats(1, 2);
                device.launch(negate, CompileRules.args(1, 2), List.of(in, in));
                expect.same(new float[] {-1, -2}, in.toFloats(), "a working backend:");
            }
        }
    }

    /** Transfers, launches of several kinds and failures must leave nothing behind. */
    private static void liveBuffers(Session session) {
        Expect expect = new Expect("MEM-08 live buffers");
        Backend backend = session.backend();
        long before = backend.liveBuffers();
        Buffer one = backend.allocate(10);
        Buffer two = backend.allocate(20);
        expect.equal(before + 2, backend.liveBuffers(), "live buffers:");
        one.close();
        expect.equal(before + 1, backend.liveBuffers(), "live buffers:");
        two.close();
        Executor executor = new Executor(session, "MEM-08 live buffers");
        Random random = session.random("live buffers");
        List<Trial> trials = List.of(
                MapRules.copy(FLOAT32, Layout.TRANSPOSED, Layout.CONTIGUOUS, 33, 7),
                ReduceRules.fold("rows", ReduceOp.SUM, FLOAT32, Layout.CONTIGUOUS, Filler.ORDINARY, 1, 7, 4098),
                ReduceRules.fold("to one", ReduceOp.SUM, FLOAT32, Layout.CONTIGUOUS, Filler.ORDINARY, 1, 70_001),
                ReduceRules.fold("columns", ReduceOp.ARGMAX, FLOAT32, Layout.TRANSPOSED, Filler.ORDINARY, 1, 7, 257));
        for (int round = 0; round < 3; round++) {
            for (Trial trial : trials) {
                executor.run(trial, random, false);
            }
            backend.synchronize();
            expect.equal(before, backend.liveBuffers(), "no buffer more than before the launches, that is");
        }
    }

    private static void closedTwice(Session session) {
        Expect expect = new Expect("MEM-09 closed twice");
        Backend backend = session.backend();
        long before = backend.liveBuffers();
        Buffer buffer = backend.allocate(64);
        Buffer other = backend.allocate(64);
        buffer.close();
        expect.quiet("the second close", buffer::close);
        expect.equal(before + 1, backend.liveBuffers(), "only one buffer less, that is");
        byte[] data = pattern(64, 9);
        backend.upload(MemorySegment.ofArray(data), other, 0);
        byte[] back = new byte[64];
        backend.download(other, 0, MemorySegment.ofArray(back));
        expect.same(data, back, "the other buffer");
        other.close();
        expect.equal(before, backend.liveBuffers(), "live buffers:");
    }
}
