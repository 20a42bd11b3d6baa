// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.rules;

import static dev.ashlar.type.DType.BOOL;
import static dev.ashlar.type.DType.FLOAT32;
import static dev.ashlar.type.DType.INT32;
import static dev.ashlar.type.DType.INT64;

import dev.ashlar.conformance.Profile;
import dev.ashlar.conformance.internal.oracle.Scalar;
import dev.ashlar.conformance.internal.suite.Filler;
import dev.ashlar.conformance.internal.suite.Layout;
import dev.ashlar.conformance.internal.suite.RuleBook;
import dev.ashlar.conformance.internal.suite.Trial;
import dev.ashlar.conformance.internal.suite.TrialBuilder;
import dev.ashlar.spi.ScatterOp;
import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** SCA-01 to SCA-07: indexed writes. */
final class ScatterRules {
    private ScatterRules() {}

    static void add(RuleBook book) {
        operations(book);
        axes(book);
        duplicates(book);
        badIndices(book);
        specials(book);
        layouts(book);
        types(book);
    }

    private static Trial scatter(
            ScatterOp op, DType type, DType index, int axis, int extent, Filler values, Filler indices, long... sizes) {
        return new TrialBuilder("axis " + axis + " of " + extent, sizes)
                .in(type, Layout.PLAIN, values)
                .in(index, Layout.CONTIGUOUS, indices)
                .target(type, Layout.PLAIN, axis, extent, Filler.ORDINARY)
                .scatter(axis, op);
    }

    private static String label(ScatterOp op, String rest) {
        return "scatter-" + op.name().toLowerCase(Locale.ROOT) + "(" + rest + ")";
    }

    private static void operations(RuleBook book) {
        for (ScatterOp op : ScatterOp.values()) {
            for (DType type : List.of(FLOAT32, INT32, INT64, BOOL)) {
                List<Trial> trials = new ArrayList<>();
                for (long size : new long[] {1, 3, 33, 257}) {
                    trials.add(scatter(op, type, INT64, 0, 20, Filler.ORDINARY, Filler.indices(20), size));
                    trials.add(scatter(op, type, INT32, 1, 31, Filler.ORDINARY, Filler.indices(31), 5, size));
                }
                book.trials("SCA-01", Profile.CORE, label(op, type.label()), trials);
            }
        }
    }

    /** One type is enough for the axes: each kernel costs some drivers a tenth of a second. */
    private static void axes(RuleBook book) {
        List<Trial> trials = new ArrayList<>();
        for (DType index : List.of(INT64, INT32)) {
            for (long size : new long[] {1, 3, 33, 257}) {
                trials.add(scatter(ScatterOp.ADD, FLOAT32, index, 0, 20, Filler.ORDINARY, Filler.indices(20), size));
                trials.add(scatter(ScatterOp.ADD, FLOAT32, index, 0, 7, Filler.ORDINARY, Filler.indices(7), size, 5));
                trials.add(scatter(ScatterOp.ADD, FLOAT32, index, 1, 31, Filler.ORDINARY, Filler.indices(31), 5, size));
            }
            for (int axis = 0; axis < 3; axis++) {
                trials.add(scatter(ScatterOp.ADD, FLOAT32, index, axis, 6, Filler.ORDINARY, Filler.indices(6), 3, 4, 5));
            }
        }
        book.trials("SCA-01", Profile.CORE, "scatter-add(float32,axes)", trials);
    }

    /** Float sums depend on the order: 1e8 + 1 - 1e8 is 0 one way and 1 the other. */
    private static void duplicates(RuleBook book) {
        Filler order = Filler.of(1e8, 1, -1e8, 0.1, 3e7, -7);
        for (ScatterOp op : List.of(ScatterOp.SET, ScatterOp.ADD)) {
            book.trials(op == ScatterOp.SET ? "SCA-02" : "SCA-03", Profile.CORE, label(op, "float32,duplicates"), List.of(
                    scatter(op, FLOAT32, INT64, 0, 1, order, Filler.ofWhole(0), 257),
                    scatter(op, FLOAT32, INT64, 0, 3, order, Filler.ofWhole(0, 1, 2, 2, 1), 4098),
                    scatter(op, FLOAT32, INT32, 0, 3, order, Filler.indices(3), 93, 7),
                    scatter(op, FLOAT32, INT64, 1, 3, order, Filler.indices(3), 7, 93),
                    scatter(op, FLOAT32, INT64, 1, 2, order, Filler.indices(2), 3, 31, 5)));
        }
    }

