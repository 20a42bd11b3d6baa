// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.tables;

import dev.ashlar.conformance.internal.vectors.Table;

/** The calls of the group layers. */
public final class Layers {
    private Layers() {}

    public static void addTo(Table table) {
    }
}
