// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Reduction;
import dev.ashlar.Tensor;

/** Computes the squared differences; both of one shape; see {@link Tensor#mseLoss}. */
public final class MSELoss extends ConcreteModule<MSELoss> implements Loss {
    private final Reduction reduction;

    /** Creates the loss, averaged. */
    public MSELoss() {
        this(Reduction.MEAN);
    }

    /** Creates the loss with a choice of what becomes of the losses of the single elements or samples. */
    public MSELoss(Reduction reduction) {
        this.reduction = reduction;
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return hooked(input, target, (given, expected) -> given.mseLoss(expected, reduction));
    }
}
