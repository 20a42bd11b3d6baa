// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Reduction;
import dev.ashlar.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Computes minus the entries of log-probabilities [samples, classes, ...] at int64 classes [samples, ...]; see {@link Tensor#nllLoss}.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.NLLLoss.html">torch.nn.NLLLoss</a>
 */
public final class NLLLoss extends PairLoss<NLLLoss> {
    private final @Nullable Buffer weight;
    private final long ignoreIndex;
    private final Reduction reduction;

    /** Creates the loss, averaged, with the defaults of PyTorch. */
    public NLLLoss() {
        this(Reduction.MEAN);
    }

    /** Creates the loss with a choice of what becomes of the losses of the single elements or samples. */
    public NLLLoss(Reduction reduction) {
        this(null, Tensor.IGNORED, reduction);
    }

    /**
     * Creates the loss; weights become a part of the state.
     *
     * @param weight [classes], or null for 1
     * @param ignoreIndex the class of samples that do not count
     */
    public NLLLoss(@Nullable Tensor weight, long ignoreIndex, Reduction reduction) {
        this.weight = optional("weight", weight);
        this.ignoreIndex = ignoreIndex;
        this.reduction = reduction;
    }

    @Override
    Tensor loss(Tensor input, Tensor target) {
        return input.nllLoss(target, tensor(weight), ignoreIndex, reduction);
    }
}
