// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import dev.ashlar.State;
import dev.ashlar.type.InvalidArgumentException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Lowers the rate when a number that is watched, usually the loss of the validation, has stopped getting better.
 *
 * <pre>{@code
 * var scheduler = new ReduceLROnPlateau(optimizer).factor(0.5).patience(3);
 * scheduler.step(validationLoss);
 * }</pre>
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.ReduceLROnPlateau.html">
 *     torch.optim.lr_scheduler.ReduceLROnPlateau</a>
 */
public final class ReduceLROnPlateau extends LRScheduler {
    /** What counts as better. */
    public enum Mode { MIN, MAX }

    /** How the threshold is meant: as a part of the best number, or as a difference. */
    public enum ThresholdMode { REL, ABS }

    private static final String BEST = "best";
    private static final String BAD_EPOCHS = "num_bad_epochs";
    private static final String COOLDOWN_COUNTER = "cooldown_counter";
    private static final String MIN_LRS = "min_lrs";

    private List<Double> minLrs;

    /** Creates one that multiplies the rates by 0.1 after more than 10 steps without a lower number. */
    public ReduceLROnPlateau(Optimizer optimizer) {
        super(optimizer);
        minLrs = Collections.nCopies(optimizer.groups().size(), 0.0);
        set("factor", 0.1);
        set("patience", 10);
        set("threshold", 1e-4);
        set("threshold_mode", ThresholdMode.REL.ordinal());
        set("cooldown", 0);
        set("eps", 1e-8);
        set(COOLDOWN_COUNTER, 0);
        set(BAD_EPOCHS, 0);
        mode(Mode.MIN);
        lastEpoch(0);
        remember();
    }

    /** Sets whether lower or higher numbers are better; returns this. */
    public ReduceLROnPlateau mode(Mode mode) {
        set("mode", mode.ordinal());
        set(BEST, mode == Mode.MIN ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY);
        return this;
    }

    /** Sets what rates are multiplied by, below 1; returns this. */
    public ReduceLROnPlateau factor(double factor) {
        if (!(factor < 1)) {
            throw wrong("a factor < 1", factor);
        }
        set("factor", factor);
        return this;
    }

    /** Sets how many steps without progress are borne; returns this. */
    public ReduceLROnPlateau patience(int steps) {
        set("patience", steps);
        return this;
    }

    /** Sets by how much a number must be better to count, 1e-4 at first; returns this. */
    public ReduceLROnPlateau threshold(double threshold, ThresholdMode meaning) {
        set("threshold", threshold);
        set("threshold_mode", meaning.ordinal());
        return this;
    }

    /** Sets how many steps after a change do not count; returns this. */
    public ReduceLROnPlateau cooldown(int steps) {
        set("cooldown", steps);
        return this;
    }

    /** Sets the lowest rate of all groups; returns this. */
    public ReduceLROnPlateau minLr(double rate) {
        minLrs = Collections.nCopies(optimizer().groups().size(), rate);
        return this;
    }

    /** Sets the lowest rate of each group; returns this. */
    public ReduceLROnPlateau minLr(List<Double> rates) {
        minLrs = perGroup(this, "lowest rates", rates);
        return this;
    }

    /** Sets the change of a rate that is too small to be made, 1e-8 at first; returns this. */
    public ReduceLROnPlateau eps(double change) {
        set("eps", change);
        return this;
    }

    static List<Double> perGroup(LRScheduler scheduler, String what, List<Double> values) {
        int groups = scheduler.optimizer().groups().size();
        if (values.size() != groups) {
            throw scheduler.wrong(groups + " " + what + ", one for each group", values.size());
        }
        return List.copyOf(values);
    }

    /**
     * Takes note of a number, and lowers the rates if it has not got better for too long.
     *
     * @param metric of this epoch; NaN is not better than anything
     */
    public void step(double metric) {
        lastEpoch(lastEpoch() + 1);
        double bad = 0;
        if (isBetter(metric, setting(BEST))) {
            set(BEST, metric);
        } else {
            bad = setting(BAD_EPOCHS) + 1;
        }
        if (setting(COOLDOWN_COUNTER) > 0) {
            set(COOLDOWN_COUNTER, setting(COOLDOWN_COUNTER) - 1);
            bad = 0;
        }
        if (bad > setting("patience")) {
            reduce();
            set(COOLDOWN_COUNTER, setting("cooldown"));
            bad = 0;
        }
        set(BAD_EPOCHS, bad);
        remember();
    }

    private void reduce() {
        List<ParameterGroup> groups = optimizer().groups();
        for (int i = 0; i < groups.size(); i++) {
            double old = current(i);
            double lowest = minLrs.get(Math.min(i, minLrs.size() - 1));
            double lower = Math.max(old * setting("factor"), lowest);
            if (old - lower > setting("eps")) {
                groups.get(i).lr(lower);
            }
        }
    }

    private boolean isBetter(double metric, double best) {
        double threshold = setting("threshold");
        boolean relative = setting("threshold_mode") == ThresholdMode.REL.ordinal();
        if (setting("mode") == Mode.MIN.ordinal()) {
            return metric < (relative ? best * (1 - threshold) : best - threshold);
        }
        return metric > (relative ? best * (threshold + 1) : best + threshold);
    }

    @Override
    public State state() {
        return super.state().with(MIN_LRS, minLrs.stream().mapToDouble(Double::doubleValue).toArray());
    }

    @Override
    public void loadState(State stored) {
        List<Double> lowest = Arrays.stream(stored.expect(kind()).numbers(MIN_LRS)).boxed().toList();
        super.loadState(stored);
        minLrs = lowest.isEmpty() ? minLrs : lowest;
    }

    @Override
    protected double rate(int group) {
        return current(group);
    }

    /**
     * Refuses.
     *
     * @throws InvalidArgumentException always: a step needs a number
     */
    @Override
    public void step() {
        throw new InvalidArgumentException("[ReduceLROnPlateau] expected the number that is watched, got none; call step(metric)");
    }

    /** Takes a number that happens to be whole, as {@link #step(double)}. */
    @Override
    public void step(int metric) {
        step((double) metric);
    }
}