    private static void badIndices(RuleBook book) {
        Filler bad = Filler.ofWhole(3, 10, 0, -1, 9, 1_000_000, 5, Integer.MIN_VALUE);
        for (ScatterOp op : ScatterOp.values()) {
            book.trials("SCA-04", Profile.CORE, label(op, "float32,out of range"), List.of(
                    scatter(op, FLOAT32, INT64, 0, 10, Filler.ORDINARY, bad, 33),
                    scatter(op, FLOAT32, INT32, 1, 10, Filler.ORDINARY, bad, 7, 33),
                    scatter(op, FLOAT32, INT64, 0, 10, Filler.ORDINARY, Filler.ofWhole(-1), 3),
                    scatter(op, FLOAT32, INT64, 0, 10, Filler.ORDINARY, Filler.ofWhole(1L << 32, 2), 7)));
        }
    }

    private static void specials(RuleBook book) {
        Filler values = (type, element, random) ->
                element % 7 == 3 ? Scalar.exact(Double.NaN) : Filler.ORDINARY.next(type, element, random);
        for (ScatterOp op : ScatterOp.values()) {
            book.trials("SCA-05", Profile.CORE, label(op, "float32,NaN"), List.of(
                    scatter(op, FLOAT32, INT64, 0, 20, values, Filler.indices(20), 33),
                    scatter(op, FLOAT32, INT64, 1, 5, values, Filler.indices(5), 7, 31)));
        }
    }

    private static void layouts(RuleBook book) {
        for (Layout layout : Layout.values()) {
            List<Trial> trials = new ArrayList<>();
            for (int axis = 0; axis < 2; axis++) {
                trials.add(new TrialBuilder("values " + layout, 7, 33)
                        .in(FLOAT32, layout, Filler.ORDINARY).in(INT64, Layout.PLAIN, Filler.indices(9))
                        .target(FLOAT32, Layout.PLAIN, axis, 9, Filler.ORDINARY).scatter(axis, ScatterOp.ADD));
                trials.add(new TrialBuilder("index " + layout, 7, 33)
                        .in(FLOAT32, Layout.PLAIN, Filler.ORDINARY).in(INT64, layout, Filler.indices(9))
                        .target(FLOAT32, Layout.PLAIN, axis, 9, Filler.ORDINARY).scatter(axis, ScatterOp.ADD));
                if (layout.isWritable()) {
                    trials.add(new TrialBuilder("target " + layout, 7, 33)
                            .in(FLOAT32, Layout.PLAIN, Filler.ORDINARY).in(INT32, Layout.PLAIN, Filler.indices(9))
                            .target(FLOAT32, layout, axis, 9, Filler.ORDINARY).scatter(axis, ScatterOp.SET));
                }
            }
            book.trials("SCA-06", Profile.CORE, "scatter(float32," + layout.label() + ")", trials);
        }
    }

    private static void types(RuleBook book) {
        for (DType type : DType.values()) {
            Profile profile = MapRules.CORE.contains(type) ? Profile.CORE : Profile.DTYPES;
            book.trials("SCA-07", profile, label(ScatterOp.SET, type + ",any bits"),
                    capabilities -> capabilities.storage().contains(type), List.of(
                            scatter(ScatterOp.SET, type, INT64, 0, 20, Filler.ANY, Filler.indices(20), 33),
                            scatter(ScatterOp.SET, type, INT32, 1, 9, Filler.ANY, Filler.indices(9), 5, 31)));
        }
        for (ScatterOp op : ScatterOp.values()) {
            book.trials("SCA-01", Profile.DTYPES, label(op, "float64"),
                    capabilities -> capabilities.arithmetic().contains(DType.FLOAT64), List.of(
                            scatter(op, DType.FLOAT64, INT64, 0, 20, Filler.ORDINARY, Filler.indices(20), 257)));
        }
    }
}
