// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/** Applies {@link Tensor#logSigmoid}. */
public final class LogSigmoid extends ConcreteModule<LogSigmoid> implements Layer {
    /** Creates the layer. */
    public LogSigmoid() {}

    @Override
    public Tensor forward(Tensor input) {
        return hooked(input, Tensor::logSigmoid);
    }
}
