// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.fuzz;

import dev.ashlar.Ashlar;
import dev.ashlar.Scope;
import dev.ashlar.conformance.internal.vectors.Data;
import dev.ashlar.conformance.internal.vectors.Placement;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes a failing program smaller for as long as it fails: fewer outputs, steps given as leaves, plain layouts, simple numbers. */
final class Shrinker {
    private static final int MOST_TRIALS = 120;

    private final Function<Program, @Nullable String> verdict;
    private int trials;

    Shrinker(Function<Program, @Nullable String> verdict) {
        this.verdict = verdict;
    }

    /** Returns the smallest program found that still fails. */
    Program shrink(Program failing) {
        Program best = failing;
        boolean smaller = true;
        while (smaller && trials < MOST_TRIALS) {
            smaller = false;
            for (Program candidate : candidates(best)) {
                if (trials++ < MOST_TRIALS && fails(candidate)) {
                    best = candidate;
                    smaller = true;
                    break;
                }
            }
        }
        return best;
    }

    private boolean fails(Program program) {
        return verdict.apply(program) != null;
    }

    private static List<Program> candidates(Program program) {
        List<Program> list = new ArrayList<>();
        if (program.outputs().size() > 1) {
            program.outputs().forEach(output -> list.add(program.withOutputs(List.of(output))));
        }
        for (int value = program.leaves().size(); value < program.size(); value++) {
            // The same, read earlier.
            if (!program.outputs().equals(List.of(value))) {
                list.add(program.withOutputs(List.of(value)));
            }
        }
        List<Data> values = valuesOf(program);
        for (int value = program.size() - 1; value >= program.leaves().size() && !values.isEmpty(); value--) {
            if (!program.outputs().contains(value)) {
                list.add(program.withLeaf(value, values.get(value)));
            }
        }
        for (int leaf = 0; leaf < program.leaves().size(); leaf++) {
            if (program.leaves().get(leaf).placement() != Placement.PLAIN) {
                list.add(program.withPlacement(leaf, Placement.PLAIN));
            }
            Data simple = simple(program.leaves().get(leaf).data());
            if (!Objects.equals(simple, program.leaves().get(leaf).data())) {
                list.add(program.withData(leaf, simple));
            }
        }
        return list;
    }

    private static List<Data> valuesOf(Program program) {
        try (Scope _ = Ashlar.eager()) {
            return Judge.all(program);
        } catch (RuntimeException _) {
            return List.of();
        }
    }

    /** Returns small whole numbers in the same shape. */
    private static Data simple(Data data) {
        ByteBuffer buffer = ByteBuffer.allocate(data.bytes().length).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < data.count(); i++) {
            ProgramMaker.put(buffer, data.type(), i % 5);
        }
        return new Data(data.type(), data.sizes(), buffer.array());
    }
}
