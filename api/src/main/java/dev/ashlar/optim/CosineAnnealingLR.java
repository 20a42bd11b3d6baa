// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

/**
 * Lets the rate go down and up again along a cosine, with half a period of {@code tMax} steps.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.CosineAnnealingLR.html">
 *     torch.optim.lr_scheduler.CosineAnnealingLR</a>
 * @see <a href="https://arxiv.org/abs/1608.03983">Loshchilov, Hutter: SGDR, stochastic gradient descent with warm restarts</a>
 */
public final class CosineAnnealingLR extends LRScheduler {
    /** Creates one that goes down to 0. */
    public CosineAnnealingLR(Optimizer optimizer, int tMax) {
        this(optimizer, tMax, 0, -1);
    }

    /** Creates one that begins at step 0. */
    public CosineAnnealingLR(Optimizer optimizer, int tMax, double etaMin) {
        this(optimizer, tMax, etaMin, -1);
    }

    /**
     * @param tMax steps to the lowest rate, &gt; 0
     * @param etaMin the lowest rate
     * @param lastEpoch -1 to begin; a higher number to go on after that step
     */
    public CosineAnnealingLR(Optimizer optimizer, int tMax, double etaMin, int lastEpoch) {
        super(optimizer);
        if (tMax <= 0) {
            throw wrong("tMax > 0", tMax);
        }
        set("T_max", tMax);
        set("eta_min", etaMin);
        start(lastEpoch);
    }

    @Override
    protected double rate(int group) {
        int tMax = (int) setting("T_max");
        double low = setting("eta_min");
        int epoch = lastEpoch();
        if (isInitial()) {
            return current(group);
        }
        if (stepCount() == 1 && epoch > 0) {
            return low + (base(group) - low) * (1 + Math.cos(epoch * Math.PI / tMax)) / 2;
        }
        // After the lowest point the quotient below would be 0 / 0.
        if (Math.floorMod(epoch - 1 - tMax, 2 * tMax) == 0) {
            return current(group) + (base(group) - low) * (1 - Math.cos(Math.PI / tMax)) / 2;
        }
        double change = (1 + Math.cos(Math.PI * epoch / tMax)) / (1 + Math.cos(Math.PI * (epoch - 1) / tMax));
        return change * (current(group) - low) + low;
    }

    @Override
    protected double closedRate(int group) {
        double low = setting("eta_min");
        return low + (base(group) - low) * (1 + Math.cos(Math.PI * lastEpoch() / setting("T_max"))) / 2;
    }
}
