// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors;

import dev.ashlar.type.DType;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/** Plays recorded cases back on the default device, some fifty at a time. */
public final class VectorRun {
    private static final int TOGETHER = 50;

    private final Placement placement;
    private final Set<DType> storage;

    /**
     * @param placement where operands lie
     * @param storage types that the device can hold
     */
    public VectorRun(Placement placement, Set<DType> storage) {
        this.placement = placement;
        this.storage = storage;
    }

    /** Plays cases back, and passes the results on in their order. */
    public void run(List<Recorded> cases, Consumer<VectorResult> listener) {
        for (int from = 0; from < cases.size(); from += TOGETHER) {
            List<Recorded.Begun> begun = cases.subList(from, Math.min(cases.size(), from + TOGETHER)).stream()
                    .map(test -> test.begin(new Recorded.Conditions(placement, storage, () -> new Random(test.id().hashCode())))).toList();
            begun.forEach(test -> listener.accept(test.judge()));
        }
    }
}
