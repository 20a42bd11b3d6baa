// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Reduction;
import dev.ashlar.Tensor;
import java.util.List;

/**
 * Computes minus the log-likelihood of targets with normal distributions of given expectations and variances; see
 * {@link Tensor#gaussianNllLoss}.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.GaussianNLLLoss.html">torch.nn.GaussianNLLLoss</a>
 */
public final class GaussianNLLLoss extends ConcreteModule<GaussianNLLLoss> {
    private final boolean full;
    private final double epsilon;
    private final Reduction reduction;

    /** Creates the loss, averaged, with the defaults of PyTorch. */
    public GaussianNLLLoss() {
        this(false, 1e-6, Reduction.MEAN);
    }

    /**
     * Creates the loss.
     *
     * @param full whether the constant term is added
     * @param epsilon the least variance
     */
    public GaussianNLLLoss(boolean full, double epsilon, Reduction reduction) {
        this.full = full;
        this.epsilon = epsilon;
        this.reduction = reduction;
    }

    /** Returns the loss. */
    public Tensor forward(Tensor input, Tensor target, Tensor var) {
        return hooked(List.of(input, target, var), given ->
                given.get(0).gaussianNllLoss(given.get(1), given.get(2), full, epsilon, reduction));
    }
}
