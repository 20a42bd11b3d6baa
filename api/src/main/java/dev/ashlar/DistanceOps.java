// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/** Distances and similarities between vectors. */
public sealed interface DistanceOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }
}
