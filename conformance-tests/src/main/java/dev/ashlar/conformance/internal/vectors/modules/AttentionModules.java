// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.modules;

/** Entries of the group {@code attention}. */
final class AttentionModules {
    private AttentionModules() {}

    static void addTo(ModuleTable table) {}
}
