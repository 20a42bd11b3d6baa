// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/** Bits of whole numbers, and logic of truths, at each element. */
public sealed interface BitwiseOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }
}
