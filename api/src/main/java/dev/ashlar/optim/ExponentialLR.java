// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

/**
 * Multiplies the rate by gamma in every step.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.ExponentialLR.html">
 *     torch.optim.lr_scheduler.ExponentialLR</a>
 */
public final class ExponentialLR extends LRScheduler {
    /** Creates one that begins at step 0. */
    public ExponentialLR(Optimizer optimizer, double gamma) {
        this(optimizer, gamma, -1);
    }

    /**
     * @param gamma the factor
     * @param lastEpoch -1 to begin; a higher number to go on after that step
     */
    public ExponentialLR(Optimizer optimizer, double gamma, int lastEpoch) {
        super(optimizer);
        set("gamma", gamma);
        start(lastEpoch);
    }

    @Override
    protected double rate(int group) {
        return isInitial() ? current(group) : current(group) * setting("gamma");
    }

    @Override
    protected double closedRate(int group) {
        return base(group) * Math.pow(setting("gamma"), lastEpoch());
    }
}
