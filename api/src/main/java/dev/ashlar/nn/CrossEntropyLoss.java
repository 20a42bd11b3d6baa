// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/** Computes the mean cross-entropy of scores [samples, classes, ...] and int64 classes [samples, ...]; see {@link Tensor#crossEntropy}. */
public final class CrossEntropyLoss extends AbstractModule implements Loss {
    /** Creates the loss. */
    public CrossEntropyLoss() {}

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return input.crossEntropy(target);
    }
}
