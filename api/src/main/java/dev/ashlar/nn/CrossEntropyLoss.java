// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Reduction;
import dev.ashlar.Tensor;

/** Computes the cross-entropy of scores [samples, classes, ...] and int64 classes [samples, ...]; see {@link Tensor#crossEntropy}. */
public final class CrossEntropyLoss extends ConcreteModule<CrossEntropyLoss> implements Loss {
    private final Reduction reduction;

    /** Creates the loss, averaged. */
    public CrossEntropyLoss() {
        this(Reduction.MEAN);
    }

    /** Creates the loss with a choice of what becomes of the losses of the single elements or samples. */
    public CrossEntropyLoss(Reduction reduction) {
        this.reduction = reduction;
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return hooked(input, target, (given, expected) -> given.crossEntropy(expected, null, Tensor.IGNORED, reduction, 0));
    }
}
