// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/** Applies {@link Tensor#gelu}, the exact form. */
public final class GELU extends ConcreteModule<GELU> implements Layer {
    /** Creates the layer. */
    public GELU() {}

    @Override
    public Tensor forward(Tensor input) {
        return hooked(input, Tensor::gelu);
    }

    @Override
    public String extraRepr() {
        return "approximate='none'";
    }
}
