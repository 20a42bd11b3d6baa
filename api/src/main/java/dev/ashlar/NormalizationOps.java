// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/** Normalisation of values by the statistics of groups of them. */
public sealed interface NormalizationOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }
}
