// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/** Applies {@link Tensor#sigmoid}. */
public final class Sigmoid extends ConcreteModule<Sigmoid> implements Layer {
    /** Creates the layer. */
    public Sigmoid() {}

    @Override
    public Tensor forward(Tensor input) {
        return hooked(input, Tensor::sigmoid);
    }
}
