// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.rules;

import static dev.ashlar.type.DType.BOOL;
import static dev.ashlar.type.DType.FLOAT32;
import static dev.ashlar.type.DType.FLOAT64;
import static dev.ashlar.type.DType.INT32;
import static dev.ashlar.type.DType.INT64;

import dev.ashlar.conformance.Profile;
import dev.ashlar.conformance.internal.oracle.Scalar;
import dev.ashlar.conformance.internal.suite.Filler;
import dev.ashlar.conformance.internal.suite.Layout;
import dev.ashlar.conformance.internal.suite.RuleBook;
import dev.ashlar.conformance.internal.suite.Trial;
import dev.ashlar.conformance.internal.suite.TrialBuilder;
import dev.ashlar.spi.Expr;
import dev.ashlar.spi.ReduceOp;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** RED-01 to RED-13: folds. */
final class ReduceRules {
    private static final List<DType> TYPES = List.of(FLOAT32, INT32, INT64, BOOL);
    private static final Layout[] LAYOUTS = {
        Layout.CONTIGUOUS, Layout.TRANSPOSED, Layout.ROTATED, Layout.FLIPPED, Layout.INNER_ONE, Layout.GAPS, Layout.REPEATED_INNER,
        Layout.REPEATED_OUTER, Layout.WINDOW
    };

    private ReduceRules() {}

    static void add(RuleBook book) {
        operations(book);
        axes(book);
        positions(book);
        specials(book);
        empty(book);
        accuracy(book);
        wide(book);
        prologues(book);
        epilogues(book);
        outputs(book);
        products(book);
        doubles(book);
    }

    /** Returns the accumulator that the contract states. */
    static DType accumulator(ReduceOp op, DType type) {
        boolean extreme = op == ReduceOp.MAX || op == ReduceOp.MIN;
        return extreme || type.isFloatingPoint() && !op.isPosition() ? type : INT64;
    }

    /** Folds input 0 as it is. */
    static Trial fold(String label, ReduceOp op, DType type, Layout layout, Filler filler, int reduced, long... sizes) {
        DType accumulator = accumulator(op, type);
        return new TrialBuilder(label + " " + layout, sizes)
                .in(type, layout, filler)
                .out(accumulator, Layout.CONTIGUOUS, kept(sizes.length, reduced))
                .reduce(op, accumulator, reduced, Expr.identity(type), Expr.result(accumulator, accumulator));
    }

    static boolean[] kept(int rank, int reduced) {
        boolean[] varies = new boolean[rank];
        for (int axis = 0; axis < rank - reduced; axis++) {
            varies[axis] = true;
        }
        return varies;
    }

    private static void operations(RuleBook book) {
        for (ReduceOp op : ReduceOp.values()) {
            for (DType type : TYPES) {
                Filler filler = op == ReduceOp.PROD ? Filler.of(1, -1, 1, 2, 1, 1, -1, 0.5, 1) : Filler.ORDINARY;
                if (op == ReduceOp.PROD && !type.isFloatingPoint()) {
                    filler = Filler.ofWhole(3, -1, 7, 1, 5);
                }
                List<Trial> trials = new ArrayList<>();
                for (long size : MapRules.SIZES) {
                    long bounded = op == ReduceOp.PROD ? Math.min(size, 257) : size;
                    trials.add(fold("to one", op, type, Layout.CONTIGUOUS, filler, 1, bounded));
                    trials.add(fold("rows", op, type, Layout.CONTIGUOUS, filler, 1, 5, bounded));
                }
                for (long size : new long[] {33, 257}) {
                    trials.add(fold("many short rows", op, type, Layout.CONTIGUOUS, filler, 1, size, 3));
                    if (type == FLOAT32 || op == ReduceOp.SUM) {
                        trials.add(fold("columns", op, type, Layout.TRANSPOSED, filler, 1, size, 7));
                    }
                    trials.add(fold("shifted", op, type, Layout.SHIFTED, filler, 1, 7, size));
                }
                book.trials(
                        "RED-01", Profile.CORE, op.name().toLowerCase(Locale.ROOT) + "(" + type + ")", trials);
            }
        }
    }

