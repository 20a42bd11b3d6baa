// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.rules;

import static dev.ashlar.type.DType.BFLOAT16;
import static dev.ashlar.type.DType.FLOAT16;
import static dev.ashlar.type.DType.FLOAT32;
import static dev.ashlar.type.DType.FLOAT64;
import static dev.ashlar.type.DType.INT16;
import static dev.ashlar.type.DType.INT32;
import static dev.ashlar.type.DType.INT64;
import static dev.ashlar.type.DType.INT8;
import static dev.ashlar.type.DType.UINT8;

import dev.ashlar.conformance.Profile;
import dev.ashlar.conformance.internal.suite.Exprs;
import dev.ashlar.conformance.internal.suite.Filler;
import dev.ashlar.conformance.internal.suite.Layout;
import dev.ashlar.conformance.internal.suite.RuleBook;
import dev.ashlar.conformance.internal.suite.Trial;
import dev.ashlar.conformance.internal.suite.TrialBuilder;
import dev.ashlar.spi.Expr;
import dev.ashlar.spi.Instruction;
import dev.ashlar.spi.ReduceOp;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.List;

/** NUM-11 to NUM-17: what happens between operations. A compiler with fast-math options breaks these first. */
final class SemanticsRules {
    private SemanticsRules() {}

    static void add(RuleBook book) {
        contraction(book, FLOAT32, Profile.CORE);
        contraction(book, FLOAT64, Profile.DTYPES);
        rounding(book);
        noShortcuts(book);
        notTaken(book);
        bitcast(book);
        largeAngles(book);
        powers(book);
        subnormals(book);
    }

    /** a * b + c where the rounded product and the exact one give different sums. */
    private static void contraction(RuleBook book, DType type, Profile profile) {
        double small = type == FLOAT32 ? 0x1p-12 : 0x1p-27;
        Filler a = Filler.of(1 + small, 1 - small, 3 + 2 * small, 1.1);
        Filler c = Filler.of(-1, -1, -9, -1.21);
        List<Trial> trials = new ArrayList<>();
        for (ScalarOp op : List.of(ScalarOp.ADD, ScalarOp.SUB)) {
            Expr.Builder builder = new Expr.Builder();
            int product = builder.binary(ScalarOp.MUL, builder.input(0, type), builder.input(1, type));
            int sum = builder.binary(op, product, builder.input(2, type));
            int reversed = builder.binary(op, builder.input(2, type), product);
            for (long size : new long[] {1, 93}) {
                trials.add(new TrialBuilder("a * b " + NumberRules.name(op) + " c", size)
                        .in(type, Layout.CONTIGUOUS, a).in(type, Layout.CONTIGUOUS, a).in(type, Layout.CONTIGUOUS, c)
                        .out(type, Layout.CONTIGUOUS).out(type, Layout.CONTIGUOUS)
                        .map(builder.build(sum, reversed)));
            }
        }
        book.trials("NUM-11", profile, "a*b+c(" + type + ",map)",
                capabilities -> type == FLOAT32 || capabilities.arithmetic().contains(type), trials);
        if (type != FLOAT32) {
            return;
        }
        Expr.Builder builder = new Expr.Builder();
        int product = builder.binary(ScalarOp.MUL, builder.input(0, type), builder.input(1, type));
        Expr prologue = builder.build(builder.binary(ScalarOp.ADD, product, builder.input(2, type)));
        Expr.Builder end = new Expr.Builder();
        int scaled = end.binary(ScalarOp.MUL, end.result(type), end.input(0, type));
        Expr epilogue = end.build(end.binary(ScalarOp.ADD, scaled, end.input(1, type)));
        boolean[] kept = {true, false};
        book.trials("NUM-11", profile, "a*b+c(float32,reduce)", List.of(
                new TrialBuilder("in a prologue", 5, 33)
                        .in(type, Layout.CONTIGUOUS, a).in(type, Layout.CONTIGUOUS, a).in(type, Layout.CONTIGUOUS, c)
                        .out(type, Layout.CONTIGUOUS, kept)
                        .reduce(ReduceOp.MAX, type, 1, prologue, Expr.result(type, type)),
                new TrialBuilder("in an epilogue", 5, 3)
                        .in(type, Layout.PLAIN, kept, a).in(type, Layout.PLAIN, kept, c)
                        .in(type, Layout.PLAIN, new boolean[] {true, true}, Filler.of(1 + small))
                        .out(type, Layout.CONTIGUOUS, kept)
                        .reduce(ReduceOp.MAX, type, 1, input(2, type), epilogue)));
    }

