// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.rules;

import static dev.ashlar.type.DType.FLOAT32;
import static dev.ashlar.type.DType.FLOAT64;
import static dev.ashlar.type.DType.INT32;
import static dev.ashlar.type.DType.INT64;

import dev.ashlar.conformance.Profile;
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

/** CON-01 to CON-12: batched products. */
final class ContractRules {
    private ContractRules() {}

    static void add(RuleBook book) {
        sizes(book);
        operands(book);
        batches(book);
        axes(book);
        epilogues(book);
        empty(book);
        wholes(book);
        outputs(book);
        accuracy(book);
        specials(book);
        otherTypes(book);
    }

    /** The shape of a product: how many axes belong to each group. */
    private record Axes(int batch, int rows, int columns, int sums) {
        int rank() {
            return batch + rows + columns + sums;
        }

        /** Along which axes input 0 (batch, rows, sums), input 1 (batch, columns, sums) or an output varies. */
        boolean[] varies(boolean alongRows, boolean alongColumns, boolean alongSums) {
            boolean[] varies = new boolean[rank()];
            Arrays.fill(varies, 0, batch, true);
            Arrays.fill(varies, batch, batch + rows, alongRows);
            Arrays.fill(varies, batch + rows, batch + rows + columns, alongColumns);
            Arrays.fill(varies, rank() - sums, rank(), alongSums);
            return varies;
        }

        boolean[] left() {
            return varies(true, false, true);
        }

        boolean[] right() {
            return varies(false, true, true);
        }

        boolean[] output() {
            return varies(true, true, false);
        }
    }

    private static final Axes MATRIX = new Axes(0, 1, 1, 1);

    private static Trial product(String label, Axes axes, DType type, Layout left, Layout right, Filler filler, long... sizes) {
        return product(label, axes, type, left, right, Layout.CONTIGUOUS, filler, sizes);
    }

    private static Trial product(
            String label, Axes axes, DType type, Layout left, Layout right, Layout out, Filler filler, long... sizes) {
        return new TrialBuilder(label + " " + left + " x " + right, sizes)
                .in(type, left, axes.left(), filler)
                .in(type, right, axes.right(), filler)
                .out(type, out, axes.output())
                .contract(axes.batch, axes.rows, axes.columns, axes.sums, type, Expr.result(type, type));
    }

    private static void sizes(RuleBook book) {
        // M, N, K: squares, tails of every tile size, vectors, outer and inner products.
        long[][] cases = {
            {1, 1, 1}, {2, 2, 2}, {3, 7, 5}, {7, 3, 31}, {31, 33, 7}, {33, 31, 64}, {64, 64, 64}, {65, 63, 66}, {1, 93, 33}, {93, 1, 33},
            {33, 93, 1}, {1, 1, 257}, {1, 257, 1}, {257, 1, 1}, {257, 7, 3}, {5, 257, 93}, {128, 128, 128}, {96, 130, 17}
        };
        List<Trial> trials = new ArrayList<>();
        for (long[] size : cases) {
            trials.add(product("product", MATRIX, FLOAT32, Layout.PLAIN, Layout.PLAIN, Filler.ORDINARY, size));
        }
        book.trials("CON-01", Profile.CORE, "product(float32)", trials);

        List<Trial> larger = List.of(
                product("larger", MATRIX, FLOAT32, Layout.PLAIN, Layout.PLAIN, Filler.ORDINARY, 150, 257, 131),
                product("larger", MATRIX, FLOAT32, Layout.PLAIN, Layout.TRANSPOSED, Filler.ORDINARY, 97, 520, 65),
                product("tall", MATRIX, FLOAT32, Layout.INNER_ONE, Layout.PLAIN, Filler.ORDINARY, 4098, 3, 9));
        book.trials("CON-01", Profile.CORE, "product(float32,larger)", larger);
    }

    private static void operands(RuleBook book) {
        List<Layout> layouts = List.of(
                Layout.PLAIN, Layout.INNER_ONE, Layout.TRANSPOSED, Layout.GAPS, Layout.FLIPPED, Layout.FLIPPED_INNER, Layout.WINDOW,
                Layout.REPEATED_INNER, Layout.BROADCAST, Layout.SHIFTED);
        for (Layout left : layouts) {
            List<Trial> trials = new ArrayList<>();
            for (Layout right : List.of(Layout.PLAIN, Layout.TRANSPOSED, left)) {
                trials.add(product("product", MATRIX, FLOAT32, left, right, Filler.ORDINARY, 33, 31, 65));
                trials.add(product("product", MATRIX, FLOAT32, right, left, Filler.ORDINARY, 7, 66, 3));
            }
            book.trials("CON-02", Profile.CORE, "product(float32," + left.label() + ")", trials);
        }
    }

