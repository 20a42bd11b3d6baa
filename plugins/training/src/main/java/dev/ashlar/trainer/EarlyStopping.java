// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.trainer;

import dev.ashlar.State;
import dev.ashlar.Stateful;
import dev.ashlar.Tensor;
import dev.ashlar.type.InvalidArgumentException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Ends a training when a figure has not become better for some epochs. */
public final class EarlyStopping implements Callback, Stateful {
    private static final String KIND = "EarlyStopping";

    private final String figure;
    private int patience = 10;
    private double minDelta;
    private boolean higherIsBetter;
    private boolean restoreBest;

    private double best = Double.NaN;
    private long bestEpoch = -1;
    private int waited;
    private Map<String, Tensor> weights = Map.of();

    /** @param figure what to watch, for example {@code val_loss} */
    public EarlyStopping(String figure) {
        this.figure = figure;
    }

    /** Sets how many epochs without a better figure end the training, 10 from the start; returns this. */
    public EarlyStopping patience(int epochs) {
        if (epochs < 1) {
            throw new InvalidArgumentException("[earlyStopping] expected to wait 1 epoch or more, got " + epochs);
        }
        patience = epochs;
        return this;
    }

    /** Sets by more than how much a figure must be better to count, 0 from the start; returns this. */
    public EarlyStopping minDelta(double difference) {
        if (!(difference >= 0)) {
            throw new InvalidArgumentException("[earlyStopping] expected a difference >= 0, got " + difference);
        }
        minDelta = difference;
        return this;
    }

    /** Sets whether higher figures are better, false from the start; returns this. */
    public EarlyStopping higherIsBetter(boolean higher) {
        higherIsBetter = higher;
        return this;
    }

    /** Sets whether the model gets the weights of the best epoch back at the end, false from the start; returns this. */
    public EarlyStopping restoreBest(boolean restore) {
        restoreBest = restore;
        return this;
    }

    /** Returns the best figure so far; NaN before the first. */
    public double best() {
        return best;
    }

    /** Returns the epoch of the best figure, from 0; -1 before the first. */
    public long bestEpoch() {
        return bestEpoch;
    }

    @Override
    public void onEpochEnd(Trainer trainer, Map<String, Double> figures) {
        Double value = figures.get(figure);
        if (value == null) {
            throw new InvalidArgumentException("[earlyStopping] expected one of the figures " + figures.keySet() + ", got '" + figure
                    + "'; add the metric that has it");
        }
        double gain = higherIsBetter ? value - best : best - value;
        if (Double.isNaN(best) && !Double.isNaN(value) || gain > minDelta) {
            best = value;
            bestEpoch = trainer.epoch();
            waited = 0;
            if (restoreBest) {
                weights = trainer.model().stateDict();
            }
        } else {
            waited++;
            stopAfterPatience(trainer);
        }
    }

    private void stopAfterPatience(Trainer trainer) {
        if (waited >= patience) {
            trainer.stop(figure + " has not been better than " + best + " of epoch " + bestEpoch + " for " + waited + " epochs");
        }
    }

    /** A run that was stopped stays so when it is started again. */
    @Override
    public void onFitStart(Trainer trainer) {
        stopAfterPatience(trainer);
    }

    @Override
    public void onFitEnd(Trainer trainer) {
        if (!weights.isEmpty()) {
            trainer.model().loadStateDict(weights);
        }
    }

    @Override
    public State state() {
        return new State(KIND, weights, Map.of(), Map.of()).with("best", best).with("best_epoch", bestEpoch).with("waited", waited);
    }

    @Override
    public void loadState(State state) {
        state.expect(KIND);
        waited = Math.toIntExact(state.whole("waited"));
        bestEpoch = state.whole("best_epoch");
        best = state.number("best");
        weights = new LinkedHashMap<>(state.tensors());
    }
}
