// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Reduction;
import dev.ashlar.Tensor;

/**
 * Computes the binary cross-entropy of scores and targets in [0, 1], both of one shape; see
 * {@link Tensor#binaryCrossEntropyWithLogits}.
 */
public final class BCEWithLogitsLoss extends ConcreteModule<BCEWithLogitsLoss> implements Loss {
    private final Reduction reduction;

    /** Creates the loss, averaged. */
    public BCEWithLogitsLoss() {
        this(Reduction.MEAN);
    }

    /** Creates the loss with a choice of what becomes of the losses of the single elements or samples. */
    public BCEWithLogitsLoss(Reduction reduction) {
        this.reduction = reduction;
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return hooked(input, target, (given, expected) -> given.binaryCrossEntropyWithLogits(expected, null, reduction, null));
    }
}