    private static Expr input(int number, DType type) {
        Expr.Builder builder = new Expr.Builder();
        return builder.build(builder.input(number, type));
    }

    private static void rounding(RuleBook book) {
        Expr.Builder builder = new Expr.Builder();
        int a = builder.input(0, FLOAT32);
        int b = builder.input(1, FLOAT32);
        int sum = builder.binary(ScalarOp.ADD, a, b);
        int back = builder.binary(ScalarOp.SUB, sum, a);
        int quotient = builder.binary(ScalarOp.MUL, builder.binary(ScalarOp.DIV, a, b), b);
        int root = builder.unary(ScalarOp.SQRT, builder.unary(ScalarOp.ABS, a));
        int square = builder.binary(ScalarOp.MUL, root, root);
        book.trials("NUM-12", Profile.CORE, "rounding(float32)", List.of(
                new TrialBuilder("(a + b) - a, a / b * b, sqrt(a)^2", 1500)
                        .in(FLOAT32, Layout.CONTIGUOUS, Filler.ANY).in(FLOAT32, Layout.CONTIGUOUS, Filler.ANY)
                        .out(FLOAT32, Layout.CONTIGUOUS).out(FLOAT32, Layout.CONTIGUOUS).out(FLOAT32, Layout.CONTIGUOUS)
                        .map(builder.build(back, quotient, square))));
    }

    private static void noShortcuts(RuleBook book) {
        Expr.Builder builder = new Expr.Builder();
        int x = builder.input(0, FLOAT32);
        int zero = builder.constant(FLOAT32, 0.0);
        int[] results = {
            builder.binary(ScalarOp.MUL, x, zero),
            builder.binary(ScalarOp.SUB, x, x),
            builder.binary(ScalarOp.DIV, x, x),
            builder.binary(ScalarOp.ADD, x, zero),
            builder.binary(ScalarOp.SUB, zero, x),
            builder.select(builder.binary(ScalarOp.EQ, x, x), zero, builder.constant(FLOAT32, 1.0)),
            builder.binary(ScalarOp.DIV, builder.constant(FLOAT32, 1.0), x),
        };
        TrialBuilder trial = new TrialBuilder("x * 0, x - x, x / x, x + 0, 0 - x, x == x, 1 / x", 93)
                .in(FLOAT32, Layout.CONTIGUOUS, Filler.of(
                        0.0, -0.0, 1, -3, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 3e38, 0.1));
        for (int i = 0; i < results.length; i++) {
            trial.out(FLOAT32, Layout.CONTIGUOUS);
        }
        book.trials("NUM-13", Profile.CORE, "identities(float32)", List.of(trial.map(builder.build(results))));
    }

    private static void notTaken(RuleBook book) {
        Expr.Builder builder = new Expr.Builder();
        int x = builder.input(0, FLOAT32);
        int one = builder.constant(FLOAT32, 1.0);
        int positive = builder.binary(ScalarOp.LT, builder.constant(FLOAT32, 0.0), x);
        int root = builder.select(positive, builder.unary(ScalarOp.SQRT, x), one);
        int inverse = builder.select(positive, builder.binary(ScalarOp.DIV, one, x), one);
        int n = builder.input(1, INT32);
        int divides = builder.binary(ScalarOp.EQ, n, builder.constant(INT32, 0L));
        int seven = builder.constant(INT32, 7L);
        int ratio = builder.select(divides, seven, builder.binary(ScalarOp.DIV, seven, n));
        book.trials("NUM-10", Profile.CORE, "select(not taken)", List.of(new TrialBuilder("sqrt, 1 / x, 7 / n", 93)
                .in(FLOAT32, Layout.CONTIGUOUS, Filler.of(-1, 4, 0, Double.NaN, Double.NEGATIVE_INFINITY, 9))
                .in(INT32, Layout.CONTIGUOUS, Filler.ofWhole(0, 1, -1, 2, 7, Integer.MIN_VALUE))
                .out(FLOAT32, Layout.CONTIGUOUS).out(FLOAT32, Layout.CONTIGUOUS).out(INT32, Layout.CONTIGUOUS)
                .map(builder.build(root, inverse, ratio))));
    }

