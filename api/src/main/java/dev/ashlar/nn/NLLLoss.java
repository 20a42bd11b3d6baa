// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/**
 * Computes the mean of minus the entries of log-probabilities [samples, classes, ...] at int64 classes [samples, ...]; see
 * {@link Tensor#nllLoss}.
 */
public final class NLLLoss extends AbstractModule implements Loss {
    /** Creates the loss. */
    public NLLLoss() {}

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return input.nllLoss(target);
    }
}