    private static void batches(RuleBook book) {
        Axes axes = new Axes(1, 1, 1, 1);
        List<Trial> trials = new ArrayList<>();
        for (long[] sizes : new long[][] {{1, 7, 5, 3}, {5, 7, 33, 31}, {33, 2, 3, 4}, {3, 64, 64, 16}}) {
            for (Layout left : List.of(Layout.PLAIN, Layout.TRANSPOSED, Layout.REPEATED_OUTER)) {
                trials.add(product("batch", axes, FLOAT32, left, Layout.PLAIN, Filler.ORDINARY, sizes));
                trials.add(product("batch", axes, FLOAT32, Layout.PLAIN, left, Filler.ORDINARY, sizes));
            }
        }
        Axes two = new Axes(2, 1, 1, 1);
        trials.add(product("two batch axes", two, FLOAT32, Layout.PLAIN, Layout.ROTATED, Filler.ORDINARY, 3, 5, 7, 9, 11));
        trials.add(product("two batch axes", two, FLOAT32, Layout.REPEATED_OUTER, Layout.PLAIN, Filler.ORDINARY, 2, 4, 5, 3, 31));
        book.trials("CON-03", Profile.CORE, "product(float32,batch)", trials);
    }

    private static void axes(RuleBook book) {
        List<Trial> trials = new ArrayList<>();
        int[][] groups = {
            {0, 0, 0, 1}, {0, 0, 1, 1}, {0, 1, 0, 1}, {0, 2, 1, 1}, {0, 1, 2, 1}, {0, 1, 1, 2}, {0, 1, 1, 3}, {0, 3, 1, 1}, {0, 1, 3, 1},
            {1, 0, 0, 1}, {2, 1, 1, 2}, {1, 2, 1, 3}, {3, 1, 1, 1}, {2, 2, 2, 2}
        };
        for (int[] group : groups) {
            Axes axes = new Axes(group[0], group[1], group[2], group[3]);
            long[] sizes = new long[axes.rank()];
            for (int i = 0; i < sizes.length; i++) {
                sizes[i] = 2 + (i * 5 + group[3]) % 4;
            }
            trials.add(product("axes " + Arrays.toString(group), axes, FLOAT32, Layout.PLAIN, Layout.TRANSPOSED, Filler.ORDINARY, sizes));
            trials.add(product("axes " + Arrays.toString(group), axes, FLOAT32, Layout.WINDOW, Layout.PLAIN, Filler.ORDINARY, sizes));
        }
        book.trials("CON-04", Profile.CORE, "product(float32,0 to 3 axes)", trials);
        List<Trial> none = new ArrayList<>();
        for (int[] group : new int[][] {{0, 1, 1, 0}, {1, 1, 1, 0}, {0, 0, 0, 0}, {1, 0, 0, 0}}) {
            Axes axes = new Axes(group[0], group[1], group[2], group[3]);
            long[] sizes = new long[axes.rank()];
            Arrays.fill(sizes, 7);
            none.add(product("no sum " + Arrays.toString(group), axes, FLOAT32, Layout.PLAIN, Layout.PLAIN, Filler.ORDINARY, sizes));
        }
        book.trials("CON-04", Profile.CORE, "product(float32,no sum axis)", none);
    }

