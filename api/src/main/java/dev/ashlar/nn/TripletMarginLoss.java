// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Reduction;
import dev.ashlar.Tensor;
import java.util.List;

/**
 * Computes what anchors lack to be nearer by a margin to what belongs to them than to what does not; see
 * {@link Tensor#tripletMarginLoss}.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.TripletMarginLoss.html">torch.nn.TripletMarginLoss</a>
 */
public final class TripletMarginLoss extends ConcreteModule<TripletMarginLoss> {
    private final double margin;
    private final double p;
    private final double epsilon;
    private final boolean swap;
    private final Reduction reduction;

    /** Creates the loss, averaged, with the defaults of PyTorch. */
    public TripletMarginLoss() {
        this(1, 2, 1e-6, false, Reduction.MEAN);
    }

    /**
     * Creates the loss.
     *
     * @param margin &gt; 0
     * @param p the order of the norm
     * @param epsilon added to each difference
     * @param swap whether the distance between positive and negative counts where it is the smaller one
     */
    public TripletMarginLoss(double margin, double p, double epsilon, boolean swap, Reduction reduction) {
        this.margin = margin;
        this.p = p;
        this.epsilon = epsilon;
        this.swap = swap;
        this.reduction = reduction;
    }

    /** Returns the loss. */
    public Tensor forward(Tensor anchor, Tensor positive, Tensor negative) {
        return hooked(List.of(anchor, positive, negative), given ->
                given.get(0).tripletMarginLoss(given.get(1), given.get(2), margin, p, epsilon, swap, reduction));
    }
}
