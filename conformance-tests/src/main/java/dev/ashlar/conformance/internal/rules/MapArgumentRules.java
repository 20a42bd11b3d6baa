// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.rules;

import static dev.ashlar.type.DType.BOOL;
import static dev.ashlar.type.DType.FLOAT32;
import static dev.ashlar.type.DType.INT32;
import static dev.ashlar.type.DType.INT64;

import dev.ashlar.conformance.Profile;
import dev.ashlar.conformance.internal.suite.Exprs;
import dev.ashlar.conformance.internal.suite.Filler;
import dev.ashlar.conformance.internal.suite.Layout;
import dev.ashlar.conformance.internal.suite.RuleBook;
import dev.ashlar.conformance.internal.suite.Trial;
import dev.ashlar.conformance.internal.suite.TrialBuilder;
import dev.ashlar.spi.Expr;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** MAP-11 to MAP-16: what an expression reads beside memory, and how large it may be. */
final class MapArgumentRules {
    private MapArgumentRules() {}

    static void add(RuleBook book) {
        axisIndex(book);
        params(book);
        constants(book);
        limits(book);
        sampled(book);
    }

    private static void axisIndex(RuleBook book) {
        List<Trial> trials = new ArrayList<>();
        for (long[] sizes : new long[][] {{1}, {257}, {7, 33}, {3, 5, 31}, {2, 3, 4, 5}}) {
            for (int axis = 0; axis < sizes.length; axis++) {
                Expr.Builder builder = new Expr.Builder();
                Expr body = builder.build(builder.axisIndex(axis), builder.cast(builder.axisIndex(axis), FLOAT32));
                trials.add(new TrialBuilder("axis " + axis, sizes)
                        .out(INT64, Layout.CONTIGUOUS).out(FLOAT32, Layout.TRANSPOSED).map(body));
            }
            Expr.Builder builder = new Expr.Builder();
            int number = builder.constant(INT64, 0L);
            for (int axis = 0; axis < sizes.length; axis++) {
                int scaled = builder.binary(ScalarOp.MUL, number, builder.constant(INT64, 1000L));
                number = builder.binary(ScalarOp.ADD, scaled, builder.axisIndex(axis));
            }
            trials.add(new TrialBuilder("all axes", sizes).out(INT64, Layout.CONTIGUOUS).map(builder.build(number)));
        }
        book.trials("MAP-11", Profile.CORE, "axis index", trials);
    }

    private static void params(RuleBook book) {
        for (DType type : List.of(FLOAT32, INT32, INT64, BOOL)) {
            Expr.Builder builder = new Expr.Builder();
            int sum = builder.binary(ScalarOp.ADD, builder.input(0, type), builder.param(1, type));
            Expr body = builder.build(sum, builder.param(0, type));
            List<Trial> trials = new ArrayList<>();
            // 0.1 and 2^-30 + 1 are no float32: they have to be rounded on their way.
            double[][] values = {{0, 1}, {0.1, -3}, {1 + 0x1p-30, 1e30}, {-7, 5}, {1, 0}};
            for (double[] pair : values) {
                long a = type == INT64 ? Long.MAX_VALUE - (long) pair[0] : KernelArgs.encode(type, pair[0]);
                long b = type == INT32 ? Math.clamp((long) pair[1], Integer.MIN_VALUE, Integer.MAX_VALUE)
                        : KernelArgs.encode(type, pair[1]);
                trials.add(new TrialBuilder("params " + pair[0] + ", " + pair[1], 33)
                        .in(type, Layout.CONTIGUOUS, Filler.ORDINARY)
                        .out(type, Layout.CONTIGUOUS)
                        .out(type, Layout.CONTIGUOUS)
                        .params(a, b)
                        .map(body));
            }
            book.trials("MAP-12", Profile.CORE, "param(" + type + ")", trials);
        }
        Expr.Builder builder = new Expr.Builder();
        int sum = builder.param(3, FLOAT32);
        for (int i : new int[] {0, 2, 1}) {
            sum = builder.binary(ScalarOp.ADD, builder.cast(builder.param(i, i == 2 ? INT64 : INT32), FLOAT32), sum);
        }
        book.trials("MAP-12", Profile.CORE, "param(mixed types)", List.of(
                new TrialBuilder("four params", 7).out(FLOAT32, Layout.CONTIGUOUS)
                        .params(1000, -20, 300_000, Double.doubleToRawLongBits(0.5)).map(builder.build(sum)),
                new TrialBuilder("four params, others", 7).out(FLOAT32, Layout.CONTIGUOUS)
                        .params(-3, 2, -1, Double.doubleToRawLongBits(-0.25)).map(builder.build(sum))));
    }

