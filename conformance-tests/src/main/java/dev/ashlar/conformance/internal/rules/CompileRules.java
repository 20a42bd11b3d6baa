// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.rules;

import static dev.ashlar.type.DType.FLOAT32;
import static dev.ashlar.type.DType.FLOAT64;

import dev.ashlar.conformance.Profile;
import dev.ashlar.conformance.internal.suite.Device;
import dev.ashlar.conformance.internal.suite.Expect;
import dev.ashlar.conformance.internal.suite.Exprs;
import dev.ashlar.conformance.internal.suite.NotApplicable;
import dev.ashlar.conformance.internal.suite.RuleBook;
import dev.ashlar.conformance.internal.suite.Session;
import dev.ashlar.spi.Backend;
import dev.ashlar.spi.Executable;
import dev.ashlar.spi.Expr;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.KernelCode;
import dev.ashlar.spi.LayoutClass;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.UnsupportedKernelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** COMP-01 to COMP-07: compilation. */
final class CompileRules {
    private static final float[] INPUT = {1, 2, 3, 4, 5, 6};

    private CompileRules() {}

    static void add(RuleBook book) {
        book.action("COMP-01", Profile.CORE, "composite", CompileRules::composite);
        book.action("COMP-02", Profile.CORE, "scalar operation", CompileRules::operation);
        book.action("COMP-02", Profile.CORE, "arithmetic type", CompileRules::arithmetic);
        book.action("COMP-03", Profile.CORE, "constant", session -> apart(session, "constant", value -> {
            Expr.Builder builder = new Expr.Builder();
            return builder.build(builder.binary(ScalarOp.ADD, builder.input(0, FLOAT32), builder.constant(FLOAT32, value + 0.5)));
        }, value -> (float) (3 + value + 0.5)));
        book.action("COMP-03", Profile.CORE, "input number", session -> apart(session, "input number", value -> {
            Expr.Builder builder = new Expr.Builder();
            return builder.build(builder.binary(ScalarOp.ADD, builder.input(value, FLOAT32), builder.input(value, FLOAT32)));
        }, value -> value == 0 ? 6f : 8f));
        book.action("COMP-03", Profile.CORE, "operation", session -> apart(session, "operation", value -> {
            Expr.Builder builder = new Expr.Builder();
            return builder.build(builder.binary(
                    value == 0 ? ScalarOp.SUB : ScalarOp.MUL, builder.input(0, FLOAT32), builder.input(1, FLOAT32)));
        }, value -> value == 0 ? -1f : 12f));
        book.action("COMP-03", Profile.CORE, "order of operands", session -> apart(session, "order of operands", value -> {
            Expr.Builder builder = new Expr.Builder();
            int a = builder.input(0, FLOAT32);
            int b = builder.input(1, FLOAT32);
            return builder.build(value == 0 ? builder.binary(ScalarOp.SUB, a, b) : builder.binary(ScalarOp.SUB, b, a));
        }, value -> value == 0 ? -1f : 1f));
        book.action("COMP-04", Profile.CORE, "code", CompileRules::code);
        book.action("COMP-05", Profile.CORE, "many arguments", CompileRules::arguments);
        book.action("COMP-06", Profile.CORE, "two executables", CompileRules::twoExecutables);
        book.action("COMP-07", Profile.CORE, "after a refusal", CompileRules::afterRefusal);
    }

    static KernelCode map(int inputs, Expr body) {
        Kernel.Map map = new Kernel.Map(Collections.nCopies(inputs, FLOAT32), List.of(FLOAT32), 0, body);
        return new KernelCode(map, 1, Collections.nCopies(inputs + 1, LayoutClass.GENERAL));
    }

    static KernelArgs args(int inputs, long size) {
        long[][] strides = new long[inputs + 1][];
        Arrays.fill(strides, new long[] {1});
        return KernelArgs.of(new long[] {size}, strides, new long[inputs + 1], new long[0]);
    }

