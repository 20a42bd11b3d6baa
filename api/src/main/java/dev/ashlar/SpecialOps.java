// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/** Special functions: error functions, gamma functions, Bessel functions and their like, at each element. */
public sealed interface SpecialOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }
}
