// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Reduction;
import dev.ashlar.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Computes the binary cross-entropy of probabilities and targets in [0, 1], both of one shape; see
 * {@link Tensor#binaryCrossEntropy}. {@link BCEWithLogitsLoss} takes scores and is more exact.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.BCELoss.html">torch.nn.BCELoss</a>
 */
public final class BCELoss extends PairLoss<BCELoss> {
    private final @Nullable Buffer weight;
    private final Reduction reduction;

    /** Creates the loss, averaged, with the defaults of PyTorch. */
    public BCELoss() {
        this(Reduction.MEAN);
    }

    /** Creates the loss with a choice of what becomes of the losses of the single elements or samples. */
    public BCELoss(Reduction reduction) {
        this(null, reduction);
    }

    /**
     * Creates the loss; weights become a part of the state.
     *
     * @param weight broadcasts to the input, or null for 1
     */
    public BCELoss(@Nullable Tensor weight, Reduction reduction) {
        this.weight = optional("weight", weight);
        this.reduction = reduction;
    }

    @Override
    Tensor loss(Tensor input, Tensor target) {
        return input.binaryCrossEntropy(target, tensor(weight), reduction);
    }
}
