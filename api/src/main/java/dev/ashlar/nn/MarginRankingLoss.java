// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Reduction;
import dev.ashlar.Tensor;
import java.util.List;

/**
 * Computes what the first of two numbers lacks to be ahead by a margin where the target is 1, the second where it is -1; see
 * {@link Tensor#marginRankingLoss}.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.MarginRankingLoss.html">torch.nn.MarginRankingLoss</a>
 */
public final class MarginRankingLoss extends ConcreteModule<MarginRankingLoss> {
    private final double margin;
    private final Reduction reduction;

    /** Creates the loss, averaged, with the defaults of PyTorch. */
    public MarginRankingLoss() {
        this(0, Reduction.MEAN);
    }

    /**
     * Creates the loss.
     *
     * @param margin by how much one should be ahead
     */
    public MarginRankingLoss(double margin, Reduction reduction) {
        this.margin = margin;
        this.reduction = reduction;
    }

    /** Returns the loss. */
    public Tensor forward(Tensor input1, Tensor input2, Tensor target) {
        return hooked(List.of(input1, input2, target), given ->
                given.get(0).marginRankingLoss(given.get(1), given.get(2), margin, reduction));
    }
}
