// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/** Applies {@link Tensor#hardtanh}. */
public final class Hardtanh extends ConcreteModule<Hardtanh> implements Layer {
    private final double min;
    private final double max;

    /** Creates the layer with limits -1 and 1. */
    public Hardtanh() {
        this(-1, 1);
    }

    /** @param max above {@code min} */
    public Hardtanh(double min, double max) {
        this.min = min;
        this.max = max;
    }

    @Override
    public Tensor forward(Tensor input) {
        return hooked(input, given -> given.hardtanh(min, max));
    }

    @Override
    public String extraRepr() {
        return "min_val=" + Repr.of(min) + ", max_val=" + Repr.of(max);
    }
}
