// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/** Applies {@link Tensor#logSoftmax}. */
public final class LogSoftmax extends ConcreteModule<LogSoftmax> implements Layer {
    private final int dim;

    /** @param dim the dimension of the classes; negative values count from the end */
    public LogSoftmax(int dim) {
        this.dim = dim;
    }

    @Override
    public Tensor forward(Tensor input) {
        return hooked(input, given -> given.logSoftmax(dim));
    }

    @Override
    public String extraRepr() {
        return "dim=" + dim;
    }
}
