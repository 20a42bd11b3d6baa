// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/** Order: sorting, the largest few, unique values, counting and searching. */
public sealed interface SortingOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }
}
