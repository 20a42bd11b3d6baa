// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import dev.ashlar.State;
import dev.ashlar.type.InvalidArgumentException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets several schedulers work on the same rates: a step takes that of each, in their order.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.ChainedScheduler.html">
 *     torch.optim.lr_scheduler.ChainedScheduler</a>
 */
public final class ChainedScheduler extends LRScheduler {
    private final List<LRScheduler> schedulers;

    /** Chains schedulers. */
    public ChainedScheduler(LRScheduler... schedulers) {
        this(List.of(schedulers));
    }

    /** @param schedulers at least one, all of the same optimizer; no {@link ReduceLROnPlateau}, whose step needs a number */
    public ChainedScheduler(List<? extends LRScheduler> schedulers) {
        this(schedulers, null);
    }

    /**
     * @param schedulers at least one, all of the same optimizer; no {@link ReduceLROnPlateau}, whose step needs a number
     * @param optimizer theirs; null for that of the first
     */
    public ChainedScheduler(List<? extends LRScheduler> schedulers, @Nullable Optimizer optimizer) {
        super(optimizer != null ? optimizer : first(schedulers));
        this.schedulers = checked("ChainedScheduler", schedulers, optimizer());
        lastEpoch(0);
        remember();
    }

    private static Optimizer first(List<? extends LRScheduler> schedulers) {
        if (schedulers.isEmpty()) {
            throw new InvalidArgumentException("[ChainedScheduler] expected at least one scheduler, got none");
        }
        return schedulers.getFirst().optimizer();
    }

    static List<LRScheduler> checked(String kind, List<? extends LRScheduler> schedulers, Optimizer optimizer) {
        if (schedulers.isEmpty()) {
            throw new InvalidArgumentException("[" + kind + "] expected at least one scheduler, got none");
        }
        for (int i = 0; i < schedulers.size(); i++) {
            if (schedulers.get(i) instanceof ReduceLROnPlateau) {
                throw new InvalidArgumentException("[" + kind + "] expected schedulers whose step needs nothing, got a ReduceLROnPlateau"
                        + " at index " + i + "; step it beside this one");
            }
            if (schedulers.get(i).optimizer() != optimizer) {
                throw new InvalidArgumentException("[" + kind + "] expected schedulers of one optimizer, got a "
                        + schedulers.get(i).kind() + " of another one at index " + i + "; create them all with the same");
            }
        }
        return List.copyOf(schedulers);
    }

    @Override
    protected double rate(int group) {
        return current(group);
    }

    @Override
    public void step() {
        schedulers.forEach(LRScheduler::step);
        lastEpoch(lastEpoch() + 1);
        remember();
    }

    @Override
    public void step(int epoch) {
        schedulers.forEach(scheduler -> scheduler.step(epoch));
        lastEpoch(epoch);
        remember();
    }

    @Override
    void undo() {
        lastEpoch(-1);
        schedulers.forEach(LRScheduler::undo);
    }

    @Override
    void restart() {
        schedulers.forEach(LRScheduler::restart);
        lastEpoch(0);
        remember();
    }

    @Override
    public State state() {
        return withParts(super.state(), schedulers);
    }

    @Override
    public void loadState(State state) {
        loadParts(state.expect(kind()), schedulers);
        super.loadState(state);
    }

    static State withParts(State state, List<LRScheduler> schedulers) {
        State all = state;
        for (int i = 0; i < schedulers.size(); i++) {
            all = all.with("schedulers." + i, schedulers.get(i).state());
        }
        return all;
    }

    /** Loads all of them or none. */
    static void loadParts(State state, List<LRScheduler> schedulers) {
        List<State> before = schedulers.stream().map(LRScheduler::state).toList();
        try {
            for (int i = 0; i < schedulers.size(); i++) {
                schedulers.get(i).loadState(state.part("schedulers." + i));
            }
        } catch (InvalidArgumentException e) {
            for (int i = 0; i < schedulers.size(); i++) {
                schedulers.get(i).loadState(before.get(i));
            }
            throw e;
        }
    }
}
