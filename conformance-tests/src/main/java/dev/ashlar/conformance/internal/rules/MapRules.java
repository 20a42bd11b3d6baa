// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.rules;

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
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** MAP-01 to MAP-09: where a map reads and writes. */
final class MapRules {
    static final long[] SIZES = {1, 2, 3, 7, 31, 33, 64, 93, 257, 4098};
    static final List<DType> CORE = List.of(FLOAT32, INT32, INT64, DType.BOOL);

    private MapRules() {}

    static void add(RuleBook book) {
        sizes(book);
        inputLayouts(book);
        outputLayouts(book);
        mixedLayouts(book);
        ranks(book);
        outputs(book);
        inPlace(book);
        large(book);
    }

    private static void sizes(RuleBook book) {
        for (DType type : CORE) {
            List<Trial> trials = new ArrayList<>();
            for (long size : SIZES) {
                trials.add(copy(type, Layout.CONTIGUOUS, Layout.CONTIGUOUS, size));
                trials.add(copy(type, Layout.SHIFTED, Layout.SHIFTED, size));
                trials.add(copy(type, Layout.CONTIGUOUS, Layout.CONTIGUOUS, 3, size));
                trials.add(copy(type, Layout.CONTIGUOUS, Layout.CONTIGUOUS, Math.min(size, 93), 5));
            }
            book.trials("MAP-01", Profile.CORE, "copy(" + type + ")", trials);
        }
    }

    private static void inputLayouts(RuleBook book) {
        for (Layout layout : Layout.values()) {
            boolean repeats = layout == Layout.REPEATED_INNER || layout == Layout.REPEATED_OUTER || layout == Layout.BROADCAST;
            boolean offset = layout == Layout.SHIFTED;
            String rule = repeats ? "MAP-03" : offset ? "MAP-04" : "MAP-02";
            for (DType type : List.of(FLOAT32, INT64)) {
                List<Trial> trials = new ArrayList<>();
                for (long size : new long[] {1, 3, 33, 257}) {
                    trials.add(copy(type, layout, Layout.CONTIGUOUS, size));
                    trials.add(copy(type, layout, Layout.CONTIGUOUS, 7, size));
                    trials.add(copy(type, layout, Layout.CONTIGUOUS, size, 2));
                }
                trials.add(copy(type, layout, Layout.CONTIGUOUS, 3, 5, 31));
                trials.add(copy(type, layout, Layout.PLAIN, 3, 5, 31));
                trials.add(copy(type, layout, Layout.CONTIGUOUS, 2, 3, 4, 5));
                book.trials(rule, Profile.CORE, "copy(" + type + "," + layout.label() + ")", trials);
            }
        }
    }

    private static void outputLayouts(RuleBook book) {
        for (Layout layout : Layout.values()) {
            if (!layout.isWritable()) {
                continue;
            }
            List<Trial> trials = new ArrayList<>();
            for (long size : new long[] {1, 3, 33, 257}) {
                trials.add(copy(FLOAT32, Layout.CONTIGUOUS, layout, size));
                trials.add(copy(FLOAT32, Layout.CONTIGUOUS, layout, 7, size));
                trials.add(copy(FLOAT32, Layout.TRANSPOSED, layout, size, 3));
            }
            trials.add(copy(FLOAT32, Layout.CONTIGUOUS, layout, 3, 5, 31));
            trials.add(copy(INT64, Layout.PLAIN, layout, 2, 3, 4, 5));
            book.trials("MAP-05", Profile.CORE, "copy(float32," + layout.label() + ")", trials);
        }
    }

    /** Two inputs of different layouts meet in one kernel. */
    private static void mixedLayouts(RuleBook book) {
        List<Trial> trials = new ArrayList<>();
        Layout[][] pairs = {
            {Layout.CONTIGUOUS, Layout.BROADCAST},
            {Layout.CONTIGUOUS, Layout.REPEATED_OUTER},
            {Layout.CONTIGUOUS, Layout.REPEATED_INNER},
            {Layout.REPEATED_OUTER, Layout.REPEATED_INNER},
            {Layout.TRANSPOSED, Layout.CONTIGUOUS},
            {Layout.FLIPPED, Layout.INNER_ONE},
            {Layout.INNER_ONE, Layout.INNER_ONE},
            {Layout.WINDOW, Layout.ROTATED},
        };
        for (Layout[] pair : pairs) {
            for (long[] sizes : new long[][] {{93}, {7, 33}, {33, 7}, {3, 5, 31}}) {
                trials.add(new TrialBuilder("add " + pair[0] + " " + pair[1], sizes)
                        .in(FLOAT32, pair[0], Filler.ORDINARY)
                        .in(FLOAT32, pair[1], Filler.ORDINARY)
                        .out(FLOAT32, Layout.CONTIGUOUS)
                        .map(Exprs.binary(ScalarOp.ADD, FLOAT32)));
            }
        }
        book.trials("MAP-03", Profile.CORE, "add(float32,mixed layouts)", trials);
    }

