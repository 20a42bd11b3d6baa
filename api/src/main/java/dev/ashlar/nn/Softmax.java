// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/** Applies {@link Tensor#softmax}. */
public final class Softmax extends ConcreteModule<Softmax> implements Layer {
    private final int dim;

    /** @param dim the dimension whose sums become 1; negative values count from the end */
    public Softmax(int dim) {
        this.dim = dim;
    }

    @Override
    public Tensor forward(Tensor input) {
        return hooked(input, given -> given.softmax(dim));
    }

    @Override
    public String extraRepr() {
        return "dim=" + dim;
    }
}
