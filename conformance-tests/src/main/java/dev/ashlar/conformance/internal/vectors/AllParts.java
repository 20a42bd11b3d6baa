// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors;

import dev.ashlar.conformance.internal.vectors.modules.ModulePart;
import dev.ashlar.conformance.internal.vectors.modules.ModuleTable;
import dev.ashlar.conformance.internal.vectors.optimizers.OptimizerPart;
import dev.ashlar.conformance.internal.vectors.trainings.TrainingPart;
import java.util.List;

/** All parts of the recordings. */
public final class AllParts {
    private AllParts() {}

    /** @param table says which call answers which operation */
    public static List<Part> of(Table table) {
        return List.of(new OperationPart(table), new ModulePart(ModuleTable.all()), new OptimizerPart(), new TrainingPart());
    }
}
