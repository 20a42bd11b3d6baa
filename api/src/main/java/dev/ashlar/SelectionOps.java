// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/** Reading and writing at positions that are given by tensors: indices and masks. */
public sealed interface SelectionOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }
}
