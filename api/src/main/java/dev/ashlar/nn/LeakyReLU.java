// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/** Applies {@link Tensor#leakyRelu}. */
public final class LeakyReLU extends ConcreteModule<LeakyReLU> implements Layer {
    private final double slope;

    /** Creates the layer with 0.01. */
    public LeakyReLU() {
        this(0.01);
    }

    /** @param slope factor below 0 */
    public LeakyReLU(double slope) {
        this.slope = slope;
    }

    @Override
    public Tensor forward(Tensor input) {
        return hooked(input, given -> given.leakyRelu(slope));
    }

    @Override
    public String extraRepr() {
        return "negative_slope=" + Repr.of(slope);
    }
}
