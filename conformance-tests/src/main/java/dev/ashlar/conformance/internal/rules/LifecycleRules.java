// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.rules;

import static dev.ashlar.type.DType.FLOAT32;

import dev.ashlar.conformance.Profile;
import dev.ashlar.conformance.internal.suite.Device;
import dev.ashlar.conformance.internal.suite.Expect;
import dev.ashlar.conformance.internal.suite.Exprs;
import dev.ashlar.conformance.internal.suite.RuleBook;
import dev.ashlar.conformance.internal.suite.RuleFailure;
import dev.ashlar.conformance.internal.suite.Session;
import dev.ashlar.spi.Backend;
import dev.ashlar.spi.Binding;
import dev.ashlar.spi.Buffer;
import dev.ashlar.spi.Executable;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.KernelCode;
import dev.ashlar.spi.ScalarOp;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** LIFE-01 to LIFE-08: order, threads, opening and closing. */
final class LifecycleRules {
    private LifecycleRules() {}

    static void add(RuleBook book) {
        book.action("LIFE-01", Profile.CORE, "in order", LifecycleRules::inOrder);
        book.action("LIFE-02", Profile.CORE, "arguments change", LifecycleRules::argumentsChange);
        book.action("LIFE-03", Profile.CORE, "fences", LifecycleRules::fences);
        book.action("LIFE-04", Profile.CORE, "own buffers", session -> threads(session, false));
        book.action("LIFE-04", Profile.CORE, "own kernels", session -> threads(session, true));
        book.action("LIFE-05", Profile.CORE, "opened twice", LifecycleRules::openedTwice);
        book.action("LIFE-06", Profile.CORE, "use after close", LifecycleRules::useAfterClose);
        book.action("LIFE-07", Profile.CORE, "closing", LifecycleRules::closing);
        book.action("LIFE-08", Profile.CORE, "nothing left", session -> {
            session.backend().synchronize();
            new Expect("LIFE-08 nothing left").equal(0L, session.backend().liveBuffers(), "live buffers at the end of the suite:");
        });
    }

    private static KernelCode negate() {
        return CompileRules.map(1, Exprs.unary(ScalarOp.NEG, FLOAT32));
    }

    private static KernelCode add() {
        return CompileRules.map(2, Exprs.binary(ScalarOp.ADD, FLOAT32));
    }

