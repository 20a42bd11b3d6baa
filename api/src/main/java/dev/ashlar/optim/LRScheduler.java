// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import dev.ashlar.State;
import dev.ashlar.Stateful;
import dev.ashlar.type.InvalidArgumentException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes the learning rates of an optimizer's groups as the training goes on. Creating one sets the rates of step 0; {@link #step} comes
 * after the optimizer's own, once per epoch or once per batch, as the numbers are meant.
 *
 * <pre>{@code
 * var optimizer = new SGD(model.parameters(), 0.1).momentum(0.9);
 * var scheduler = new StepLR(optimizer, 30);
 * for (int epoch = 0; epoch < 90; epoch++) {
 *     train(optimizer);
 *     scheduler.step();
 * }
 * }</pre>
 *
 * <p>Most rates are computed from the ones before, so that several schedulers can work on one optimizer. Own schedulers extend this class,
 * write one group's formula, and call {@link #start} at the end of the constructor; for most purposes {@link LambdaLR} is enough.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/optim.html#how-to-adjust-learning-rate">torch.optim.lr_scheduler</a>
 */
public abstract class LRScheduler implements Stateful {
    static final String LR = "lr";
    private static final String LAST_EPOCH = "last_epoch";
    private static final String STEP_COUNT = "step_count";
    private static final String BASE_LRS = "base_lrs";
    private static final String LAST_LR = "last_lr";

    private final Optimizer optimizer;
    private final Map<String, Double> settings = new LinkedHashMap<>();
    private double[] baseRates = {};
    private double[] lastRates = {};
    private int lastEpoch = -1;
    private int stepCount;
    private boolean initial;

    /** Creates one that has not started yet. */
    protected LRScheduler(Optimizer optimizer) {
        this.optimizer = optimizer;
    }

    // ---- what a scheduler says about itself --------------------------------------------------------------------------------------

    /**
     * Returns the rate of a group in step {@link #lastEpoch()}.
     *
     * @param group its position; {@link #current} and {@link #base} have its rates now and at the beginning
     */
    protected abstract double rate(int group);

    /** Returns the same from the rate at the beginning alone, for steps that are jumped to; {@link #rate} unless overridden. */
    protected double closedRate(int group) {
        return rate(group);
    }

    /** Sets what {@link #setting} returns; it is part of the state. */
    protected final void set(String name, double value) {
        settings.put(name, value);
    }

    /** Returns a number that {@link #set} put there, or that a loaded state has instead. */
    protected final double setting(String name) {
        return settings.getOrDefault(name, Double.NaN);
    }

    /**
     * Sets the rates of the first step; the last statement of a constructor.
     *
     * @param startEpoch -1 to begin; a higher number to go on after that step, with an optimizer that had a scheduler before
     */
    protected final void start(int startEpoch) {
        List<ParameterGroup> groups = optimizer.groups();
        for (int i = 0; startEpoch >= 0 && i < groups.size(); i++) {
            if (!groups.get(i).hasNote(ParameterGroup.INITIAL_LR)) {
                throw new InvalidArgumentException("[" + kind() + "] expected an optimizer that had a scheduler before to go on after step "
                        + startEpoch + ", got one whose group " + i + " had none; load its state first, or start at -1");
            }
        }
        lastEpoch = startEpoch;
        extendBases();
        initialStep();
    }

    /** Groups that were added later begin with the rate that they have. */
    private void extendBases() {
        List<ParameterGroup> groups = optimizer.groups();
        int known = baseRates.length;
        baseRates = Arrays.copyOf(baseRates, groups.size());
        for (int i = known; i < groups.size(); i++) {
            baseRates[i] = groups.get(i).noteOnce(ParameterGroup.INITIAL_LR, groups.get(i).lr());
        }
    }

    final void setBases(double[] rates) {
        baseRates = rates.clone();
    }

    // ---- stepping -----------------------------------------------------------------------------------------------------------------

    /** Sets the rates of the next step. */
    public void step() {
        stepCount++;
        update(lastEpoch + 1, false);
    }

    /**
     * Jumps to a step: sets the rates that it has in an unbroken sequence without other schedulers.
     *
     * @throws InvalidArgumentException if the step is negative
     */
    public void step(int epoch) {
        if (epoch < 0) {
            throw new InvalidArgumentException("[" + kind() + "] expected a step >= 0, got " + epoch);
        }
        stepCount++;
        update(epoch, true);
    }

