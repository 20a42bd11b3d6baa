// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/**
 * Computes the mean binary cross-entropy of scores and targets in [0, 1], both of one shape; see
 * {@link Tensor#binaryCrossEntropyWithLogits}.
 */
public final class BCEWithLogitsLoss extends AbstractModule implements Loss {
    /** Creates the loss. */
    public BCEWithLogitsLoss() {}

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return input.binaryCrossEntropyWithLogits(target);
    }
}
