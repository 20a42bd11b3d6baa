// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/** Padding, resampling and rearranging of signals and images. */
public sealed interface ImageOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }
}
