// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Reduction;
import dev.ashlar.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Computes the cross-entropy of scores [samples, classes, ...] and int64 classes [samples, ...], or probabilities of the
 * scores' shape; see {@link Tensor#crossEntropy}.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html">torch.nn.CrossEntropyLoss</a>
 */
public final class CrossEntropyLoss extends PairLoss<CrossEntropyLoss> {
    private final @Nullable Buffer weight;
    private final long ignoreIndex;
    private final Reduction reduction;
    private final double labelSmoothing;

    /** Creates the loss, averaged, with the defaults of PyTorch. */
    public CrossEntropyLoss() {
        this(Reduction.MEAN);
    }

    /** Creates the loss with a choice of what becomes of the losses of the single elements or samples. */
    public CrossEntropyLoss(Reduction reduction) {
        this(null, Tensor.IGNORED, reduction, 0);
    }

    /**
     * Creates the loss; weights become a part of the state.
     *
     * @param weight [classes], or null for 1
     * @param ignoreIndex the class of samples that do not count
     * @param labelSmoothing in [0, 1]: how much of each target is spread evenly over all classes
     */
    public CrossEntropyLoss(@Nullable Tensor weight, long ignoreIndex, Reduction reduction, double labelSmoothing) {
        this.weight = optional("weight", weight);
        this.ignoreIndex = ignoreIndex;
        this.reduction = reduction;
        this.labelSmoothing = labelSmoothing;
    }

    @Override
    Tensor loss(Tensor input, Tensor target) {
        return input.crossEntropy(target, tensor(weight), ignoreIndex, reduction, labelSmoothing);
    }
}
