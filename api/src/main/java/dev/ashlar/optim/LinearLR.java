// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

/**
 * Lets a factor of the rate go in equal steps from one number to another within {@code totalIters} steps: a warm-up, by default.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.LinearLR.html">
 *     torch.optim.lr_scheduler.LinearLR</a>
 */
public final class LinearLR extends LRScheduler {
    /** Creates one that goes from 1/3 to 1 in 5 steps. */
    public LinearLR(Optimizer optimizer) {
        this(optimizer, 1.0 / 3, 1, 5, -1);
    }

    /** Creates one that begins at step 0. */
    public LinearLR(Optimizer optimizer, double startFactor, double endFactor, int totalIters) {
        this(optimizer, startFactor, endFactor, totalIters, -1);
    }

    /**
     * @param startFactor above 0, to 1
     * @param endFactor from 0 to 1
     * @param lastEpoch -1 to begin; a higher number to go on after that step
     */
    public LinearLR(Optimizer optimizer, double startFactor, double endFactor, int totalIters, int lastEpoch) {
        super(optimizer);
        if (!(startFactor > 0 && startFactor <= 1)) {
            throw wrong("a start factor above 0, to 1", startFactor);
        }
        if (!(endFactor >= 0 && endFactor <= 1)) {
            throw wrong("an end factor from 0 to 1", endFactor);
        }
        set("start_factor", startFactor);
        set("end_factor", endFactor);
        set("total_iters", totalIters);
        start(lastEpoch);
    }

    @Override
    protected double rate(int group) {
        double start = setting("start_factor");
        double change = setting("end_factor") - start;
        double total = setting("total_iters");
        if (lastEpoch() == 0) {
            return current(group) * start;
        }
        if (isInitial() || lastEpoch() > total) {
            return current(group);
        }
        return current(group) * (1.0 + change / (total * start + (lastEpoch() - 1) * change));
    }

    @Override
    protected double closedRate(int group) {
        double start = setting("start_factor");
        double total = setting("total_iters");
        return base(group) * (start + (setting("end_factor") - start) * Math.min(total, lastEpoch()) / total);
    }
}
