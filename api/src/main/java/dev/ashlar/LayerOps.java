// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/** What layers compute: linear maps, embeddings, attention, dropout. */
public sealed interface LayerOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }
}
