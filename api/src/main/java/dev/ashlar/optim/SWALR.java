// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import java.util.Collections;
import java.util.List;

/**
 * Lets the rates go from what they are to those of weight averaging, and stay there.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/optim.html#weight-averaging-swa-and-ema">torch.optim.swa_utils.SWALR</a>
 * @see <a href="https://arxiv.org/abs/1803.05407">Izmailov and others: Averaging weights leads to wider optima</a>
 */
public final class SWALR extends LRScheduler {
    private static final String SWA_LR = "swa_lr";
    private final AnnealStrategy strategy;

    /** Creates one that takes 10 steps along a cosine. */
    public SWALR(Optimizer optimizer, double swaLr) {
        this(optimizer, swaLr, 10, AnnealStrategy.COS);
    }

    /** Creates one with one rate for all groups. */
    public SWALR(Optimizer optimizer, double swaLr, int annealEpochs, AnnealStrategy strategy) {
        this(optimizer, Collections.nCopies(optimizer.groups().size(), swaLr), annealEpochs, strategy, -1);
    }

    /**
     * @param swaLrs the rate of each group at the end
     * @param annealEpochs steps on the way, &gt;= 0
     * @param lastEpoch -1 to begin; a higher number to go on after that step
     */
    public SWALR(Optimizer optimizer, List<Double> swaLrs, int annealEpochs, AnnealStrategy strategy, int lastEpoch) {
        super(optimizer);
        if (annealEpochs < 0) {
            throw wrong("annealEpochs >= 0", annealEpochs);
        }
        this.strategy = strategy;
        List<Double> rates = ReduceLROnPlateau.perGroup(this, "rates", swaLrs);
        for (int i = 0; i < rates.size(); i++) {
            optimizer.groups().get(i).note(SWA_LR, rates.get(i));
        }
        set("anneal_epochs", annealEpochs);
        start(lastEpoch);
    }

    @Override
    protected double rate(int group) {
        double epochs = setting("anneal_epochs");
        double step = epochs == 0 ? Math.max(1, stepCount() - 1) : stepCount() - 1;
        double target = noted(SWA_LR, group);
        double before = part((step - 1) / Math.max(1, epochs));
        double start = before == 1 ? target : (current(group) - before * target) / (1 - before);
        double now = part(step / Math.max(1, epochs));
        return target * now + start * (1 - now);
    }

    private double part(double way) {
        double inside = Math.clamp(way, 0, 1);
        return strategy == AnnealStrategy.LINEAR ? inside : (1 - Math.cos(Math.PI * inside)) / 2;
    }
}
