// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/** Applies {@link Tensor#elu}. */
public final class ELU extends ConcreteModule<ELU> implements Layer {
    private final double alpha;

    /** Creates the layer with 1.0. */
    public ELU() {
        this(1.0);
    }

    /** @param alpha minus the limit towards minus infinity */
    public ELU(double alpha) {
        this.alpha = alpha;
    }

    @Override
    public Tensor forward(Tensor input) {
        return hooked(input, given -> given.elu(alpha));
    }

    @Override
    public String extraRepr() {
        return "alpha=" + Repr.of(alpha);
    }
}
