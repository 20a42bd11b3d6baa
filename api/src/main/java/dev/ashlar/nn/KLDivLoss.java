// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Reduction;
import dev.ashlar.Tensor;

/**
 * Computes the divergence of Kullback and Leibler of log-probabilities from probabilities; see {@link Tensor#klDiv}.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.KLDivLoss.html">torch.nn.KLDivLoss</a>
 */
public final class KLDivLoss extends PairLoss<KLDivLoss> {
    private final Reduction reduction;
    private final boolean logTarget;
    private final boolean perSample;

    /** Creates the loss, averaged over all elements; {@link #batchMean} averages over samples, as the divergence is defined. */
    public KLDivLoss() {
        this(Reduction.MEAN, false);
    }

    /** @param logTarget whether targets are logarithms of probabilities, too */
    public KLDivLoss(Reduction reduction, boolean logTarget) {
        this(reduction, logTarget, false);
    }

    private KLDivLoss(Reduction reduction, boolean logTarget, boolean perSample) {
        this.reduction = reduction;
        this.logTarget = logTarget;
        this.perSample = perSample;
    }

    /** Returns the loss that divides its sum by the size of dimension 0: PyTorch's reduction {@code batchmean}. */
    public static KLDivLoss batchMean(boolean logTarget) {
        return new KLDivLoss(Reduction.SUM, logTarget, true);
    }

    @Override
    Tensor loss(Tensor input, Tensor target) {
        return perSample ? input.klDivBatchMean(target, logTarget) : input.klDiv(target, reduction, logTarget);
    }
}