    private static KernelCode unclaimed() {
        Kernel kernel = new Kernel.Composite("no-such-operation", 1, List.of(FLOAT32), List.of(FLOAT32), new TreeMap<>());
        return new KernelCode(kernel, 1, List.of(LayoutClass.CONTIGUOUS, LayoutClass.CONTIGUOUS));
    }

    private static void composite(Session session) {
        try (Backend backend = session.openUnchecked()) {
            new Expect("COMP-01 composite").thrown(UnsupportedKernelException.class, "compile", () -> backend.compile(unclaimed()));
        }
    }

    private static void operation(Session session) {
        List<ScalarOp> unclaimed = new ArrayList<>(List.of(ScalarOp.ATAN, ScalarOp.ERF));
        unclaimed.removeAll(session.capabilities().scalarOps());
        if (unclaimed.isEmpty()) {
            throw new NotApplicable("every optional operation is claimed");
        }
        try (Backend backend = session.openUnchecked()) {
            for (ScalarOp op : unclaimed) {
                new Expect("COMP-02 " + op).thrown(
                        UnsupportedKernelException.class, "compile", () -> backend.compile(map(1, Exprs.unary(op, FLOAT32))));
            }
        }
    }

    private static void arithmetic(Session session) {
        if (session.capabilities().arithmetic().contains(FLOAT64)) {
            throw new NotApplicable("arithmetic in every type is claimed");
        }
        Kernel.Map sum = new Kernel.Map(List.of(FLOAT64, FLOAT64), List.of(FLOAT64), 0, Exprs.binary(ScalarOp.ADD, FLOAT64));
        KernelCode code = new KernelCode(sum, 1, Collections.nCopies(3, LayoutClass.GENERAL));
        try (Backend backend = session.openUnchecked()) {
            new Expect("COMP-02 float64").thrown(UnsupportedKernelException.class, "compile", () -> backend.compile(code));
        }
    }

    /** Two kernels that are alike but for one thing are compiled one after the other and together, and must not be confused. */
    private static void apart(Session session, String what, IntFunction<Expr> body, IntFunction<Float> third) {
        Expect expect = new Expect("COMP-03 " + what);
        List<KernelCode> codes = List.of(map(2, body.apply(0)), map(2, body.apply(1)));
        Backend backend = session.backend();
        List<Executable> executables = new ArrayList<>();
        codes.forEach(code -> executables.add(backend.compile(code)));
        executables.addAll(backend.compileAll(codes));
        try (Device device = new Device(backend)) {
            Device.Array a = device.floats(INPUT);
            Device.Array b = device.floats(2, 3, 4, 5, 6, 7);
            for (int i = 0; i < executables.size(); i++) {
                Device.Array out = device.floats(new float[INPUT.length]);
                device.launch(executables.get(i), args(2, INPUT.length), List.of(a, b, out));
                expect.equal(third.apply(i % 2), out.toFloats()[2], "for kernel " + i % 2 + " of two that differ in one " + what);
            }
        }
        executables.forEach(Executable::close);
    }

    private static void code(Session session) {
        Expect expect = new Expect("COMP-04 code");
        KernelCode code = map(1, Exprs.unary(ScalarOp.NEG, FLOAT32));
        try (Backend backend = session.openUnchecked()) {
            Executable executable = backend.compile(code);
            expect.equal(code, executable.code(), "the code that was compiled,");
            expect.that(!executable.describe().isBlank(), "a description", "a blank one");
            List<Executable> several = backend.compileAll(List.of(code, map(1, Exprs.unary(ScalarOp.ABS, FLOAT32)), code));
            expect.equal(3, several.size(), "executables");
            expect.equal(code, several.get(2).code(), "the code that was compiled,");
            expect.equal(List.of(), backend.compileAll(List.of()), "for no kernels");
        }
    }

