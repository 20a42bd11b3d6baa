// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Reduction;
import dev.ashlar.Tensor;

/**
 * Computes minus the log-likelihood of counts with the Poisson distribution; see {@link Tensor#poissonNllLoss}.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.PoissonNLLLoss.html">torch.nn.PoissonNLLLoss</a>
 */
public final class PoissonNLLLoss extends PairLoss<PoissonNLLLoss> {
    private final Reduction reduction;
    private final boolean logInput;
    private final boolean full;
    private final double epsilon;

    /** Creates the loss, averaged, with the defaults of PyTorch. */
    public PoissonNLLLoss() {
        this(true, false, 1e-8, Reduction.MEAN);
    }

    /** Creates the loss with a choice of what becomes of the losses of the single elements or samples. */
    public PoissonNLLLoss(Reduction reduction) {
        this(true, false, 1e-8, reduction);
    }

    /**
     * Creates the loss.
     *
     * @param logInput whether inputs are logarithms of expectations
     * @param full whether Stirling's approximation of the logarithm of target! is added
     * @param epsilon added to expectations before their logarithm
     */
    public PoissonNLLLoss(boolean logInput, boolean full, double epsilon, Reduction reduction) {
        this.logInput = logInput;
        this.full = full;
        this.epsilon = epsilon;
        this.reduction = reduction;
    }

    @Override
    Tensor loss(Tensor input, Tensor target) {
        return input.poissonNllLoss(target, logInput, full, epsilon, reduction);
    }
}