    private static void ranks(RuleBook book) {
        List<Trial> points = new ArrayList<>();
        for (DType type : CORE) {
            points.add(copy(type, Layout.PLAIN, Layout.PLAIN));
            points.add(copy(type, Layout.CONTIGUOUS, Layout.CONTIGUOUS));
        }
        points.add(copy(FLOAT32, Layout.BROADCAST, Layout.SHIFTED));
        book.trials("MAP-06", Profile.CORE, "copy(rank 0)", points);

        List<Trial> ones = new ArrayList<>();
        for (long[] sizes : new long[][] {{1, 1}, {1, 33}, {33, 1}, {1, 7, 1}, {7, 1, 7}, {1, 1, 1, 1}}) {
            for (Layout layout : List.of(Layout.CONTIGUOUS, Layout.TRANSPOSED, Layout.GAPS, Layout.FLIPPED)) {
                ones.add(copy(FLOAT32, layout, Layout.CONTIGUOUS, sizes));
            }
        }
        book.trials("MAP-06", Profile.CORE, "copy(axes of size 1)", ones);

        List<Trial> deep = new ArrayList<>();
        for (Layout layout : List.of(Layout.CONTIGUOUS, Layout.TRANSPOSED, Layout.ROTATED, Layout.GAPS, Layout.FLIPPED)) {
            deep.add(copy(FLOAT32, layout, Layout.CONTIGUOUS, 3, 1, 4, 2, 5));
            deep.add(copy(INT32, layout, Layout.GAPS, 2, 3, 1, 4, 2, 5));
        }
        book.trials("MAP-07", Profile.CORE, "copy(rank 5 and 6)", deep);
    }

    private static void outputs(RuleBook book) {
        List<Trial> trials = new ArrayList<>();
        for (long[] sizes : new long[][] {{1}, {33}, {257}, {7, 31}}) {
            for (Layout layout : List.of(Layout.CONTIGUOUS, Layout.TRANSPOSED)) {
                Expr.Builder builder = new Expr.Builder();
                int a = builder.input(0, FLOAT32);
                int b = builder.input(1, FLOAT32);
                int sum = builder.binary(ScalarOp.ADD, a, b);
                int less = builder.binary(ScalarOp.LT, a, b);
                int whole = builder.cast(sum, INT32);
                Expr body = builder.build(sum, less, whole, b, builder.cast(less, INT64), sum);
                trials.add(new TrialBuilder("six outputs " + layout, sizes)
                        .in(FLOAT32, layout, Filler.ORDINARY)
                        .in(FLOAT32, Layout.PLAIN, Filler.ORDINARY)
                        .out(FLOAT32, Layout.CONTIGUOUS)
                        .out(DType.BOOL, layout)
                        .out(INT32, Layout.GAPS)
                        .out(FLOAT32, Layout.FLIPPED)
                        .out(INT64, Layout.INNER_ONE)
                        .out(FLOAT32, Layout.SHIFTED)
                        .map(body));
            }
        }
        book.trials("MAP-08", Profile.CORE, "six outputs", trials);
    }

    private static void inPlace(RuleBook book) {
        List<Trial> trials = new ArrayList<>();
        for (Layout layout : List.of(Layout.CONTIGUOUS, Layout.SHIFTED, Layout.TRANSPOSED, Layout.GAPS, Layout.FLIPPED)) {
            for (long[] sizes : new long[][] {{1}, {33}, {4098}, {7, 31}}) {
                trials.add(new TrialBuilder("a += b " + layout, sizes)
                        .in(FLOAT32, layout, Filler.ORDINARY)
                        .in(FLOAT32, Layout.PLAIN, Filler.ORDINARY)
                        .inPlace(0)
                        .map(Exprs.binary(ScalarOp.ADD, FLOAT32)));
            }
        }
        book.trials("MAP-09", Profile.CORE, "in place(float32)", trials);

        Expr.Builder builder = new Expr.Builder();
        int p = builder.input(0, FLOAT32);
        int m = builder.input(1, FLOAT32);
        int g = builder.input(2, FLOAT32);
        int momentum = builder.binary(ScalarOp.ADD, builder.binary(ScalarOp.MUL, m, builder.param(0, FLOAT32)), g);
        int step = builder.binary(ScalarOp.SUB, p, builder.binary(ScalarOp.MUL, momentum, builder.param(1, FLOAT32)));
        Expr body = builder.build(step, momentum);
        List<Trial> steps = new ArrayList<>();
        for (long size : new long[] {1, 33, 4098}) {
            steps.add(new TrialBuilder("optimizer step", size)
                    .in(FLOAT32, Layout.CONTIGUOUS, Filler.ORDINARY)
                    .in(FLOAT32, Layout.CONTIGUOUS, Filler.ORDINARY)
                    .in(FLOAT32, Layout.CONTIGUOUS, Filler.ORDINARY)
                    .inPlace(0)
                    .inPlace(1)
                    .params(Double.doubleToRawLongBits(0.9), Double.doubleToRawLongBits(0.01))
                    .map(body));
        }
        book.trials("MAP-09", Profile.CORE, "in place(two of three inputs)", steps);
    }

    private static void large(RuleBook book) {
        List<Trial> trials = List.of(
                copy(FLOAT32, Layout.CONTIGUOUS, Layout.CONTIGUOUS, 300_007),
                copy(FLOAT32, Layout.TRANSPOSED, Layout.CONTIGUOUS, 511, 401),
                copy(FLOAT32, Layout.CONTIGUOUS, Layout.TRANSPOSED, 3, 70_001));
        book.trials("MAP-10", Profile.CORE, "copy(float32,large)", trials);
    }

    static Trial copy(DType type, Layout in, Layout out, long... sizes) {
        return new TrialBuilder("copy " + in + " to " + out, sizes).in(type, in, Filler.ANY).out(type, out).map(Expr.identity(type));
    }

    static boolean[] all(int rank) {
        boolean[] varies = new boolean[rank];
        Arrays.fill(varies, true);
        return varies;
    }
}
