// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Reduction;
import dev.ashlar.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Computes the binary cross-entropy of scores and targets in [0, 1], both of one shape; see
 * {@link Tensor#binaryCrossEntropyWithLogits}.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.BCEWithLogitsLoss.html">torch.nn.BCEWithLogitsLoss</a>
 */
public final class BCEWithLogitsLoss extends PairLoss<BCEWithLogitsLoss> {
    private final @Nullable Buffer weight;
    private final Reduction reduction;
    private final @Nullable Buffer posWeight;

    /** Creates the loss, averaged, with the defaults of PyTorch. */
    public BCEWithLogitsLoss() {
        this(Reduction.MEAN);
    }

    /** Creates the loss with a choice of what becomes of the losses of the single elements or samples. */
    public BCEWithLogitsLoss(Reduction reduction) {
        this(null, reduction, null);
    }

    /**
     * Creates the loss; weights become a part of the state.
     *
     * @param weight broadcasts to the input, or null for 1
     * @param posWeight the weight of the target's part, broadcasts likewise, or null for 1
     */
    public BCEWithLogitsLoss(@Nullable Tensor weight, Reduction reduction, @Nullable Tensor posWeight) {
        this.weight = optional("weight", weight);
        this.reduction = reduction;
        this.posWeight = optional("pos_weight", posWeight);
    }

    @Override
    Tensor loss(Tensor input, Tensor target) {
        return input.binaryCrossEntropyWithLogits(target, tensor(weight), reduction, tensor(posWeight));
    }
}