    private static void bitcast(RuleBook book) {
        DType[][] pairs = {
            {FLOAT32, INT32}, {INT32, FLOAT32}, {FLOAT64, INT64}, {INT64, FLOAT64}, {FLOAT16, INT16}, {INT16, FLOAT16},
            {BFLOAT16, INT16}, {INT16, BFLOAT16}, {INT8, UINT8}, {UINT8, INT8}
        };
        for (DType[] pair : pairs) {
            Expr.Builder builder = new Expr.Builder();
            Expr body = builder.build(
                    builder.add(new Instruction(ScalarOp.BITCAST, pair[1], builder.input(0, pair[0]), -1, -1, 0)));
            Filler filler = pair[0] == INT32
                    ? Filler.ofWhole(0, 1 << 31, 0x3F800000, 0x7F800000, 0x7FC00000, -8388608, 0x40490FDB, 0x00800000)
                    : pair[0] == FLOAT32 ? Filler.of(0.0, -0.0, 1, -1, Double.POSITIVE_INFINITY, 3.14159, 1e-30, -3e38)
                    : pair[0] == INT64 ? Filler.ofWhole(0, Long.MIN_VALUE, 0x3FF0000000000000L, 0x7FF0000000000000L, 0x400921FB54442D18L)
                    : pair[0] == INT16 ? Filler.ofWhole(0, 0x3C00, -32768, 0x4049, 0x3F80, -17000) : Filler.ANY;
            boolean core = pair[0] == FLOAT32 || pair[0] == INT32;
            book.trials("NUM-14", core ? Profile.CORE : Profile.DTYPES, "bitcast(" + pair[0] + "," + pair[1] + ")",
                    capabilities -> capabilities.storage().contains(pair[0]) && capabilities.storage().contains(pair[1]),
                    List.of(new TrialBuilder("bitcast", 257)
                            .in(pair[0], Layout.CONTIGUOUS, filler).out(pair[1], Layout.CONTIGUOUS).map(body)));
        }
    }

    private static void largeAngles(RuleBook book) {
        for (ScalarOp op : List.of(ScalarOp.SIN, ScalarOp.COS)) {
            book.trials("NUM-15", Profile.CORE, NumberRules.name(op) + "(float32,large)", List.of(
                    new TrialBuilder("up to 3e38", 257)
                            .in(FLOAT32, Layout.CONTIGUOUS,
                                    Filler.of(1e5, -3e5, 1e6, 1e7, 16367173.0 * 4, -1e9, 1e12, 1e20, -1e30, 3e38, 1.5707964e6, 2.1e8))
                            .out(FLOAT32, Layout.CONTIGUOUS)
                            .map(Exprs.unary(op, FLOAT32))));
        }
    }

    private static void powers(RuleBook book) {
        double inf = Double.POSITIVE_INFINITY;
        double[] bases = {0.0, -0.0, 1, -1, 2, -2, 0.5, -0.5, -8, inf, -inf, Double.NaN, 1.0000001, 10, -3};
        double[] exponents = {0.0, -0.0, 1, -1, 2, 3, -3, 0.5, -0.5, 1.0 / 3, inf, -inf, Double.NaN, 20, -20, 16777216, 0.1};
        Filler x = (type, element, random) -> Filler.of(bases[element / exponents.length % bases.length]).next(type, 0, random);
        Filler y = (type, element, random) -> Filler.of(exponents[element % exponents.length]).next(type, 0, random);
        book.trials("NUM-16", Profile.CORE, "pow(float32,special)", List.of(
                new TrialBuilder("pow", bases.length * exponents.length)
                        .in(FLOAT32, Layout.CONTIGUOUS, x).in(FLOAT32, Layout.CONTIGUOUS, y)
                        .out(FLOAT32, Layout.CONTIGUOUS).map(Exprs.binary(ScalarOp.POW, FLOAT32))));
    }

    private static void subnormals(RuleBook book) {
        Filler tiny = Filler.of(0x1p-149, -0x1p-149, 0x1p-127, 1.1e-38, -0x1.fffffcp-127, 0x1p-126, -0x1.8p-126, 0x1p-125, 3e-39);
        for (ScalarOp op : List.of(ScalarOp.ADD, ScalarOp.SUB, ScalarOp.MUL)) {
            Filler other = op == ScalarOp.MUL ? Filler.of(0.5, 1, 3, -0.75) : tiny;
            book.trials("NUM-17", Profile.CORE, NumberRules.name(op) + "(float32,subnormal)", List.of(
                    new TrialBuilder("subnormal", 257).in(FLOAT32, Layout.CONTIGUOUS, tiny).in(FLOAT32, Layout.SHIFTED, other)
                            .out(FLOAT32, Layout.CONTIGUOUS).map(Exprs.binary(op, FLOAT32)).strict()));
        }
        book.trials("NUM-17", Profile.CORE, "cast(float32,bool,subnormal)", List.of(
                new TrialBuilder("subnormal", 257).in(FLOAT32, Layout.CONTIGUOUS, tiny).out(DType.BOOL, Layout.CONTIGUOUS)
                        .map(Exprs.cast(FLOAT32, DType.BOOL))));
    }
}