    private static void epilogues(RuleBook book) {
        List<Trial> trials = new ArrayList<>();
        for (long[] sizes : new long[][] {{7, 5, 3}, {33, 65, 31}, {1, 93, 64}, {64, 1, 9}}) {
            for (Layout layout : List.of(Layout.PLAIN, Layout.GAPS)) {
                Expr.Builder builder = new Expr.Builder();
                int scaled = builder.binary(ScalarOp.MUL, builder.result(FLOAT32), builder.param(0, FLOAT32));
                int biased = builder.binary(ScalarOp.ADD, scaled, builder.input(2, FLOAT32));
                int weighted = builder.binary(ScalarOp.MUL, biased, builder.input(3, FLOAT32));
                int relu = builder.binary(ScalarOp.MAX, weighted, builder.constant(FLOAT32, 0.0));
                int residual = builder.binary(ScalarOp.SUB, relu, builder.input(4, FLOAT32));
                trials.add(new TrialBuilder("scale, bias, weight, relu, residual " + layout, sizes)
                        .in(FLOAT32, Layout.PLAIN, MATRIX.left(), Filler.ORDINARY)
                        .in(FLOAT32, Layout.TRANSPOSED, MATRIX.right(), Filler.ORDINARY)
                        .in(FLOAT32, layout, MATRIX.varies(false, true, false), Filler.ORDINARY)
                        .in(FLOAT32, layout, MATRIX.varies(true, false, false), Filler.ORDINARY)
                        .in(FLOAT32, layout, MATRIX.output(), Filler.ORDINARY)
                        .out(FLOAT32, Layout.CONTIGUOUS, MATRIX.output())
                        .params(Double.doubleToRawLongBits(0.125))
                        .contract(0, 1, 1, 1, FLOAT32, builder.build(residual)));
            }
            Expr.Builder tanh = new Expr.Builder();
            trials.add(new TrialBuilder("tanh", sizes)
                    .in(FLOAT32, Layout.PLAIN, MATRIX.left(), Filler.between(-0.1, 0.1))
                    .in(FLOAT32, Layout.PLAIN, MATRIX.right(), Filler.ORDINARY)
                    .out(FLOAT32, Layout.CONTIGUOUS, MATRIX.output())
                    .contract(0, 1, 1, 1, FLOAT32, tanh.build(tanh.unary(ScalarOp.TANH, tanh.result(FLOAT32)))));
        }
        book.trials("CON-05", Profile.CORE, "epilogues(float32)", trials);

        Expr.Builder causal = new Expr.Builder();
        int above = causal.binary(ScalarOp.LT, causal.axisIndex(1), causal.axisIndex(2));
        int masked = causal.select(above, causal.constant(FLOAT32, Double.NEGATIVE_INFINITY), causal.result(FLOAT32));
        Axes axes = new Axes(1, 1, 1, 1);
        book.trials("CON-05", Profile.CORE, "epilogue(axis index)", List.of(new TrialBuilder("causal mask", 3, 33, 33, 8)
                .in(FLOAT32, Layout.PLAIN, axes.left(), Filler.ORDINARY).in(FLOAT32, Layout.PLAIN, axes.right(), Filler.ORDINARY)
                .out(FLOAT32, Layout.CONTIGUOUS, axes.output()).contract(1, 1, 1, 1, FLOAT32, causal.build(masked))));

        Expr.Builder less = new Expr.Builder();
        Expr body = less.build(less.binary(ScalarOp.LT, less.input(2, INT32), less.cast(less.axisIndex(0), INT32)));
        book.trials("CON-05", Profile.CORE, "epilogue(bool)", List.of(new TrialBuilder("another type", 7, 33, 5)
                .in(FLOAT32, Layout.PLAIN, MATRIX.left(), Filler.ORDINARY).in(FLOAT32, Layout.PLAIN, MATRIX.right(), Filler.ORDINARY)
                .in(INT32, Layout.PLAIN, MATRIX.output(), Filler.indices(7))
                .out(DType.BOOL, Layout.CONTIGUOUS, MATRIX.output()).contract(0, 1, 1, 1, FLOAT32, body)));
    }

    private static void empty(RuleBook book) {
        List<Trial> trials = new ArrayList<>();
        trials.add(product("K = 0", MATRIX, FLOAT32, Layout.PLAIN, Layout.PLAIN, Filler.ORDINARY, 7, 33, 0));
        trials.add(product("K = 0", MATRIX, FLOAT32, Layout.PLAIN, Layout.PLAIN, Filler.ORDINARY, 1, 1, 0));
        Axes twoSums = new Axes(0, 1, 1, 2);
        trials.add(product("one of two empty", twoSums, FLOAT32, Layout.PLAIN, Layout.PLAIN, Filler.ORDINARY, 5, 7, 3, 0));
        Expr.Builder builder = new Expr.Builder();
        Expr biased = builder.build(builder.binary(ScalarOp.ADD, builder.result(FLOAT32), builder.input(2, FLOAT32)));
        trials.add(new TrialBuilder("only the bias", 7, 33, 0)
                .in(FLOAT32, Layout.PLAIN, MATRIX.left(), Filler.ORDINARY).in(FLOAT32, Layout.PLAIN, MATRIX.right(), Filler.ORDINARY)
                .in(FLOAT32, Layout.PLAIN, MATRIX.varies(false, true, false), Filler.ORDINARY)
                .out(FLOAT32, Layout.CONTIGUOUS, MATRIX.output()).contract(0, 1, 1, 1, FLOAT32, biased));
        book.trials("CON-06", Profile.CORE, "product(float32,empty)", trials);
    }

