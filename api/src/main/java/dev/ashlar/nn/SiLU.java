// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/** Applies {@link Tensor#silu}. */
public final class SiLU extends ConcreteModule<SiLU> implements Layer {
    /** Creates the layer. */
    public SiLU() {}

    @Override
    public Tensor forward(Tensor input) {
        return hooked(input, Tensor::silu);
    }
}