    /** x = x + y, y = -x, again and again: any launch out of turn changes the numbers. */
    private static void inOrder(Session session) {
        Expect expect = new Expect("LIFE-01 in order");
        Executable add = session.executable(add());
        Executable negate = session.executable(negate());
        int n = 5000;
        float[] x = new float[n];
        float[] y = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = i % 11;
            y[i] = 1 + i % 3;
        }
        try (Device device = new Device(session.backend())) {
            Device.Array deviceX = device.floats(x);
            Device.Array deviceY = device.floats(y);
            for (int round = 0; round < 50; round++) {
                device.launch(add, CompileRules.args(2, n), List.of(deviceX, deviceY, deviceX));
                device.launch(negate, CompileRules.args(1, n), List.of(deviceX, deviceY));
                for (int i = 0; i < n; i++) {
                    x[i] = x[i] + y[i];
                    y[i] = -x[i];
                }
            }
            expect.same(x, deviceX.toFloats(), "after 100 dependent launches");
            expect.same(y, deviceY.toFloats(), "after 100 dependent launches");
        }
    }

    private static void argumentsChange(Session session) {
        Expect expect = new Expect("LIFE-02 arguments change");
        Executable negate = session.executable(negate());
        int n = 100_000;
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = i % 1000;
        }
        try (Device device = new Device(session.backend())) {
            Device.Array in = device.floats(x);
            Device.Array out = device.floats(new float[n]);
            long[] sizes = {n};
            long[][] strides = {{1}, {1}};
            long[] offsets = {0, 0};
            List<Binding> bindings = new ArrayList<>(List.of(new Binding(in.buffer(), 0), new Binding(out.buffer(), 0)));
            session.backend().submit(negate, bindings, KernelArgs.of(sizes, strides, offsets, new long[0]));
            sizes[0] = 1;
            strides[0][0] = 0;
            strides[1][0] = 0;
            offsets[0] = 77;
            bindings.clear();
            float[] expected = new float[n];
            for (int i = 0; i < n; i++) {
                expected[i] = -x[i];
            }
            expect.same(expected, out.toFloats(), "with the arguments as they were at the call");
        }
    }

    private static void fences(Session session) {
        Expect expect = new Expect("LIFE-03 fences");
        Backend backend = session.backend();
        expect.quiet("synchronize without work", backend::synchronize);
        Executable negate = session.executable(negate());
        try (Device device = new Device(backend)) {
            Device.Array in = device.floats(1, 2, 3);
            Device.Array out = device.floats(0, 0, 0);
            var first = device.launch(negate, CompileRules.args(1, 3), List.of(in, out));
            var second = device.launch(negate, CompileRules.args(1, 3), List.of(out, in));
            expect.quiet("await", () -> {
                second.await();
                first.await();
                first.await();
            });
            backend.synchronize();
            expect.quiet("await behind synchronize", second::await);
            expect.same(new float[] {1, 2, 3}, in.toFloats(), "after two launches");
        }
    }

    private static void threads(Session session, boolean compile) throws InterruptedException {
        Backend backend = session.backend();
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            List<Future<?>> running = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                int seed = t + 1;
                running.add(pool.submit(() -> worker(backend, seed, compile)));
            }
            for (Future<?> one : running) {
                try {
                    one.get();
                } catch (ExecutionException e) {
                    throw new RuleFailure("[LIFE-04 threads] expected four threads to work side by side, got " + e.getCause().getMessage(),
                            e.getCause());
                }
            }
        }
    }

    private static void worker(Backend backend, int seed, boolean compile) {
        Expect expect = new Expect("LIFE-04 thread " + seed);
        int n = 1000 * seed;
        // Each thread has executables of its own: launches of one never overlap.
        Executable add = backend.compile(add());
        for (int round = 0; round < 20; round++) {
            if (compile && round % 10 == 0) {
                add.close();
                add = backend.compile(add());
            }
            try (Device device = new Device(backend)) {
                float[] x = new float[n];
                Arrays.fill(x, seed * 100 + round);
                Device.Array a = device.floats(x);
                Device.Array b = device.floats(x);
                for (int i = 0; i < 5; i++) {
                    device.launch(add, CompileRules.args(2, n), List.of(a, b, a));
                }
                Arrays.fill(x, 6 * (seed * 100 + round));
                expect.same(x, a.toFloats(), "in round " + round);
            }
        }
        add.close();
    }

    private static void openedTwice(Session session) {
        Expect expect = new Expect("LIFE-05 opened twice");
        try (Backend first = session.open(); Device deviceOne = new Device(first)) {
            Device.Array one = deviceOne.floats(1, 2);
            try (Backend second = session.open(); Device deviceTwo = new Device(second)) {
                Device.Array two = deviceTwo.floats(3, 4);
                expect.equal(1L, second.liveBuffers(), "live buffers of the second:");
                try (Executable negate = second.compile(negate())) {
                    deviceTwo.launch(negate, CompileRules.args(1, 2), List.of(two, two));
                }
                expect.same(new float[] {-3, -4}, two.toFloats(), "on the second");
            }
            try (Executable negate = first.compile(negate())) {
                deviceOne.launch(negate, CompileRules.args(1, 2), List.of(one, one));
            }
            expect.same(new float[] {-1, -2}, one.toFloats(), "on the first after the second was closed");
        }
    }

    private static void useAfterClose(Session session) {
        Expect expect = new Expect("LIFE-06 use after close");
        Backend backend = session.openUnchecked();
        Buffer buffer = backend.allocate(64);
        Executable executable = backend.compile(negate());
        backend.close();
        MemorySegment host = MemorySegment.ofArray(new byte[8]);
        expect.thrown(RuntimeException.class, "allocate", () -> backend.allocate(64));
        expect.thrown(RuntimeException.class, "upload", () -> backend.upload(host, buffer, 0));
        expect.thrown(RuntimeException.class, "download", () -> backend.download(buffer, 0, host));
        expect.thrown(RuntimeException.class, "compile", () -> backend.compile(negate()));
        expect.thrown(RuntimeException.class, "submit", () -> backend.submit(
                executable, List.of(new Binding(buffer, 0), new Binding(buffer, 0)), CompileRules.args(1, 1)));
        expect.thrown(RuntimeException.class, "synchronize", backend::synchronize);
    }

    private static void closing(Session session) {
        Expect expect = new Expect("LIFE-07 closing");
        Backend backend = session.openUnchecked();
        Buffer early = backend.allocate(64);
        Buffer late = backend.allocate(64);
        Executable executable = backend.compile(negate());
        backend.submit(executable, List.of(new Binding(early, 0), new Binding(early, 0)), CompileRules.args(1, 16));
        early.close();
        expect.quiet("close with buffers and work outstanding", backend::close);
        expect.quiet("the second close", backend::close);
        expect.quiet("closing a buffer behind its backend", late::close);
        expect.quiet("closing an executable behind its backend", executable::close);
        try (Backend again = session.open(); Device device = new Device(again)) {
            expect.same(new float[] {5}, device.floats(5).toFloats(), "on the device opened again");
        }
    }
}
