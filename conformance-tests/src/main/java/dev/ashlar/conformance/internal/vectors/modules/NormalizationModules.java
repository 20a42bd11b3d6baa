// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.modules;

import dev.ashlar.nn.LayerNorm;

/** Entries of the group {@code normalization}. */
final class NormalizationModules {
    private NormalizationModules() {}

    static void addTo(ModuleTable table) {
        table.add("LayerNorm", a -> new LayerNorm(a.integers(0, "normalized_shape")));
    }
}
