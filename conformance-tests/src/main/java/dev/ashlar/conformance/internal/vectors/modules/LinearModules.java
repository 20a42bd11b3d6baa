// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.modules;

import dev.ashlar.nn.Linear;

/** Entries of the group {@code linear}. */
final class LinearModules {
    private LinearModules() {}

    static void addTo(ModuleTable table) {
        table.add("Linear", a -> new Linear(a.integer(0, "in_features"), a.integer(1, "out_features"), a.flag(2, "bias", true)));
    }
}
