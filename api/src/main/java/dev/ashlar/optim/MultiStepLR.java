// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

/**
 * Multiplies the rate by gamma at each milestone; a milestone that is given twice counts twice.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.MultiStepLR.html">
 *     torch.optim.lr_scheduler.MultiStepLR</a>
 */
public final class MultiStepLR extends LRScheduler {
    private final int[] milestones;

    /** Creates one with gamma 0.1. */
    public MultiStepLR(Optimizer optimizer, int... milestones) {
        this(optimizer, milestones, 0.1, -1);
    }

    /** Creates one that begins at step 0. */
    public MultiStepLR(Optimizer optimizer, int[] milestones, double gamma) {
        this(optimizer, milestones, gamma, -1);
    }

    /**
     * @param milestones numbers of steps, in any order
     * @param lastEpoch -1 to begin; a higher number to go on after that step
     */
    public MultiStepLR(Optimizer optimizer, int[] milestones, double gamma, int lastEpoch) {
        super(optimizer);
        this.milestones = milestones.clone();
        set("gamma", gamma);
        start(lastEpoch);
    }

    @Override
    protected double rate(int group) {
        int here = count(lastEpoch(), lastEpoch());
        return here == 0 ? current(group) : current(group) * Math.pow(setting("gamma"), here);
    }

    @Override
    protected double closedRate(int group) {
        return base(group) * Math.pow(setting("gamma"), count(Integer.MIN_VALUE, lastEpoch()));
    }

    private int count(int from, int to) {
        int count = 0;
        for (int milestone : milestones) {
            count += milestone >= from && milestone <= to ? 1 : 0;
        }
        return count;
    }
}
