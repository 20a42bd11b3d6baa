// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors;

import dev.ashlar.type.DType;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** One recorded answer that can be played back. */
public interface Recorded {
    /** Returns the name of the files that it is in. */
    String group();

    /** Returns its own name, for example {@code Conv2d.2}. */
    String id();

    /** Returns what answers: an operation, a module, an optimizer. */
    String subject();

    /**
     * Makes on the default device what was recorded. It need not wait for the results: several cases are begun before the first is
     * judged, so that the kernels of all are built together. It throws nothing, a mistake is part of the judgement.
     */
    Begun begin(Conditions conditions);

    /** What was begun. */
    @FunctionalInterface
    interface Begun {
        /** Reads the results and compares them. */
        VectorResult judge();
    }

    /**
     * How a case is played back.
     *
     * @param placement where operands lie in memory; what does not apply to a case is ignored or refused by it
     * @param storage types that the device can hold
     * @param random gives the same numbers each time it is asked
     */
    record Conditions(Placement placement, Set<DType> storage, Supplier<Random> random) {}
}
