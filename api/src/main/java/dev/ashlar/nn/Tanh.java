// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/** Applies {@link Tensor#tanh}. */
public final class Tanh extends ConcreteModule<Tanh> implements Layer {
    /** Creates the layer. */
    public Tanh() {}

    @Override
    public Tensor forward(Tensor input) {
        return hooked(input, Tensor::tanh);
    }
}
