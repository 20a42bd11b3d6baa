// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors;

import dev.ashlar.type.DType;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Plays recorded calls back on the default device, some fifty at a time. */
public final class VectorRun {
    private static final int TOGETHER = 50;

    private final Table table;
    private final Placement placement;
    private final Set<DType> storage;

    /**
     * @param placement where operands lie
     * @param storage types that the device can hold
     */
    public VectorRun(Table table, Placement placement, Set<DType> storage) {
        this.table = table;
        this.placement = placement;
        this.storage = storage;
    }

    /** Plays back all calls that a filter lets through, and passes the results on in their order. */
    public void run(Map<String, List<VectorCase>> groups, Predicate<VectorCase> filter, Consumer<VectorResult> listener) {
        groups.forEach((group, all) -> {
            List<VectorCase> chosen = all.stream().filter(filter).toList();
            for (int from = 0; from < chosen.size(); from += TOGETHER) {
                List<Attempt> attempts = chosen.subList(from, Math.min(chosen.size(), from + TOGETHER)).stream()
                        .map(test -> Attempt.begin(table, test, placement, storage, () -> new Random(test.id().hashCode()))).toList();
                attempts.forEach(attempt -> listener.accept(attempt.judge(group)));
            }
        });
    }
}
