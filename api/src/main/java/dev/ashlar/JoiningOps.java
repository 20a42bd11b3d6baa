// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/** Taking tensors apart, repeating and rearranging them. */
public sealed interface JoiningOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }
}
