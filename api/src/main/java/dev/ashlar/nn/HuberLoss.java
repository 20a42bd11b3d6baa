// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Reduction;
import dev.ashlar.Tensor;

/**
 * Computes squared differences where they are small, and their tangent where they are large; see {@link Tensor#huberLoss}.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.HuberLoss.html">torch.nn.HuberLoss</a>
 */
public final class HuberLoss extends PairLoss<HuberLoss> {
    private final Reduction reduction;
    private final double delta;

    /** Creates the loss, averaged, with the defaults of PyTorch. */
    public HuberLoss() {
        this(Reduction.MEAN, 1);
    }

    /** Creates the loss with a choice of what becomes of the losses of the single elements or samples. */
    public HuberLoss(Reduction reduction) {
        this(reduction, 1);
    }

    /**
     * Creates the loss.
     *
     * @param delta up to which difference they are squared, &gt; 0
     */
    public HuberLoss(Reduction reduction, double delta) {
        this.reduction = reduction;
        this.delta = delta;
    }

    @Override
    Tensor loss(Tensor input, Tensor target) {
        return input.huberLoss(target, reduction, delta);
    }
}
