// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.rules;

import static dev.ashlar.type.DType.BOOL;
import static dev.ashlar.type.DType.FLOAT32;
import static dev.ashlar.type.DType.FLOAT64;
import static dev.ashlar.type.DType.INT32;
import static dev.ashlar.type.DType.INT64;

import dev.ashlar.conformance.Profile;
import dev.ashlar.conformance.internal.suite.Exprs;
import dev.ashlar.conformance.internal.suite.Filler;
import dev.ashlar.conformance.internal.suite.Layout;
import dev.ashlar.conformance.internal.suite.RuleBook;
import dev.ashlar.conformance.internal.suite.Trial;
import dev.ashlar.conformance.internal.suite.TrialBuilder;
import dev.ashlar.spi.Capabilities;
import dev.ashlar.spi.Expr;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** NUM-01 to NUM-09: each scalar operation by itself, over special and random values, in each arithmetic type. */
final class NumberRules {
    private static final List<ScalarOp> EXACT_UNARY = List.of(ScalarOp.NEG, ScalarOp.ABS, ScalarOp.SQRT, ScalarOp.FLOOR);
    private static final List<ScalarOp> FUNCTIONS =
            List.of(ScalarOp.EXP, ScalarOp.LOG, ScalarOp.EXPM1, ScalarOp.LOG1P, ScalarOp.SIN, ScalarOp.COS, ScalarOp.TANH);
    private static final List<ScalarOp> OPTIONAL = List.of(ScalarOp.ATAN, ScalarOp.ERF);
    private static final List<ScalarOp> EXACT_BINARY = List.of(ScalarOp.ADD, ScalarOp.SUB, ScalarOp.MUL, ScalarOp.DIV, ScalarOp.REM);
    private static final List<ScalarOp> EXTREMES = List.of(ScalarOp.MAX, ScalarOp.MIN);
    private static final List<ScalarOp> COMPARISONS = List.of(ScalarOp.LT, ScalarOp.EQ);
    private static final List<ScalarOp> BITWISE = List.of(ScalarOp.AND, ScalarOp.OR, ScalarOp.XOR);
    private static final List<ScalarOp> SHIFTS = List.of(ScalarOp.SHL, ScalarOp.SHR);

    private NumberRules() {}

    static void add(RuleBook book) {
        floating(book, FLOAT32, Profile.CORE, capabilities -> true);
        floating(book, FLOAT64, Profile.DTYPES, capabilities -> capabilities.arithmetic().contains(FLOAT64));
        for (DType type : List.of(INT32, INT64)) {
            for (ScalarOp op : List.of(ScalarOp.NEG, ScalarOp.ABS)) {
                unary(book, "NUM-05", Profile.CORE, op, type, capabilities -> true);
            }
            for (ScalarOp op : List.of(ScalarOp.ADD, ScalarOp.SUB, ScalarOp.MUL)) {
                binary(book, "NUM-05", Profile.CORE, op, type, capabilities -> true);
            }
            for (ScalarOp op : List.of(ScalarOp.DIV, ScalarOp.REM)) {
                binary(book, "NUM-06", Profile.CORE, op, type, capabilities -> true);
            }
            for (ScalarOp op : SHIFTS) {
                binary(book, "NUM-07", Profile.CORE, op, type, capabilities -> true);
            }
            for (ScalarOp op : BITWISE) {
                binary(book, "NUM-08", Profile.CORE, op, type, capabilities -> true);
            }
            for (ScalarOp op : EXTREMES) {
                binary(book, "NUM-03", Profile.CORE, op, type, capabilities -> true);
            }
            for (ScalarOp op : COMPARISONS) {
                binary(book, "NUM-04", Profile.CORE, op, type, capabilities -> true);
            }
            select(book, type, Profile.CORE, capabilities -> true);
        }
        for (ScalarOp op : List.of(ScalarOp.ADD, ScalarOp.MUL, ScalarOp.AND, ScalarOp.OR, ScalarOp.XOR, ScalarOp.MAX, ScalarOp.MIN)) {
            binary(book, "NUM-08", Profile.CORE, op, BOOL, capabilities -> true);
        }
        for (ScalarOp op : COMPARISONS) {
            binary(book, "NUM-04", Profile.CORE, op, BOOL, capabilities -> true);
        }
        select(book, BOOL, Profile.CORE, capabilities -> true);
    }