    private static void constants(RuleBook book) {
        List<Trial> trials = new ArrayList<>();
        Expr.Builder floats = new Expr.Builder();
        double[] values = {0.1, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 3.4028234663852886e38, 1e-30};
        int[] results = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            results[i] = floats.constant(FLOAT32, values[i]);
        }
        TrialBuilder trial = new TrialBuilder("float32 literals", 9);
        for (int i = 0; i < values.length; i++) {
            trial.out(FLOAT32, Layout.CONTIGUOUS);
        }
        trials.add(trial.map(floats.build(results)));
        Expr.Builder wholes = new Expr.Builder();
        trials.add(new TrialBuilder("integer literals", 9)
                .out(INT64, Layout.CONTIGUOUS).out(INT64, Layout.CONTIGUOUS).out(INT32, Layout.CONTIGUOUS)
                .out(INT32, Layout.CONTIGUOUS).out(INT64, Layout.CONTIGUOUS).out(BOOL, Layout.CONTIGUOUS).out(BOOL, Layout.CONTIGUOUS)
                .map(wholes.build(
                        wholes.constant(INT64, Long.MIN_VALUE), wholes.constant(INT64, Long.MAX_VALUE),
                        wholes.constant(INT32, (long) Integer.MIN_VALUE), wholes.constant(INT32, -1L),
                        wholes.constant(INT64, 0x9E3779B97F4A7C15L), wholes.constant(BOOL, 1L), wholes.constant(BOOL, 0L))));
        book.trials("MAP-13", Profile.CORE, "literals", trials);
    }

    private static void limits(RuleBook book) {
        List<Trial> trials = new ArrayList<>();
        for (DType type : List.of(FLOAT32, INT32, INT64)) {
            Expr.Builder builder = new Expr.Builder();
            int value = builder.input(0, type);
            int other = builder.input(1, type);
            int k = 0;
            while (builder.size() < 64) {
                ScalarOp op = switch (k % 4) {
                    case 0 -> ScalarOp.SUB;
                    case 1 -> ScalarOp.ADD;
                    case 2 -> ScalarOp.MAX;
                    default -> ScalarOp.MIN;
                };
                // Both are always alive, so that registers cannot be re-used too early unnoticed.
                int next = builder.binary(op, value, other);
                other = k % 2 == 0 ? value : other;
                value = next;
                k++;
            }
            trials.add(new TrialBuilder("64 instructions " + type, 257)
                    .in(type, Layout.CONTIGUOUS, Filler.SMALL_WHOLE).in(type, Layout.PLAIN, Filler.SMALL_WHOLE)
                    .out(type, Layout.CONTIGUOUS).map(builder.build(value)));
        }
        book.trials("MAP-14", Profile.CORE, "64 instructions", trials);

        TrialBuilder eight = new TrialBuilder("seven inputs, one output", 93);
        for (int i = 0; i < 7; i++) {
            eight.in(FLOAT32, i % 2 == 0 ? Layout.CONTIGUOUS : Layout.FLIPPED, Filler.SMALL_WHOLE);
        }
        book.trials("MAP-14", Profile.CORE, "8 bindings",
                List.of(eight.out(FLOAT32, Layout.CONTIGUOUS).map(Exprs.sum(FLOAT32, 7))));
    }

    /** Random expressions of exact operations over random layouts and sizes. */
    private static void sampled(RuleBook book) {
        // The kernels are the same for every seed, so that a cache of compiled kernels stays small; data and values are not.
        Random shapes = new Random(20130);
        for (DType type : List.of(FLOAT32, INT32, INT64)) {
            List<Trial> trials = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                int rank = 1 + shapes.nextInt(4);
                long[] sizes = new long[rank];
                for (int axis = 0; axis < rank; axis++) {
                    sizes[axis] = 1 + shapes.nextInt(rank == 1 ? 500 : 12);
                }
                TrialBuilder trial = new TrialBuilder("sample " + i, sizes);
                for (int input = 0; input < 3; input++) {
                    boolean[] varies = MapRules.all(rank);
                    if (shapes.nextInt(3) == 0) {
                        varies[shapes.nextInt(rank)] = false;
                    }
                    trial.in(type, Layout.values()[shapes.nextInt(Layout.values().length)], varies, Filler.ORDINARY);
                }
                Layout out;
                do {
                    out = Layout.values()[shapes.nextInt(Layout.values().length)];
                } while (!out.isWritable());
                trials.add(trial.out(type, out).map(sampleExpr(type, shapes)));
            }
            book.trials("MAP-15", Profile.CORE, "sampled(" + type + ")", trials);
        }
    }

    private static Expr sampleExpr(DType type, Random random) {
        List<ScalarOp> ops = new ArrayList<>(List.of(ScalarOp.ADD, ScalarOp.SUB, ScalarOp.MUL, ScalarOp.LT, ScalarOp.NEG, ScalarOp.ABS));
        if (type != FLOAT32) {
            ops.addAll(List.of(ScalarOp.XOR, ScalarOp.AND, ScalarOp.MAX, ScalarOp.DIV));
        }
        Expr.Builder builder = new Expr.Builder();
        List<Integer> values = new ArrayList<>(List.of(builder.input(0, type), builder.input(1, type), builder.input(2, type)));
        for (int i = 0; i < 10; i++) {
            int a = values.get(random.nextInt(values.size()));
            int b = values.get(random.nextInt(values.size()));
            ScalarOp op = ops.get(random.nextInt(ops.size()));
            if (op == ScalarOp.MUL && type == FLOAT32) {
                // A power of a computed value could leave the range of normal numbers.
                b = values.get(random.nextInt(3));
            }
            values.add(switch (op) {
                case LT -> builder.select(builder.binary(op, a, b), b, builder.unary(ScalarOp.NEG, a));
                case NEG, ABS -> builder.unary(op, a);
                default -> builder.binary(op, a, b);
            });
        }
        return builder.build(values.getLast());
    }
}
