// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Reduction;
import dev.ashlar.Tensor;
import java.util.List;

/**
 * Computes how far the cosine of two vectors is from 1 where the target is 1, and above a margin where it is -1; see
 * {@link Tensor#cosineEmbeddingLoss}.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.CosineEmbeddingLoss.html">torch.nn.CosineEmbeddingLoss</a>
 */
public final class CosineEmbeddingLoss extends ConcreteModule<CosineEmbeddingLoss> {
    private final double margin;
    private final Reduction reduction;

    /** Creates the loss, averaged, with the defaults of PyTorch. */
    public CosineEmbeddingLoss() {
        this(0, Reduction.MEAN);
    }

    /**
     * Creates the loss.
     *
     * @param margin in [-1, 1]: the cosine above which what does not belong together counts
     */
    public CosineEmbeddingLoss(double margin, Reduction reduction) {
        this.margin = margin;
        this.reduction = reduction;
    }

    /** Returns the loss. */
    public Tensor forward(Tensor input1, Tensor input2, Tensor target) {
        return hooked(List.of(input1, input2, target), given ->
                given.get(0).cosineEmbeddingLoss(given.get(1), given.get(2), margin, reduction));
    }
}