    /** One executable with other sizes, strides and buffers each time: nothing of the launch before may stick. */
    private static void arguments(Session session) {
        Expect expect = new Expect("COMP-05 many arguments");
        Expr.Builder builder = new Expr.Builder();
        Expr body = builder.build(builder.binary(ScalarOp.ADD, builder.input(0, FLOAT32), builder.param(0, FLOAT32)));
        Kernel.Map map = new Kernel.Map(List.of(FLOAT32), List.of(FLOAT32), 1, body);
        KernelCode code = new KernelCode(map, 1, Collections.nCopies(2, LayoutClass.GENERAL));
        Backend backend = session.backend();
        try (Executable executable = backend.compile(code); Device device = new Device(backend)) {
            Device.Array one = device.floats(INPUT);
            Device.Array two = device.floats(10, 20, 30, 40, 50, 60);
            Device.Array out = device.floats(new float[6]);
            Device.Array other = device.floats(new float[6]);
            device.launch(executable, args(6, 1, 0, 0, 0.5), List.of(one, out));
            expect.same(new float[] {1.5f, 2.5f, 3.5f, 4.5f, 5.5f, 6.5f}, out.toFloats(), "first launch");
            device.launch(executable, args(3, 2, 1, 3, 1), List.of(two, out));
            expect.same(new float[] {1.5f, 2.5f, 3.5f, 21, 41, 61}, out.toFloats(), "other size, stride, offsets and buffer");
            device.launch(executable, args(6, -1, 5, 0, 0), List.of(two, other));
            expect.same(new float[] {60, 50, 40, 30, 20, 10}, other.toFloats(), "backwards");
            device.launch(executable, args(6, 0, 2, 0, 2), List.of(one, out));
            expect.same(new float[] {5, 5, 5, 5, 5, 5}, out.toFloats(), "repeated");
            device.launch(executable, args(6, 1, 0, 0, 0.5), List.of(one, out));
            expect.same(new float[] {1.5f, 2.5f, 3.5f, 4.5f, 5.5f, 6.5f}, out.toFloats(), "as the first again");
        }
    }

    private static KernelArgs args(long size, long stride, long from, long to, double param) {
        return KernelArgs.of(new long[] {size}, new long[][] {{stride}, {1}}, new long[] {from, to},
                new long[] {Double.doubleToRawLongBits(param)});
    }

    private static void twoExecutables(Session session) {
        Expect expect = new Expect("COMP-06 two executables");
        KernelCode code = map(1, Exprs.unary(ScalarOp.NEG, FLOAT32));
        Backend backend = session.backend();
        Executable first = backend.compile(code);
        try (Executable second = backend.compile(code); Device device = new Device(backend)) {
            Device.Array a = device.floats(INPUT);
            Device.Array b = device.floats(7, 8);
            Device.Array outA = device.floats(new float[6]);
            Device.Array outB = device.floats(new float[2]);
            device.launch(first, args(1, 6), List.of(a, outA));
            device.launch(second, args(1, 2), List.of(b, outB));
            expect.same(new float[] {-1, -2, -3, -4, -5, -6}, outA.toFloats(), "from the first");
            expect.same(new float[] {-7, -8}, outB.toFloats(), "from the second");
            first.close();
            device.launch(second, args(1, 2), List.of(outB, outB));
            expect.same(new float[] {7, 8}, outB.toFloats(), "from the second after the first was closed");
        }
    }

    private static void afterRefusal(Session session) {
        Expect expect = new Expect("COMP-07 after a refusal");
        KernelCode good = map(1, Exprs.unary(ScalarOp.ABS, FLOAT32));
        try (Backend backend = session.openUnchecked()) {
            expect.thrown(UnsupportedKernelException.class, "compileAll", () -> backend.compileAll(List.of(good, unclaimed(), good)));
            try (Executable executable = backend.compile(good); Device device = new Device(backend)) {
                Device.Array in = device.floats(-1, 2);
                device.launch(executable, args(1, 2), List.of(in, in));
                expect.same(new float[] {1, 2}, in.toFloats(), "a working backend:");
            }
        }
    }
}
