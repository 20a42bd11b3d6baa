// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Reduction;
import dev.ashlar.Tensor;

/**
 * Computes squared differences where they are small, absolute ones where they are large; see {@link Tensor#smoothL1Loss}.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.SmoothL1Loss.html">torch.nn.SmoothL1Loss</a>
 */
public final class SmoothL1Loss extends PairLoss<SmoothL1Loss> {
    private final Reduction reduction;
    private final double beta;

    /** Creates the loss, averaged, with the defaults of PyTorch. */
    public SmoothL1Loss() {
        this(Reduction.MEAN, 1);
    }

    /** Creates the loss with a choice of what becomes of the losses of the single elements or samples. */
    public SmoothL1Loss(Reduction reduction) {
        this(reduction, 1);
    }

    /**
     * Creates the loss.
     *
     * @param beta up to which difference they are squared, &gt;= 0
     */
    public SmoothL1Loss(Reduction reduction, double beta) {
        this.reduction = reduction;
        this.beta = beta;
    }

    @Override
    Tensor loss(Tensor input, Tensor target) {
        return input.smoothL1Loss(target, reduction, beta);
    }
}
