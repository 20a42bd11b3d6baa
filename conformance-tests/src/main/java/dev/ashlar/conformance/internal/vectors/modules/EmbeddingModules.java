// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.modules;

/** Entries of the group {@code embedding}. */
final class EmbeddingModules {
    private EmbeddingModules() {}

    static void addTo(ModuleTable table) {}
}
