// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import dev.ashlar.State;
import dev.ashlar.type.InvalidArgumentException;
import java.util.List;

/**
 * Lets schedulers follow one another: each begins at its milestone, counting from 0 again.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.SequentialLR.html">
 *     torch.optim.lr_scheduler.SequentialLR</a>
 */
public final class SequentialLR extends LRScheduler {
    private final List<LRScheduler> schedulers;
    private final int[] milestones;

    /** Creates one that begins at step 0. */
    public SequentialLR(Optimizer optimizer, List<? extends LRScheduler> schedulers, int... milestones) {
        this(optimizer, schedulers, milestones, -1);
    }

    /**
     * @param schedulers at least one, all of that optimizer; no {@link ReduceLROnPlateau}, whose step needs a number
     * @param milestones one number less: the steps at which the second one and those after it begin, ascending
     * @param lastEpoch -1 to begin; a higher number to go on after that step
     */
    public SequentialLR(Optimizer optimizer, List<? extends LRScheduler> schedulers, int[] milestones, int lastEpoch) {
        super(optimizer);
        this.schedulers = ChainedScheduler.checked("SequentialLR", schedulers, optimizer);
        this.milestones = milestones.clone();
        if (milestones.length != schedulers.size() - 1) {
            throw new InvalidArgumentException("[SequentialLR] expected a milestone less than schedulers, got " + milestones.length
                    + " for " + schedulers.size() + " schedulers");
        }
        lastEpoch(lastEpoch + 1);
        // Each scheduler has taken its first step, on rates that the others had changed.
        for (ParameterGroup group : optimizer.groups()) {
            group.lr(group.noteOnce(ParameterGroup.INITIAL_LR, group.lr()));
        }
        undo();
        this.schedulers.get(position(0)).initialStep();
        remember();
    }

    private int position(int epoch) {
        int position = 0;
        while (position < milestones.length && milestones[position] <= epoch) {
            position++;
        }
        return position;
    }

    @Override
    protected double rate(int group) {
        return current(group);
    }

    @Override
    public void step() {
        lastEpoch(lastEpoch() + 1);
        int position = position(lastEpoch());
        LRScheduler scheduler = schedulers.get(position);
        if (position > 0 && milestones[position - 1] == lastEpoch()) {
            scheduler.restart();
        } else {
            scheduler.step();
        }
        remember();
    }

    /**
     * Refuses.
     *
     * @throws InvalidArgumentException always: a sequence cannot be jumped in
     */
    @Override
    public void step(int epoch) {
        throw new InvalidArgumentException("[SequentialLR] expected no number of a step, got " + epoch + "; call step()");
    }

    @Override
    void undo() {
        schedulers.forEach(LRScheduler::undo);
    }

    @Override
    void restart() {
        lastEpoch(0);
        schedulers.get(position(0)).restart();
        remember();
    }

    @Override
    public State state() {
        return ChainedScheduler.withParts(super.state(), schedulers);
    }

    @Override
    public void loadState(State state) {
        ChainedScheduler.loadParts(state.expect(kind()), schedulers);
        super.loadState(state);
    }
}
