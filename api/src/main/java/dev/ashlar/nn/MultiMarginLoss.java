// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Reduction;
import dev.ashlar.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Computes the margins between the score of a sample's class and the others; see {@link Tensor#multiMarginLoss}.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.MultiMarginLoss.html">torch.nn.MultiMarginLoss</a>
 */
public final class MultiMarginLoss extends PairLoss<MultiMarginLoss> {
    private final int p;
    private final double margin;
    private final @Nullable Buffer weight;
    private final Reduction reduction;

    /** Creates the loss, averaged, with the defaults of PyTorch. */
    public MultiMarginLoss() {
        this(Reduction.MEAN);
    }

    /** Creates the loss with a choice of what becomes of the losses of the single elements or samples. */
    public MultiMarginLoss(Reduction reduction) {
        this(1, 1, null, reduction);
    }

    /**
     * Creates the loss; weights become a part of the state.
     *
     * @param p 1 or 2: the power of what a margin lacks
     * @param margin by how much the own class should be ahead
     * @param weight [classes], or null for 1
     */
    public MultiMarginLoss(int p, double margin, @Nullable Tensor weight, Reduction reduction) {
        this.p = p;
        this.margin = margin;
        this.weight = optional("weight", weight);
        this.reduction = reduction;
    }

    @Override
    Tensor loss(Tensor input, Tensor target) {
        return input.multiMarginLoss(target, p, margin, tensor(weight), reduction);
    }
}
