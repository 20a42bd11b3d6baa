// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/** Makes one dimension of several; the first one, of samples, stays by default. */
public final class Flatten extends ConcreteModule<Flatten> implements Layer {
    private final int from;
    private final int to;

    /** Creates a layer that keeps the first dimension only. */
    public Flatten() {
        this(1, -1);
    }

    /** Creates a layer that flattens dimensions {@code from} to {@code to}, both included; negative values count from the end. */
    public Flatten(int from, int to) {
        this.from = from;
        this.to = to;
    }

    @Override
    public Tensor forward(Tensor input) {
        return hooked(input, given -> given.flatten(from, to));
    }

    @Override
    public String extraRepr() {
        return "start_dim=" + from + ", end_dim=" + to;
    }
}
