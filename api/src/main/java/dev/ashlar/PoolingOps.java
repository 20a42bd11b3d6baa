// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/** Pooling over windows of one, two or three dimensions. */
public sealed interface PoolingOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }
}
