// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Reduction;
import dev.ashlar.Tensor;

/** Computes the absolute differences; both of one shape; see {@link Tensor#l1Loss}. */
public final class L1Loss extends ConcreteModule<L1Loss> implements Loss {
    private final Reduction reduction;

    /** Creates the loss, averaged. */
    public L1Loss() {
        this(Reduction.MEAN);
    }

    /** Creates the loss with a choice of what becomes of the losses of the single elements or samples. */
    public L1Loss(Reduction reduction) {
        this.reduction = reduction;
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return hooked(input, target, (given, expected) -> given.l1Loss(expected, reduction));
    }
}
