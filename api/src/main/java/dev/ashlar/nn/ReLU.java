// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/** Applies {@link Tensor#relu}. */
public final class ReLU extends ConcreteModule<ReLU> implements Layer {
    /** Creates the layer. */
    public ReLU() {}

    @Override
    public Tensor forward(Tensor input) {
        return hooked(input, Tensor::relu);
    }
}