    private static void axes(RuleBook book) {
        for (Layout layout : LAYOUTS) {
            List<Trial> trials = new ArrayList<>();
            for (ReduceOp op : List.of(ReduceOp.SUM, ReduceOp.ARGMAX)) {
                for (int reduced = 1; reduced <= 3; reduced++) {
                    trials.add(fold("three axes", op, FLOAT32, layout, Filler.ORDINARY, reduced, 5, 7, 33));
                    trials.add(fold("three axes", op, FLOAT32, layout, Filler.ORDINARY, reduced, 31, 1, 3));
                }
                trials.add(fold("five axes", op, FLOAT32, layout, Filler.ORDINARY, 2, 2, 3, 4, 5, 3));
            }
            book.trials("RED-02", Profile.CORE, "sum, argmax(float32," + layout.label() + ")", trials);
        }
        book.trials("RED-02", Profile.CORE, "sum(no reduced axis)", List.of(
                fold("of one each", ReduceOp.SUM, FLOAT32, Layout.CONTIGUOUS, Filler.ORDINARY, 0, 33),
                fold("of one each", ReduceOp.SUM, FLOAT32, Layout.TRANSPOSED, Filler.ORDINARY, 0, 3, 7)));
    }

    private static void positions(RuleBook book) {
        for (ReduceOp op : List.of(ReduceOp.ARGMAX, ReduceOp.ARGMIN)) {
            for (DType type : TYPES) {
                // Every extreme value occurs many times.
                Filler ties = type == BOOL ? Filler.ORDINARY : Filler.of(0, 1, 2, 2, 1, 0, 2);
                List<Trial> trials = new ArrayList<>();
                for (long size : MapRules.SIZES) {
                    trials.add(fold("ties", op, type, Layout.CONTIGUOUS, ties, 1, 3, size));
                    trials.add(fold("ties", op, type, Layout.TRANSPOSED, ties, 1, 3, size));
                    trials.add(fold("all equal", op, type, Layout.CONTIGUOUS, Filler.ofWhole(1), 1, size));
                }
                trials.add(fold("two axes", op, type, Layout.CONTIGUOUS, ties, 2, 3, 5, 7));
                trials.add(fold("two axes", op, type, Layout.ROTATED, ties, 2, 3, 31, 4));
                trials.add(fold("long", op, type, Layout.CONTIGUOUS, ties, 1, 70_001));
                book.trials("RED-03", Profile.CORE, op.name().toLowerCase(Locale.ROOT) + "(" + type + ",ties)", trials);
            }
        }
    }

    private static void specials(RuleBook book) {
        for (ReduceOp op : ReduceOp.values()) {
            List<Trial> trials = new ArrayList<>();
            for (int at : new int[] {0, 1, 2, 30, 32}) {
                Filler nan = (type, element, random) ->
                        element % 33 == at ? Scalar.exact(Double.NaN) : Filler.ORDINARY.next(type, element, random);
                trials.add(fold("NaN at " + at, op, FLOAT32, Layout.CONTIGUOUS, nan, 1, 5, 33));
                trials.add(fold("NaN at " + at, op, FLOAT32, Layout.CONTIGUOUS, nan, 1, 33));
            }
            Filler sparse = (type, element, random) ->
                    element == 4000 ? Scalar.exact(Double.NaN) : Filler.ORDINARY.next(type, element, random);
            trials.add(fold("one NaN in many", op, FLOAT32, Layout.CONTIGUOUS, sparse, 1, 4098));
            double inf = Double.POSITIVE_INFINITY;
            trials.add(fold("infinity", op, FLOAT32, Layout.CONTIGUOUS, Filler.of(1, inf, 2, 3, 4), 1, 31));
            trials.add(fold("both infinities", op, FLOAT32, Layout.CONTIGUOUS, Filler.of(1, inf, -inf, 3, 4), 1, 3, 31));
            trials.add(fold("all -infinity", op, FLOAT32, Layout.CONTIGUOUS, Filler.of(-inf), 1, 3, 31));
            trials.add(fold("all infinity", op, FLOAT32, Layout.CONTIGUOUS, Filler.of(inf), 1, 3, 31));
            trials.add(fold("NaN and infinity", op, FLOAT32, Layout.CONTIGUOUS, Filler.of(inf, Double.NaN, -inf), 1, 3, 7));
            book.trials("RED-04", Profile.CORE, op.name().toLowerCase(Locale.ROOT) + "(float32,special)", trials);
        }
    }

