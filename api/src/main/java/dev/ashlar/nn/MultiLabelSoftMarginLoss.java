// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Reduction;
import dev.ashlar.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Computes the mean over classes of binary cross-entropies of scores and targets 0 or 1; see
 * {@link Tensor#multilabelSoftMarginLoss}.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.MultiLabelSoftMarginLoss.html">torch.nn.MultiLabelSoftMarginLoss</a>
 */
public final class MultiLabelSoftMarginLoss extends PairLoss<MultiLabelSoftMarginLoss> {
    private final @Nullable Buffer weight;
    private final Reduction reduction;

    /** Creates the loss, averaged, with the defaults of PyTorch. */
    public MultiLabelSoftMarginLoss() {
        this(Reduction.MEAN);
    }

    /** Creates the loss with a choice of what becomes of the losses of the single elements or samples. */
    public MultiLabelSoftMarginLoss(Reduction reduction) {
        this(null, reduction);
    }

    /**
     * Creates the loss; weights become a part of the state.
     *
     * @param weight broadcasts to the input, or null for 1
     */
    public MultiLabelSoftMarginLoss(@Nullable Tensor weight, Reduction reduction) {
        this.weight = optional("weight", weight);
        this.reduction = reduction;
    }

    @Override
    Tensor loss(Tensor input, Tensor target) {
        return input.multilabelSoftMarginLoss(target, tensor(weight), reduction);
    }
}
