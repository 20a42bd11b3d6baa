// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/** Running folds along a dimension: each element of the result is a fold of the elements up to it. */
public sealed interface ScanOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }
}