    private static void floating(RuleBook book, DType type, Profile profile, Predicate<Capabilities> applies) {
        for (ScalarOp op : EXACT_UNARY) {
            unary(book, "NUM-01", profile, op, type, applies);
        }
        for (ScalarOp op : EXACT_BINARY) {
            binary(book, "NUM-01", profile, op, type, applies);
        }
        fma(book, type, profile, applies);
        for (ScalarOp op : FUNCTIONS) {
            unary(book, "NUM-02", profile, op, type, applies);
        }
        binary(book, "NUM-02", profile, ScalarOp.POW, type, applies);
        for (ScalarOp op : OPTIONAL) {
            unary(book, "NUM-09", profile, op, type, applies.and(capabilities -> capabilities.scalarOps().contains(op)));
        }
        for (ScalarOp op : EXTREMES) {
            binary(book, "NUM-03", profile, op, type, applies);
        }
        for (ScalarOp op : COMPARISONS) {
            binary(book, "NUM-04", profile, op, type, applies);
        }
        select(book, type, profile, applies);
    }

    private static void unary(RuleBook book, String rule, Profile profile, ScalarOp op, DType type, Predicate<Capabilities> applies) {
        List<Trial> trials = new ArrayList<>();
        String key = key(op, type);
        int count = Samples.unaryCount();
        for (Layout layout : layouts(type)) {
            Trial trial = new TrialBuilder(key + " " + layout, count)
                    .in(type, layout, layout == Layout.GAPS ? spread(Samples.unary(op)) : Samples.unary(op))
                    .out(type, Layout.CONTIGUOUS)
                    .map(Exprs.unary(op, type));
            trials.add(type.isFloatingPoint() ? trial.measured(key) : trial);
        }
        book.trials(rule, profile, name(op) + "(" + type + ")", applies, trials);
    }

    private static void binary(RuleBook book, String rule, Profile profile, ScalarOp op, DType type, Predicate<Capabilities> applies) {
        List<Trial> trials = new ArrayList<>();
        String key = key(op, type);
        DType result = op == ScalarOp.LT || op == ScalarOp.EQ ? BOOL : type;
        int count = Samples.pairCount(type);
        for (Layout layout : layouts(type)) {
            boolean apart = layout == Layout.GAPS;
            Trial trial = new TrialBuilder(key + " " + layout, count)
                    .in(type, layout, apart ? spread(Samples.pairs(0)) : Samples.pairs(0))
                    .in(type, layout, apart ? spread(Samples.pairs(1)) : Samples.pairs(1))
                    .out(result, Layout.CONTIGUOUS)
                    .map(Exprs.binary(op, type));
            trials.add(result.isFloatingPoint() ? trial.measured(key) : trial);
        }
        book.trials(rule, profile, name(op) + "(" + type + "," + type + ")", applies, trials);
    }

    /** A vectorised path and a plain one shall both see the special values; for one type, because each kernel costs time. */
    private static List<Layout> layouts(DType type) {
        return type == FLOAT32 ? List.of(Layout.CONTIGUOUS, Layout.GAPS) : List.of(Layout.CONTIGUOUS);
    }

    /** Puts value i at element 5 + 2 i, where {@link Layout#GAPS} reads it on one axis. */
    private static Filler spread(Filler filler) {
        return (type, element, random) -> filler.next(type, Math.max(0, (element - 5) / 2), random);
    }

    private static void fma(RuleBook book, DType type, Profile profile, Predicate<Capabilities> applies) {
        Expr.Builder builder = new Expr.Builder();
        Expr body = builder.build(builder.fma(builder.input(0, type), builder.input(1, type), builder.input(2, type)));
        book.trials("NUM-01", profile, "fma(" + type + "," + type + "," + type + ")", applies, List.of(
                new TrialBuilder("fma", Samples.tripleCount())
                        .in(type, Layout.CONTIGUOUS, Samples.triples(0))
                        .in(type, Layout.CONTIGUOUS, Samples.triples(1))
                        .in(type, Layout.CONTIGUOUS, Samples.triples(2))
                        .out(type, Layout.CONTIGUOUS)
                        .map(body).measured(key(ScalarOp.FMA, type))));
    }

    private static void select(RuleBook book, DType type, Profile profile, Predicate<Capabilities> applies) {
        Expr.Builder builder = new Expr.Builder();
        Expr body = builder.build(builder.select(builder.input(0, BOOL), builder.input(1, type), builder.input(2, type)));
        List<Trial> trials = new ArrayList<>();
        for (Layout layout : List.of(Layout.CONTIGUOUS, Layout.REPEATED_INNER)) {
            trials.add(new TrialBuilder("select " + layout, 3, Samples.pairCount(type))
                    .in(BOOL, layout, Filler.ORDINARY)
                    .in(type, Layout.CONTIGUOUS, Samples.pairs(0))
                    .in(type, Layout.PLAIN, Samples.pairs(1))
                    .out(type, Layout.CONTIGUOUS)
                    .map(body));
        }
        book.trials("NUM-10", profile, "select(bool," + type + "," + type + ")", applies, trials);
    }

    static String name(ScalarOp op) {
        return op.name().toLowerCase(Locale.ROOT);
    }

    private static String key(ScalarOp op, DType type) {
        return name(op) + " " + type;
    }
}
