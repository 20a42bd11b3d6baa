// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import dev.ashlar.type.InvalidArgumentException;

/**
 * Multiplies the rate by a factor for the first {@code totalIters} steps.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.ConstantLR.html">
 *     torch.optim.lr_scheduler.ConstantLR</a>
 */
public final class ConstantLR extends LRScheduler {
    /** Creates one with factor 1/3 for 5 steps. */
    public ConstantLR(Optimizer optimizer) {
        this(optimizer, 1.0 / 3, 5, -1);
    }

    /** Creates one that begins at step 0. */
    public ConstantLR(Optimizer optimizer, double factor, int totalIters) {
        this(optimizer, factor, totalIters, -1);
    }

    /**
     * @param factor from 0 to 1; the rate cannot come back from 0, so that is for less than {@code totalIters} steps
     * @param lastEpoch -1 to begin; a higher number to go on after that step
     */
    public ConstantLR(Optimizer optimizer, double factor, int totalIters, int lastEpoch) {
        super(optimizer);
        if (!(factor >= 0 && factor <= 1)) {
            throw wrong("a factor from 0 to 1", factor);
        }
        set("factor", factor);
        set("total_iters", totalIters);
        start(lastEpoch);
    }

    @Override
    protected double rate(int group) {
        double factor = setting("factor");
        if (lastEpoch() == 0) {
            return current(group) * factor;
        }
        if (lastEpoch() != setting("total_iters")) {
            return current(group);
        }
        if (factor == 0) {
            throw new InvalidArgumentException("[ConstantLR] expected a factor > 0 to undo after " + lastEpoch() + " steps, got 0; take a"
                    + " very small one");
        }
        return current(group) * (1.0 / factor);
    }

    @Override
    protected double closedRate(int group) {
        double factor = setting("factor");
        return base(group) * (factor + (lastEpoch() >= setting("total_iters") ? 1 - factor : 0));
    }
}
