// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Reduction;
import dev.ashlar.Tensor;

/**
 * Computes the squared differences; both of one shape; see {@link Tensor#mseLoss}.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.MSELoss.html">torch.nn.MSELoss</a>
 */
public final class MSELoss extends PairLoss<MSELoss> {
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
    Tensor loss(Tensor input, Tensor target) {
        return input.mseLoss(target, reduction);
    }
}