    private static void wholes(RuleBook book) {
        for (DType type : List.of(INT32, INT64)) {
            book.trials("CON-07", Profile.CORE, "product(" + type + ")", capabilities -> capabilities.contract().contains(type), List.of(
                    product("wraps", MATRIX, type, Layout.PLAIN, Layout.PLAIN, Filler.ANY, 33, 31, 65),
                    product("wraps", MATRIX, type, Layout.TRANSPOSED, Layout.GAPS, Filler.ANY, 7, 3, 257),
                    product("small", new Axes(1, 1, 1, 1), type, Layout.PLAIN, Layout.TRANSPOSED, Filler.ORDINARY, 3, 5, 7, 9),
                    product("empty", MATRIX, type, Layout.PLAIN, Layout.PLAIN, Filler.ORDINARY, 3, 5, 0)));
        }
    }

    private static void outputs(RuleBook book) {
        List<Trial> trials = new ArrayList<>();
        for (Layout out : List.of(Layout.SHIFTED, Layout.PLAIN, Layout.TRANSPOSED, Layout.GAPS, Layout.FLIPPED)) {
            trials.add(product("to " + out, MATRIX, FLOAT32, Layout.PLAIN, Layout.PLAIN, out, Filler.ORDINARY, 33, 65, 7));
            trials.add(product("to " + out, MATRIX, FLOAT32, Layout.PLAIN, Layout.PLAIN, out, Filler.ORDINARY, 3, 5, 64));
            trials.add(product("to " + out, new Axes(1, 1, 1, 1), FLOAT32, Layout.PLAIN, Layout.PLAIN, out, Filler.ORDINARY, 3, 7, 5, 31));
        }
        book.trials("CON-08", Profile.CORE, "product(float32,strided output)", trials);
    }

    private static void accuracy(RuleBook book) {
        book.trials("CON-09", Profile.CORE, "product(float32,long)", List.of(
                product("K = 4098", MATRIX, FLOAT32, Layout.PLAIN, Layout.PLAIN, Filler.ORDINARY, 7, 9, 4098),
                product("K = 65537, positive", MATRIX, FLOAT32, Layout.PLAIN, Layout.PLAIN, Filler.between(0.2, 0.4), 2, 3, 65_537),
                product("K = 65537, dot", MATRIX, FLOAT32, Layout.PLAIN, Layout.PLAIN, Filler.of(0.1), 1, 1, 65_537),
                product("whole numbers", MATRIX, FLOAT32, Layout.PLAIN, Layout.PLAIN, Filler.SMALL_WHOLE, 33, 31, 257)));
    }

    private static void specials(RuleBook book) {
        double inf = Double.POSITIVE_INFINITY;
        book.trials("CON-10", Profile.CORE, "product(float32,special)", List.of(
                product("zero times infinity", MATRIX, FLOAT32, Layout.PLAIN, Layout.PLAIN, Filler.of(0, 1, inf, 2, 0.5), 7, 5, 3),
                product("NaN", MATRIX, FLOAT32, Layout.PLAIN, Layout.TRANSPOSED, Filler.of(0, 1, 2, Double.NaN, 0, 0, 3), 33, 17, 4),
                product("both infinities", MATRIX, FLOAT32, Layout.PLAIN, Layout.PLAIN, Filler.of(1, inf, 2, -inf, 3, 1, 1), 5, 5, 2)));
    }

    private static void otherTypes(RuleBook book) {
        book.trials("CON-11", Profile.DTYPES, "product(float64)", capabilities -> capabilities.contract().contains(FLOAT64), List.of(
                product("product", MATRIX, FLOAT64, Layout.PLAIN, Layout.PLAIN, Filler.ORDINARY, 33, 31, 65),
                product("product", MATRIX, FLOAT64, Layout.TRANSPOSED, Layout.TRANSPOSED, Filler.ORDINARY, 7, 66, 257),
                product("batch", new Axes(1, 1, 1, 1), FLOAT64, Layout.REPEATED_OUTER, Layout.GAPS, Filler.ORDINARY, 3, 5, 7, 9)));
        for (DType half : List.of(DType.FLOAT16, DType.BFLOAT16)) {
            List<Trial> trials = new ArrayList<>();
            for (Layout layout : List.of(Layout.PLAIN, Layout.TRANSPOSED)) {
                for (DType out : List.of(half, FLOAT32)) {
                    trials.add(new TrialBuilder(half + " to " + out + " " + layout, 33, 31, 65)
                            .in(half, layout, MATRIX.left(), Filler.ORDINARY).in(half, Layout.PLAIN, MATRIX.right(), Filler.ORDINARY)
                            .out(out, Layout.CONTIGUOUS, MATRIX.output())
                            .contract(0, 1, 1, 1, FLOAT32, Expr.result(FLOAT32, out)));
                }
            }
            book.trials("CON-12", Profile.DTYPES, "product(" + half + ")", capabilities -> capabilities.contract().contains(half), trials);
        }
    }
}
