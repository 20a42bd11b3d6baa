// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/** Applies {@link Tensor#logSigmoid}: {@code log(sigmoid(x))}. */
public final class LogSigmoid extends StatelessLayer<LogSigmoid> {
    /** Creates the layer. */
    public LogSigmoid() {
        super(Tensor::logSigmoid, "");
    }
}
