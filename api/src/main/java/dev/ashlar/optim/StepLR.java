// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

/**
 * Multiplies the rate by gamma every {@code stepSize} steps.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.StepLR.html">torch.optim.lr_scheduler.StepLR</a>
 */
public final class StepLR extends LRScheduler {
    /** Creates one with gamma 0.1. */
    public StepLR(Optimizer optimizer, int stepSize) {
        this(optimizer, stepSize, 0.1, -1);
    }

    /** Creates one that begins at step 0. */
    public StepLR(Optimizer optimizer, int stepSize, double gamma) {
        this(optimizer, stepSize, gamma, -1);
    }

    /**
     * @param stepSize &gt; 0
     * @param lastEpoch -1 to begin; a higher number to go on after that step
     */
    public StepLR(Optimizer optimizer, int stepSize, double gamma, int lastEpoch) {
        super(optimizer);
        if (stepSize <= 0) {
            throw wrong("a step size > 0", stepSize);
        }
        set("step_size", stepSize);
        set("gamma", gamma);
        start(lastEpoch);
    }

    @Override
    protected double rate(int group) {
        boolean changes = lastEpoch() != 0 && lastEpoch() % (int) setting("step_size") == 0;
        return changes ? current(group) * setting("gamma") : current(group);
    }

    @Override
    protected double closedRate(int group) {
        return base(group) * Math.pow(setting("gamma"), lastEpoch() / (int) setting("step_size"));
    }
}
