// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/** Applies {@link Tensor#softplus}. */
public final class Softplus extends ConcreteModule<Softplus> implements Layer {
    /** Creates the layer. */
    public Softplus() {}

    @Override
    public Tensor forward(Tensor input) {
        return hooked(input, Tensor::softplus);
    }

    @Override
    public String extraRepr() {
        return "beta=1.0, threshold=20.0";
    }
}
