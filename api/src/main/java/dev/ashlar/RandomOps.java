// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/** Random numbers that depend on the values of a tensor. */
public sealed interface RandomOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }
}
