// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.tables;

import dev.ashlar.conformance.internal.vectors.Table;

/** The calls of the group pooling. */
public final class Pooling {
    private Pooling() {}

    public static void addTo(Table table) {
    }
}