    private static void empty(RuleBook book) {
        for (ReduceOp op : ReduceOp.values()) {
            List<Trial> trials = new ArrayList<>();
            for (DType type : TYPES) {
                trials.add(fold("empty " + type, op, type, Layout.CONTIGUOUS, Filler.ORDINARY, 1, 0));
                trials.add(fold("empty rows " + type, op, type, Layout.CONTIGUOUS, Filler.ORDINARY, 1, 7, 0));
                trials.add(fold("two axes, one empty " + type, op, type, Layout.CONTIGUOUS, Filler.ORDINARY, 2, 3, 0, 5));
            }
            book.trials("RED-05", Profile.CORE, op.name().toLowerCase(Locale.ROOT) + "(empty)", trials);
        }
    }

    private static void accuracy(RuleBook book) {
        List<Trial> trials = new ArrayList<>();
        for (long size : new long[] {4098, 65_537, 1_000_003}) {
            trials.add(fold("0.1 again and again", ReduceOp.SUM, FLOAT32, Layout.CONTIGUOUS, Filler.of(0.1), 1, size));
            trials.add(fold("positive", ReduceOp.SUM, FLOAT32, Layout.CONTIGUOUS, Filler.between(0.5, 1.5), 1, size));
            trials.add(fold("cancelling", ReduceOp.SUM, FLOAT32, Layout.CONTIGUOUS, Filler.of(1e6, 0.1, -1e6, 0.7), 1, size));
        }
        trials.add(fold("columns", ReduceOp.SUM, FLOAT32, Layout.TRANSPOSED, Filler.of(0.1), 1, 7, 65_537));
        trials.add(fold("backwards", ReduceOp.SUM, FLOAT32, Layout.FLIPPED, Filler.of(0.1), 1, 65_537));
        trials.add(fold("two axes", ReduceOp.SUM, FLOAT32, Layout.ROTATED, Filler.between(0.5, 1.5), 2, 3, 257, 255));
        book.trials("RED-06", Profile.CORE, "sum(float32,long)", trials);
    }

    private static void wide(RuleBook book) {
        Filler big = Filler.ofWhole(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MIN_VALUE, 7);
        Filler bigger = Filler.ofWhole(Long.MAX_VALUE, 5, Long.MAX_VALUE, -1);
        book.trials("RED-07", Profile.CORE, "sum, prod(int32,int64)", List.of(
                fold("beyond int32", ReduceOp.SUM, INT32, Layout.CONTIGUOUS, big, 1, 4098),
                fold("beyond int32", ReduceOp.SUM, INT32, Layout.TRANSPOSED, big, 1, 3, 257),
                fold("beyond int32", ReduceOp.PROD, INT32, Layout.CONTIGUOUS, Filler.ofWhole(1 << 20, 3, 1 << 15), 1, 5, 3),
                fold("wraps", ReduceOp.SUM, INT64, Layout.CONTIGUOUS, bigger, 1, 257),
                fold("wraps", ReduceOp.PROD, INT64, Layout.CONTIGUOUS, bigger, 1, 33),
                fold("counts", ReduceOp.SUM, BOOL, Layout.CONTIGUOUS, Filler.ORDINARY, 1, 4098),
                fold("counts", ReduceOp.SUM, BOOL, Layout.CONTIGUOUS, Filler.ofWhole(1), 1, 70_001)));
    }

