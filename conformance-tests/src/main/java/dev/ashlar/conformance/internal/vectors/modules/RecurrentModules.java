// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.modules;

/** Entries of the group {@code recurrent}. */
final class RecurrentModules {
    private RecurrentModules() {}

    static void addTo(ModuleTable table) {}
}
