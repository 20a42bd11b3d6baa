// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Reduction;
import dev.ashlar.Tensor;

/**
 * Computes distances where the target is 1, and what they lack to a margin where it is -1; see {@link Tensor#hingeEmbeddingLoss}.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.HingeEmbeddingLoss.html">torch.nn.HingeEmbeddingLoss</a>
 */
public final class HingeEmbeddingLoss extends PairLoss<HingeEmbeddingLoss> {
    private final Reduction reduction;
    private final double margin;

    /** Creates the loss, averaged, with the defaults of PyTorch. */
    public HingeEmbeddingLoss() {
        this(1, Reduction.MEAN);
    }

    /** Creates the loss with a choice of what becomes of the losses of the single elements or samples. */
    public HingeEmbeddingLoss(Reduction reduction) {
        this(1, reduction);
    }

    /**
     * Creates the loss.
     *
     * @param margin how far apart what does not belong together should be
     */
    public HingeEmbeddingLoss(double margin, Reduction reduction) {
        this.margin = margin;
        this.reduction = reduction;
    }

    @Override
    Tensor loss(Tensor input, Tensor target) {
        return input.hingeEmbeddingLoss(target, margin, reduction);
    }
}
