// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/** Computes the mean of the absolute differences; both of one shape; see {@link Tensor#l1Loss}. */
public final class L1Loss extends AbstractModule implements Loss {
    /** Creates the loss. */
    public L1Loss() {}

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return input.l1Loss(target);
    }
}