    private void update(int epoch, boolean closed) {
        lastEpoch = epoch;
        extendBases();
        List<ParameterGroup> groups = optimizer.groups();
        double[] rates = new double[groups.size()];
        for (int i = 0; i < rates.length; i++) {
            rates[i] = closed ? closedRate(i) : rate(i);
        }
        for (int i = 0; i < rates.length; i++) {
            groups.get(i).lr(rates[i]);
        }
        remember();
    }

    /** Notes the rates in force for {@link #getLastLr}. */
    final void remember() {
        lastRates = optimizer.groups().stream().mapToDouble(ParameterGroup::lr).toArray();
    }

    /** Takes the step of the constructor. */
    final void initialStep() {
        stepCount = 0;
        initial = true;
        try {
            step();
        } finally {
            initial = false;
        }
    }

    /** Takes back the counting of the constructor's step, for {@link SequentialLR}. */
    void undo() {
        lastEpoch--;
    }

    /** Begins at step 0, whatever the rates are now, for {@link SequentialLR}. */
    void restart() {
        update(0, true);
    }

    // ---- questions ----------------------------------------------------------------------------------------------------------------

    /** Returns the optimizer whose rates this changes. */
    public final Optimizer optimizer() {
        return optimizer;
    }

    /** Returns the number of the step whose rates are in force; 0 after the constructor. */
    public final int lastEpoch() {
        return lastEpoch;
    }

    final void lastEpoch(int epoch) {
        lastEpoch = epoch;
    }

    /** Returns the rates of the groups as this scheduler set them last. */
    public final List<Double> getLastLr() {
        return Arrays.stream(lastRates).boxed().toList();
    }

    /** Returns the rate that a group has now. */
    protected final double current(int group) {
        return optimizer.groups().get(group).lr();
    }

    /** Returns the rate that a group had before any scheduler. */
    protected final double base(int group) {
        return baseRates[group];
    }

    /** Returns whether this is the step of the constructor. */
    protected final boolean isInitial() {
        return initial;
    }

    /**
     * Returns a group's number among those that were given for each.
     *
     * @throws InvalidArgumentException if the group was added later
     */
    final <T> T of(List<T> each, int group) {
        if (group >= each.size()) {
            throw late(group);
        }
        return each.get(group);
    }

    /** Returns a number that was noted for each group, with the same exception. */
    final double noted(String name, int group) {
        ParameterGroup known = optimizer.groups().get(group);
        if (!known.hasNote(name)) {
            throw late(group);
        }
        return known.note(name);
    }

    private InvalidArgumentException late(int group) {
        return new InvalidArgumentException("[" + kind() + "] expected the groups that the optimizer had when this scheduler was created,"
                + " got group " + group + " that was added later; create the scheduler after all groups");
    }

    final int stepCount() {
        return stepCount;
    }

    final String kind() {
        return getClass().getSimpleName();
    }

    final InvalidArgumentException wrong(String what, Object given) {
        return new InvalidArgumentException("[" + kind() + "] expected " + what + ", got " + given
                + "; see the constructor's documentation");
    }

    // ---- state --------------------------------------------------------------------------------------------------------------------

    /** Returns where this is in its sequence, with its settings, but without functions. The rates themselves belong to the optimizer. */
    @Override
    public State state() {
        State state = State.of(kind()).with(LAST_EPOCH, lastEpoch).with(STEP_COUNT, stepCount).with(BASE_LRS, baseRates)
                .with(LAST_LR, lastRates);
        for (Map.Entry<String, Double> setting : settings.entrySet()) {
            state = state.with(setting.getKey(), setting.getValue());
        }
        return state;
    }

    @Override
    public void loadState(State stored) {
        State state = stored.expect(kind());
        int epoch = (int) state.whole(LAST_EPOCH);
        int count = (int) state.whole(STEP_COUNT);
        Map<String, Double> loaded = new LinkedHashMap<>();
        settings.keySet().forEach(name -> loaded.put(name, state.number(name)));
        lastEpoch = epoch;
        stepCount = count;
        baseRates = state.numbers(BASE_LRS);
        lastRates = state.numbers(LAST_LR);
        settings.putAll(loaded);
    }
}
