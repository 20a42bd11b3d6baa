// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.rules;

import static dev.ashlar.type.DType.FLOAT32;
import static dev.ashlar.type.DType.INT64;

import dev.ashlar.conformance.Profile;
import dev.ashlar.conformance.internal.suite.Device;
import dev.ashlar.conformance.internal.suite.Exprs;
import dev.ashlar.conformance.internal.suite.Filler;
import dev.ashlar.conformance.internal.suite.Layout;
import dev.ashlar.conformance.internal.suite.RuleBook;
import dev.ashlar.conformance.internal.suite.RuleFailure;
import dev.ashlar.conformance.internal.suite.Session;
import dev.ashlar.conformance.internal.suite.Trial;
import dev.ashlar.conformance.internal.suite.TrialBuilder;
import dev.ashlar.spi.Expr;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.KernelCode;
import dev.ashlar.spi.LayoutClass;
import dev.ashlar.spi.ReduceOp;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.spi.ScatterOp;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** DET-01 and DET-02: the same bits again. */
final class DeterminismRules {
    private DeterminismRules() {}

    static void add(RuleBook book) {
        book.twice("DET-01", Profile.CORE, "functions(float32)", List.of(
                function(ScalarOp.EXP), function(ScalarOp.TANH), function(ScalarOp.SIN), function(ScalarOp.LOG1P)));
        book.twice("DET-01", Profile.CORE, "sum(float32)", List.of(
                sum(Layout.CONTIGUOUS, 1, 70_001), sum(Layout.CONTIGUOUS, 1, 7, 4098), sum(Layout.TRANSPOSED, 1, 257, 333),
                sum(Layout.ROTATED, 2, 7, 31, 33)));
        boolean[] left = {true, false, true};
        boolean[] right = {false, true, true};
        boolean[] out = {true, true, false};
        book.twice("DET-01", Profile.CORE, "product(float32)", List.of(
                new TrialBuilder("product", 65, 67, 257).in(FLOAT32, Layout.PLAIN, left, Filler.ORDINARY)
                        .in(FLOAT32, Layout.PLAIN, right, Filler.ORDINARY).out(FLOAT32, Layout.CONTIGUOUS, out)
                        .contract(0, 1, 1, 1, FLOAT32, Expr.result(FLOAT32, FLOAT32))));
        book.twice("DET-01", Profile.CORE, "scatter-add(float32)", List.of(
                new TrialBuilder("duplicates", 4098).in(FLOAT32, Layout.PLAIN, Filler.ORDINARY)
                        .in(INT64, Layout.CONTIGUOUS, Filler.indices(7)).target(FLOAT32, Layout.PLAIN, 0, 7, Filler.ORDINARY)
                        .scatter(0, ScatterOp.ADD)));
        for (ScalarOp op : List.of(ScalarOp.EXP, ScalarOp.LOG, ScalarOp.TANH, ScalarOp.SIN, ScalarOp.POW)) {
            book.action("DET-02", Profile.CORE, NumberRules.name(op) + "(float32,position)", session -> positions(session, op));
        }
    }

    private static Trial function(ScalarOp op) {
        return new TrialBuilder(op.name(), 4098).in(FLOAT32, Layout.CONTIGUOUS, Filler.between(0.01, 3))
                .out(FLOAT32, Layout.CONTIGUOUS).map(Exprs.unary(op, FLOAT32));
    }

    private static Trial sum(Layout layout, int reduced, long... sizes) {
        return ReduceRules.fold("sum", ReduceOp.SUM, FLOAT32, layout, Filler.ORDINARY, reduced, sizes);
    }

    /** The same 31 numbers, once alone and once further back, aligned differently: a vector body and a scalar tail must agree. */
    private static void positions(Session session, ScalarOp op) {
        Random random = session.random("positions " + op);
        float[] numbers = new float[31];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = 0.01f + 3 * random.nextFloat();
        }
        int inputs = op.operands();
        Expr body = inputs == 1 ? Exprs.unary(op, FLOAT32) : Exprs.binary(op, FLOAT32);
        Kernel.Map map = new Kernel.Map(Collections.nCopies(inputs, FLOAT32), List.of(FLOAT32), 0, body);
        KernelCode code = new KernelCode(map, 1, Collections.nCopies(inputs + 1, LayoutClass.CONTIGUOUS));
        float[] first = null;
        for (int lead : new int[] {0, 1, 5, 16, 100}) {
            float[] all = new float[lead + numbers.length];
            System.arraycopy(numbers, 0, all, lead, numbers.length);
            float[] results;
            try (Device device = new Device(session.backend())) {
                Device.Array in = device.floats(all);
                Device.Array out = device.floats(new float[all.length]);
                long[][] strides = new long[inputs + 1][];
                Arrays.fill(strides, new long[] {1});
                KernelArgs args = KernelArgs.of(new long[] {all.length}, strides, new long[inputs + 1], new long[0]);
                device.launch(session.executable(code), args, inputs == 1 ? List.of(in, out) : List.of(in, in, out));
                results = Arrays.copyOfRange(out.toFloats(), lead, all.length);
            }
            if (first == null) {
                first = results;
            }
            for (int i = 0; i < first.length; i++) {
                if (Float.floatToIntBits(first[i]) != Float.floatToIntBits(results[i])) {
                    throw new RuleFailure("[DET-02 " + op + "] expected " + first[i] + " for " + numbers[i] + " at every position, got "
                            + results[i] + " behind " + lead + " other elements");
                }
            }
        }
    }
}
