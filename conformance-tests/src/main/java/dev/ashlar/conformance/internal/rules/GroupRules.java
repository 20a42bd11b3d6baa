// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.rules;

import static dev.ashlar.type.DType.FLOAT32;
import static dev.ashlar.type.DType.INT32;
import static dev.ashlar.type.DType.INT64;

import dev.ashlar.conformance.Profile;
import dev.ashlar.conformance.internal.suite.Exprs;
import dev.ashlar.conformance.internal.suite.Filler;
import dev.ashlar.conformance.internal.suite.Groups;
import dev.ashlar.conformance.internal.suite.Groups.Member;
import dev.ashlar.conformance.internal.suite.Layout;
import dev.ashlar.conformance.internal.suite.RuleBook;
import dev.ashlar.conformance.internal.suite.TrialBuilder;
import dev.ashlar.spi.Expr;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import java.util.List;

/** GRP-01 to GRP-05: independent maps in one launch. No group has more than 8 bindings, which every backend takes. */
final class GroupRules {
    private GroupRules() {}

    static void add(RuleBook book) {
        book.trials("GRP-01", Profile.CORE, "group(one member)", List.of(
                Groups.group("one", copy(FLOAT32, Layout.CONTIGUOUS, 257)),
                Groups.group("one point", copy(FLOAT32, Layout.PLAIN))));
        book.trials("GRP-01", Profile.CORE, "group(sizes)", List.of(
                Groups.group("small, large", copy(FLOAT32, Layout.CONTIGUOUS, 1), copy(FLOAT32, Layout.CONTIGUOUS, 4098)),
                Groups.group("large, small", copy(FLOAT32, Layout.CONTIGUOUS, 4098), copy(FLOAT32, Layout.CONTIGUOUS, 3)),
                Groups.group("four", copy(FLOAT32, Layout.CONTIGUOUS, 33), copy(FLOAT32, Layout.CONTIGUOUS, 1),
                        copy(FLOAT32, Layout.CONTIGUOUS, 257), copy(FLOAT32, Layout.CONTIGUOUS, 64))));
        book.trials("GRP-02", Profile.CORE, "group(types, layouts)", List.of(
                Groups.group("mixed", copy(FLOAT32, Layout.TRANSPOSED, 7, 31), copy(INT64, Layout.FLIPPED, 3, 5),
                        copy(INT32, Layout.GAPS, 1, 93), copy(FLOAT32, Layout.BROADCAST, 5, 5))));
        ranks(book);
        params(book);
        inPlace(book);
    }

    private static Member copy(DType type, Layout layout, long... sizes) {
        return new Member(
                new TrialBuilder("copy", sizes).in(type, layout, Filler.ANY).out(type, Layout.CONTIGUOUS), Expr.identity(type));
    }

    private static void ranks(RuleBook book) {
        book.trials("GRP-03", Profile.CORE, "group(ranks)", List.of(
                Groups.group("0, 1, 2, 3", copy(FLOAT32, Layout.PLAIN), copy(FLOAT32, Layout.SHIFTED, 33),
                        copy(FLOAT32, Layout.TRANSPOSED, 7, 5), copy(FLOAT32, Layout.ROTATED, 3, 4, 5)),
                Groups.group("3, 1", copy(FLOAT32, Layout.ROTATED, 3, 4, 5), copy(FLOAT32, Layout.CONTIGUOUS, 257))));
        book.trials("GRP-03", Profile.CORE, "group(axis index)", List.of(
                Groups.group("rank 1, 2 and 3", coordinates(33), coordinates(5, 7), coordinates(2, 3, 4))));
    }

    private static Member coordinates(long... sizes) {
        Expr.Builder builder = new Expr.Builder();
        int number = builder.constant(INT64, 0L);
        for (int axis = 0; axis < sizes.length; axis++) {
            int scaled = builder.binary(ScalarOp.MUL, number, builder.constant(INT64, 100L));
            number = builder.binary(ScalarOp.ADD, scaled, builder.axisIndex(axis));
        }
        return new Member(new TrialBuilder("coordinates", sizes).out(INT64, Layout.CONTIGUOUS), builder.build(number));
    }

    private static void params(RuleBook book) {
        book.trials("GRP-04", Profile.CORE, "group(params)", List.of(
                Groups.group("own scalars", scaled(0.5, 33), scaled(-2, 7, 5), scaled(0.1, 257)),
                Groups.group("some without", scaled(3, 33), copy(FLOAT32, Layout.CONTIGUOUS, 7), scaled(7, 31))));
    }

    private static Member scaled(double factor, long... sizes) {
        Expr.Builder builder = new Expr.Builder();
        Expr body = builder.build(builder.binary(ScalarOp.MUL, builder.input(0, FLOAT32), builder.param(0, FLOAT32)));
        TrialBuilder trial = new TrialBuilder("scaled", sizes).in(FLOAT32, Layout.PLAIN, Filler.ORDINARY)
                .out(FLOAT32, Layout.CONTIGUOUS).params(Double.doubleToRawLongBits(factor));
        return new Member(trial, body);
    }

    private static void inPlace(RuleBook book) {
        book.trials("GRP-05", Profile.CORE, "group(in place)", List.of(
                Groups.group("two updates", update(Layout.CONTIGUOUS, 4098), update(Layout.CONTIGUOUS, 3, 5)),
                Groups.group("two updates", update(Layout.TRANSPOSED, 33, 7), update(Layout.SHIFTED, 1))));
    }

    private static Member update(Layout layout, long... sizes) {
        TrialBuilder trial = new TrialBuilder("update", sizes).in(FLOAT32, layout, Filler.ORDINARY)
                .in(FLOAT32, Layout.PLAIN, Filler.ORDINARY).inPlace(0);
        return new Member(trial, Exprs.binary(ScalarOp.SUB, FLOAT32));
    }
}
