// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.ops;

import java.util.List;
import java.util.stream.Stream;

/** All operations that the suite knows. */
public final class Operations {
    private Operations() {}

    /** Returns the records, family by family. */
    public static List<Operation> all() {
        return Stream.of(ElementwiseOperations.all(), SpecialOperations.all(), ComparisonOperations.all(), ReductionOperations.all(),
                MovementOperations.all(), NetworkOperations.all(), FactorOperations.all(), FourierOperations.all())
                .flatMap(List::stream).toList();
    }
}
