// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/** Factorisations, solutions and other functions of matrices; leading dimensions are a batch. */
public sealed interface LinearAlgebraOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }
}
