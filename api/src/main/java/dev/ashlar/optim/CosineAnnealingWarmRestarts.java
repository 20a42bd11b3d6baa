// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

/**
 * Lets the rate go down along a cosine and begins again, after periods that may grow.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.CosineAnnealingWarmRestarts.html">
 *     torch.optim.lr_scheduler.CosineAnnealingWarmRestarts</a>
 * @see <a href="https://arxiv.org/abs/1608.03983">Loshchilov, Hutter: SGDR, stochastic gradient descent with warm restarts</a>
 */
public final class CosineAnnealingWarmRestarts extends LRScheduler {
    /** Creates one with periods of equal length that goes down to 0. */
    public CosineAnnealingWarmRestarts(Optimizer optimizer, int t0) {
        this(optimizer, t0, 1, 0, -1);
    }

    /** Creates one that begins at step 0. */
    public CosineAnnealingWarmRestarts(Optimizer optimizer, int t0, int tMult, double etaMin) {
        this(optimizer, t0, tMult, etaMin, -1);
    }

    /**
     * @param t0 steps of the first period, &gt; 0
     * @param tMult how many times as long each period is as the one before, &gt;= 1
     * @param etaMin the lowest rate
     * @param lastEpoch -1 to begin; a higher number to go on after that step
     */
    public CosineAnnealingWarmRestarts(Optimizer optimizer, int t0, int tMult, double etaMin, int lastEpoch) {
        super(optimizer);
        if (t0 <= 0) {
            throw wrong("t0 > 0", t0);
        }
        if (tMult < 1) {
            throw wrong("tMult >= 1", tMult);
        }
        set("T_0", t0);
        set("T_i", t0);
        set("T_mult", tMult);
        set("eta_min", etaMin);
        set("T_cur", lastEpoch);
        start(lastEpoch);
    }

    @Override
    protected double rate(int group) {
        double low = setting("eta_min");
        return low + (base(group) - low) * (1 + Math.cos(Math.PI * setting("T_cur") / setting("T_i"))) / 2;
    }

    @Override
    public void step() {
        if (lastEpoch() < 0) {
            step(0.0);
            return;
        }
        double done = setting("T_cur") + 1;
        double period = setting("T_i");
        if (done >= period) {
            done %= period;
            set("T_i", period * setting("T_mult"));
        }
        set("T_cur", done);
        super.step();
    }

    @Override
    public void step(int epoch) {
        step((double) epoch);
    }

    /** Jumps to a step, or between two: {@code epoch + batch / (double) batches}. */
    public void step(double epoch) {
        if (!(epoch >= 0)) {
            throw wrong("a step >= 0", epoch);
        }
        double first = setting("T_0");
        double growth = setting("T_mult");
        double done = epoch;
        double period = first;
        if (epoch >= first) {
            if (growth == 1) {
                done = epoch % first;
                period = setting("T_i");
            } else {
                int periods = (int) (Math.log(epoch / first * (growth - 1) + 1) / Math.log(growth));
                done = epoch - first * (Math.pow(growth, periods) - 1) / (growth - 1);
                period = first * Math.pow(growth, periods);
            }
        }
        set("T_cur", done);
        set("T_i", period);
        lastEpoch((int) Math.floor(epoch) - 1);
        super.step();
    }
}
