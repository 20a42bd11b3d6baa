// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Reduction;
import dev.ashlar.Tensor;

/**
 * Computes the logistic loss of scores and targets 1 or -1; see {@link Tensor#softMarginLoss}.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.SoftMarginLoss.html">torch.nn.SoftMarginLoss</a>
 */
public final class SoftMarginLoss extends PairLoss<SoftMarginLoss> {
    private final Reduction reduction;

    /** Creates the loss, averaged. */
    public SoftMarginLoss() {
        this(Reduction.MEAN);
    }

    /** Creates the loss with a choice of what becomes of the losses of the single elements or samples. */
    public SoftMarginLoss(Reduction reduction) {
        this.reduction = reduction;
    }

    @Override
    Tensor loss(Tensor input, Tensor target) {
        return input.softMarginLoss(target, reduction);
    }
}
