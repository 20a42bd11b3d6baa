// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Reduction;
import dev.ashlar.Tensor;

/**
 * Computes minus the entries of log-probabilities [samples, classes, ...] at int64 classes [samples, ...]; see
 * {@link Tensor#nllLoss}.
 */
public final class NLLLoss extends ConcreteModule<NLLLoss> implements Loss {
    private final Reduction reduction;

    /** Creates the loss, averaged. */
    public NLLLoss() {
        this(Reduction.MEAN);
    }

    /** Creates the loss with a choice of what becomes of the losses of the single elements or samples. */
    public NLLLoss(Reduction reduction) {
        this.reduction = reduction;
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return hooked(input, target, (given, expected) -> given.nllLoss(expected, null, Tensor.IGNORED, reduction));
    }
}
