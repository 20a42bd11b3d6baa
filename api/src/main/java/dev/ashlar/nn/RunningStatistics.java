// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The running statistics of the batch normalisations in a model. */
public final class RunningStatistics {
    private RunningStatistics() {}

    /**
     * Starts all of them anew, lets batches pass in training mode, each of which counts the same, and puts the modes back. Nothing
     * happens in a model without batch normalisations.
     *
     * @param passes calls the model's forward with each batch
     */
    public static void renew(Module model, Runnable passes) {
        Map<Module, Boolean> modes = new IdentityHashMap<>();
        List<BatchNormalization<?>> normalisations = new ArrayList<>();
        for (Module module : model.namedModules().values()) {
            modes.put(module, module.isTraining());
            if (module instanceof BatchNormalization<?> normalisation) {
                normalisations.add(normalisation);
            }
        }
        if (normalisations.isEmpty()) {
            return;
        }
        List<@Nullable Double> momenta = new ArrayList<>();
        for (BatchNormalization<?> normalisation : normalisations) {
            normalisation.resetRunningStats();
            momenta.add(normalisation.momentum);
            normalisation.momentum = null;
        }
        try {
            model.train();
            passes.run();
        } finally {
            for (int i = 0; i < momenta.size(); i++) {
                normalisations.get(i).momentum = momenta.get(i);
            }
            modes.forEach(Module::setTraining);
        }
    }
}