    private static void prologues(RuleBook book) {
        List<Trial> trials = new ArrayList<>();
        for (Layout layout : List.of(Layout.CONTIGUOUS, Layout.TRANSPOSED)) {
            for (long[] sizes : new long[][] {{7, 33}, {1, 257}, {64, 3}}) {
                Expr.Builder builder = new Expr.Builder();
                int difference = builder.binary(ScalarOp.SUB, builder.input(0, FLOAT32), builder.input(1, FLOAT32));
                int squared = builder.binary(ScalarOp.MUL, difference, difference);
                int scaled = builder.binary(ScalarOp.MUL, squared, builder.param(0, FLOAT32));
                trials.add(new TrialBuilder("scaled squares " + layout, sizes)
                        .in(FLOAT32, layout, Filler.ORDINARY)
                        .in(FLOAT32, Layout.REPEATED_OUTER, Filler.ORDINARY)
                        .out(FLOAT32, Layout.CONTIGUOUS, kept(2, 1))
                        .params(Double.doubleToRawLongBits(0.25))
                        .reduce(ReduceOp.SUM, FLOAT32, 1, builder.build(scaled), Expr.result(FLOAT32, FLOAT32)));
                // The lower triangle: what a mask over coordinates looks like.
                Expr.Builder mask = new Expr.Builder();
                int below = mask.binary(ScalarOp.LT, mask.axisIndex(1), mask.axisIndex(0));
                int masked = mask.select(below, mask.input(0, INT32), mask.constant(INT32, 0L));
                trials.add(new TrialBuilder("below the diagonal " + layout, sizes)
                        .in(INT32, layout, Filler.ORDINARY)
                        .out(INT64, Layout.CONTIGUOUS, kept(2, 1))
                        .reduce(ReduceOp.SUM, INT64, 1, mask.build(masked), Expr.result(INT64, INT64)));
            }
        }
        Expr.Builder compare = new Expr.Builder();
        int equal = compare.binary(ScalarOp.EQ, compare.input(0, INT64), compare.input(1, INT64));
        trials.add(new TrialBuilder("counts matches", 3, 257)
                .in(INT64, Layout.CONTIGUOUS, Filler.indices(3)).in(INT64, Layout.PLAIN, Filler.indices(3))
                .out(FLOAT32, Layout.CONTIGUOUS, kept(2, 1))
                .reduce(ReduceOp.SUM, INT64, 1, compare.build(equal), Expr.result(INT64, FLOAT32)));
        book.trials("RED-08", Profile.CORE, "prologues", trials);
    }

    private static void epilogues(RuleBook book) {
        List<Trial> trials = new ArrayList<>();
        for (long[] sizes : new long[][] {{7, 33}, {257, 3}, {1, 93}}) {
            for (Layout layout : List.of(Layout.PLAIN, Layout.GAPS, Layout.BROADCAST)) {
                Expr.Builder builder = new Expr.Builder();
                int mean = builder.binary(ScalarOp.MUL, builder.result(FLOAT32), builder.param(0, FLOAT32));
                int shifted = builder.binary(ScalarOp.ADD, mean, builder.input(1, FLOAT32));
                int kept = builder.binary(ScalarOp.MAX, shifted, builder.constant(FLOAT32, 0.0));
                trials.add(new TrialBuilder("mean, bias, relu " + layout, sizes)
                        .in(FLOAT32, Layout.CONTIGUOUS, Filler.ORDINARY)
                        .in(FLOAT32, layout, kept(2, 1), Filler.ORDINARY)
                        .out(FLOAT32, Layout.CONTIGUOUS, kept(2, 1))
                        .params(Double.doubleToRawLongBits(1.0 / sizes[1]))
                        .reduce(ReduceOp.SUM, FLOAT32, 1, Expr.identity(FLOAT32), builder.build(kept)));
            }
            Expr.Builder row = new Expr.Builder();
            int numbered = row.binary(ScalarOp.ADD, row.result(INT64), row.binary(
                    ScalarOp.MUL, row.axisIndex(0), row.constant(INT64, 1000L)));
            trials.add(new TrialBuilder("position and row number", sizes)
                    .in(FLOAT32, Layout.CONTIGUOUS, Filler.ORDINARY)
                    .out(INT64, Layout.CONTIGUOUS, kept(2, 1))
                    .reduce(ReduceOp.ARGMIN, INT64, 1, Expr.identity(FLOAT32), row.build(numbered)));
            trials.add(new TrialBuilder("cast to int32", sizes)
                    .in(INT32, Layout.CONTIGUOUS, Filler.ANY)
                    .out(INT32, Layout.CONTIGUOUS, kept(2, 1))
                    .reduce(ReduceOp.SUM, INT64, 1, Expr.identity(INT32), Expr.result(INT64, INT32)));
        }
        book.trials("RED-09", Profile.CORE, "epilogues", trials);
    }

