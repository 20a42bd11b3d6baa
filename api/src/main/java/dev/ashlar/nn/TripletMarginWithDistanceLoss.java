// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Reduction;
import dev.ashlar.Tensor;
import java.util.List;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Computes what anchors lack to be nearer by a margin to what belongs to them than to what does not, with a distance of one's own; see
 * {@link Tensor#tripletMarginWithDistanceLoss}.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.TripletMarginWithDistanceLoss.html">
 *     torch.nn.TripletMarginWithDistanceLoss</a>
 */
public final class TripletMarginWithDistanceLoss extends ConcreteModule<TripletMarginWithDistanceLoss> {
    private final BinaryOperator<Tensor> distance;
    private final double margin;
    private final boolean swap;
    private final Reduction reduction;

    /** Creates the loss for Euclidean distances, averaged, with margin 1. */
    public TripletMarginWithDistanceLoss() {
        this(null, 1, false, Reduction.MEAN);
    }

    /**
     * Creates the loss.
     *
     * @param distance of two tensors, smaller for what is nearer; of tensor operations, so that gradients flow; null for
     *     {@link PairwiseDistance}
     * @param margin &gt; 0
     * @param swap whether the distance between positive and negative counts where it is the smaller one
     */
    public TripletMarginWithDistanceLoss(
            @Nullable BinaryOperator<Tensor> distance, double margin, boolean swap, Reduction reduction) {
        this.distance = distance == null ? register("distance_function", new PairwiseDistance())::forward : distance;
        this.margin = margin;
        this.swap = swap;
        this.reduction = reduction;
    }

    /** Returns the loss. */
    public Tensor forward(Tensor anchor, Tensor positive, Tensor negative) {
        return hooked(List.of(anchor, positive, negative), given ->
                given.get(0).tripletMarginWithDistanceLoss(given.get(1), given.get(2), distance, margin, swap, reduction));
    }
}
