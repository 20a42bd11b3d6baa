// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.tables;

import dev.ashlar.conformance.internal.vectors.Table;

/** The calls of the group elementwise_unary. */
public final class ElementwiseUnary {
    private ElementwiseUnary() {}

    public static void addTo(Table table) {
    }
}
