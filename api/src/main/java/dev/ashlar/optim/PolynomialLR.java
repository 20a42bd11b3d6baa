// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

/**
 * Lets the rate fall to 0 within {@code totalIters} steps, as a power of what is left of them.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.PolynomialLR.html">
 *     torch.optim.lr_scheduler.PolynomialLR</a>
 */
public final class PolynomialLR extends LRScheduler {
    /** Creates one that falls linearly in 5 steps. */
    public PolynomialLR(Optimizer optimizer) {
        this(optimizer, 5, 1, -1);
    }

    /** Creates one that begins at step 0. */
    public PolynomialLR(Optimizer optimizer, int totalIters, double power) {
        this(optimizer, totalIters, power, -1);
    }

    /**
     * @param power 1 for a straight line
     * @param lastEpoch -1 to begin; a higher number to go on after that step
     */
    public PolynomialLR(Optimizer optimizer, int totalIters, double power, int lastEpoch) {
        super(optimizer);
        set("total_iters", totalIters);
        set("power", power);
        start(lastEpoch);
    }

    @Override
    protected double rate(int group) {
        double total = setting("total_iters");
        if (isInitial() || lastEpoch() > total) {
            return current(group);
        }
        return current(group) * Math.pow((1.0 - lastEpoch() / total) / (1.0 - (lastEpoch() - 1) / total), setting("power"));
    }

    @Override
    protected double closedRate(int group) {
        double total = setting("total_iters");
        return base(group) * Math.pow(1.0 - Math.min(total, lastEpoch()) / total, setting("power"));
    }
}