    private static void outputs(RuleBook book) {
        List<Trial> trials = new ArrayList<>();
        for (Layout layout : List.of(Layout.SHIFTED, Layout.PLAIN, Layout.TRANSPOSED, Layout.GAPS, Layout.FLIPPED)) {
            for (long[] sizes : new long[][] {{33, 7}, {5, 7, 33}}) {
                trials.add(new TrialBuilder("to " + layout, sizes)
                        .in(FLOAT32, Layout.CONTIGUOUS, Filler.ORDINARY)
                        .out(FLOAT32, layout, kept(sizes.length, 1))
                        .reduce(ReduceOp.SUM, FLOAT32, 1, Expr.identity(FLOAT32), Expr.result(FLOAT32, FLOAT32)));
            }
        }
        book.trials("RED-10", Profile.CORE, "sum(float32,strided output)", trials);
    }

    private static void products(RuleBook book) {
        book.trials("RED-11", Profile.CORE, "prod(float32)", List.of(
                fold("near 1", ReduceOp.PROD, FLOAT32, Layout.CONTIGUOUS, Filler.between(0.9, 1.1), 1, 257),
                fold("near 1", ReduceOp.PROD, FLOAT32, Layout.TRANSPOSED, Filler.between(-1.1, -0.9), 1, 5, 93),
                fold("with a zero", ReduceOp.PROD, FLOAT32, Layout.CONTIGUOUS, Filler.of(1.5, 2, 0, -1), 1, 3, 31)));
    }

    private static void doubles(RuleBook book) {
        for (ReduceOp op : ReduceOp.values()) {
            Filler filler = op == ReduceOp.PROD ? Filler.between(0.9, 1.1) : Filler.ORDINARY;
            book.trials("RED-12", Profile.DTYPES, op.name().toLowerCase(Locale.ROOT) + "(float64)",
                    capabilities -> capabilities.arithmetic().contains(FLOAT64), List.of(
                            fold("to one", op, FLOAT64, Layout.CONTIGUOUS, filler, 1, 257),
                            fold("rows", op, FLOAT64, Layout.CONTIGUOUS, filler, 1, 7, 93),
                            fold("columns", op, FLOAT64, Layout.TRANSPOSED, filler, 1, 33, 31),
                            fold("empty", op, FLOAT64, Layout.CONTIGUOUS, filler, 1, 3, 0)));
        }
        for (DType half : List.of(DType.FLOAT16, DType.BFLOAT16)) {
            Expr.Builder builder = new Expr.Builder();
            Expr prologue = builder.build(builder.cast(builder.input(0, half), FLOAT32));
            book.trials("RED-13", Profile.DTYPES, "sum, max(" + half + ")", capabilities -> capabilities.storage().contains(half), List.of(
                    new TrialBuilder("float32 inside", 7, 257).in(half, Layout.CONTIGUOUS, Filler.between(0.5, 1.5))
                            .out(half, Layout.CONTIGUOUS, kept(2, 1))
                            .reduce(ReduceOp.SUM, FLOAT32, 1, prologue, Expr.result(FLOAT32, half)),
                    new TrialBuilder("4098 ones", 4098).in(half, Layout.CONTIGUOUS, Filler.ofWhole(1))
                            .out(FLOAT32, Layout.CONTIGUOUS, kept(1, 1))
                            .reduce(ReduceOp.SUM, FLOAT32, 1, prologue, Expr.result(FLOAT32, FLOAT32)),
                    new TrialBuilder("max", 7, 33).in(half, Layout.TRANSPOSED, Filler.ORDINARY)
                            .out(half, Layout.CONTIGUOUS, kept(2, 1))
                            .reduce(ReduceOp.MAX, FLOAT32, 1, prologue, Expr.result(FLOAT32, half))));
        }
    }
}
