// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/** Computes the mean of the squared differences; both of one shape; see {@link Tensor#mseLoss}. */
public final class MSELoss extends AbstractModule implements Loss {
    /** Creates the loss. */
    public MSELoss() {}

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return input.mseLoss(target);
    }
}
