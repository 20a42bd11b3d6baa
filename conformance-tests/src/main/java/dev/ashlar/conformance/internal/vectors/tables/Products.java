// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.tables;

import dev.ashlar.conformance.internal.vectors.Table;

/** The products among the calls of the group linear_algebra. */
final class Products {
    private Products() {}

    static void addTo(Table table) {
    }
}
