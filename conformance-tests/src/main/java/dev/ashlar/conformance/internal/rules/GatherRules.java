// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.rules;

import static dev.ashlar.type.DType.FLOAT32;
import static dev.ashlar.type.DType.INT32;
import static dev.ashlar.type.DType.INT64;

import dev.ashlar.conformance.Profile;
import dev.ashlar.conformance.internal.suite.Filler;
import dev.ashlar.conformance.internal.suite.Layout;
import dev.ashlar.conformance.internal.suite.RuleBook;
import dev.ashlar.conformance.internal.suite.Trial;
import dev.ashlar.conformance.internal.suite.TrialBuilder;
import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.List;

/** GAT-01 to GAT-05: indexed reads. */
final class GatherRules {
    private GatherRules() {}

    static void add(RuleBook book) {
        for (DType index : List.of(INT64, INT32)) {
            List<Trial> trials = new ArrayList<>();
            for (long size : new long[] {1, 3, 33, 257}) {
                trials.add(gather(FLOAT32, index, 0, 10, Layout.PLAIN, Layout.CONTIGUOUS, Filler.indices(10), size));
                trials.add(gather(FLOAT32, index, 0, 31, Layout.PLAIN, Layout.REPEATED_INNER, Filler.indices(31), size, 7));
                trials.add(gather(FLOAT32, index, 1, 7, Layout.PLAIN, Layout.CONTIGUOUS, Filler.indices(7), 5, size));
            }
            for (int axis = 0; axis < 3; axis++) {
                trials.add(gather(FLOAT32, index, axis, 9, Layout.PLAIN, Layout.CONTIGUOUS, Filler.indices(9), 3, 4, 5));
                trials.add(gather(FLOAT32, index, axis, 1, Layout.PLAIN, Layout.PLAIN, Filler.indices(1), 3, 4, 5));
            }
            book.trials("GAT-01", Profile.CORE, "gather(float32," + index + ")", trials);
            badIndices(book, index);
        }
        layouts(book);
        types(book);
        large(book);
    }

    private static Trial gather(
            DType type, DType index, int axis, int extent, Layout source, Layout indexLayout, Filler indices, long... sizes) {
        return new TrialBuilder("axis " + axis + " of " + extent + " " + source + " by " + indexLayout, sizes)
                .source(type, source, axis, extent, Filler.ANY)
                .in(index, indexLayout, indices)
                .out(type, Layout.CONTIGUOUS)
                .gather(axis);
    }

    private static void badIndices(RuleBook book, DType index) {
        Filler one = (type, element, random) -> element == 17 ? Filler.ofWhole(10).next(type, 0, random)
                : Filler.indices(10).next(type, element, random);
        Filler bad = Filler.ofWhole(3, 10, 0, -1, 9, 1_000_000, 5, Integer.MIN_VALUE, Integer.MAX_VALUE);
        List<Trial> trials = new ArrayList<>(List.of(
                gather(FLOAT32, index, 0, 10, Layout.PLAIN, Layout.CONTIGUOUS, one, 33),
                gather(FLOAT32, index, 0, 10, Layout.PLAIN, Layout.CONTIGUOUS, one, 7, 33),
                gather(FLOAT32, index, 0, 10, Layout.PLAIN, Layout.CONTIGUOUS, bad, 257),
                gather(FLOAT32, index, 1, 10, Layout.PLAIN, Layout.CONTIGUOUS, bad, 7, 33),
                gather(INT64, index, 0, 10, Layout.PLAIN, Layout.CONTIGUOUS, Filler.ofWhole(-1), 3)));
        if (index == INT64) {
            // Cut to 32 bits these would be good ones.
            trials.add(gather(FLOAT32, index, 0, 10, Layout.PLAIN, Layout.CONTIGUOUS,
                    Filler.ofWhole(1L << 32, (1L << 32) + 3, Long.MIN_VALUE + 2), 33));
        }
        book.trials("GAT-02", Profile.CORE, "gather(float32," + index + ",out of range)", trials);
    }

    private static void layouts(RuleBook book) {
        for (Layout layout : Layout.values()) {
            List<Trial> trials = new ArrayList<>();
            for (int axis = 0; axis < 2; axis++) {
                trials.add(gather(FLOAT32, INT64, axis, 11, layout, Layout.CONTIGUOUS, Filler.indices(11), 7, 33));
                trials.add(gather(FLOAT32, INT32, axis, 11, Layout.PLAIN, layout, Filler.indices(11), 7, 33));
                if (layout.isWritable()) {
                    trials.add(new TrialBuilder("to " + layout, 7, 33)
                            .source(FLOAT32, Layout.TRANSPOSED, axis, 11, Filler.ANY)
                            .in(INT64, Layout.GAPS, Filler.indices(11))
                            .out(FLOAT32, layout)
                            .gather(axis));
                }
            }
            book.trials("GAT-03", Profile.CORE, "gather(float32," + layout.label() + ")", trials);
        }
    }

    private static void types(RuleBook book) {
        for (DType type : DType.values()) {
            Profile profile = MapRules.CORE.contains(type) ? Profile.CORE : Profile.DTYPES;
            book.trials("GAT-04", profile, "gather(" + type + ")", capabilities -> capabilities.storage().contains(type), List.of(
                    gather(type, INT64, 0, 10, Layout.PLAIN, Layout.CONTIGUOUS, Filler.ofWhole(0, 9, -1, 10, 5), 33),
                    gather(type, INT64, 1, 10, Layout.TRANSPOSED, Layout.CONTIGUOUS, Filler.indices(10), 5, 31)));
        }
    }

    private static void large(RuleBook book) {
        book.trials("GAT-05", Profile.CORE, "gather(float32,large)", List.of(
                gather(FLOAT32, INT64, 0, 5000, Layout.PLAIN, Layout.REPEATED_INNER, Filler.indices(5000), 1031, 65)));
    }
}
