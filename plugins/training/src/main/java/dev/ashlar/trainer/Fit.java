// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.trainer;

import dev.ashlar.Ashlar;
import dev.ashlar.State;
import dev.ashlar.Stateful;
import dev.ashlar.Tensor;
import dev.ashlar.amp.GradScaler;
import dev.ashlar.data.Batch;
import dev.ashlar.data.BatchIterator;
import dev.ashlar.io.CheckpointFolder;
import dev.ashlar.io.TrainingState;
import dev.ashlar.optim.ReduceLROnPlateau;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run of a {@link Trainer}. */
final class Fit {
    private final Trainer trainer;
    private final Iterable<Batch> batches;
    private final @Nullable CheckpointFolder folder;
    private final TrainingState state;
    private final MeanLoss loss = new MeanLoss();
    private final Watch watch;
    private final GradScaler scaler;
    private State order = Ashlar.generator().state();
    private History history = new History();
    private volatile String stopped = "";
    private long epoch;
    private long batch;
    private long step;
    private long saved = -1;

    /** Lets the state of the generator when an epoch began be saved. */
    private final class Order implements Stateful {
        @Override
        public State state() {
            return order;
        }

        @Override
        public void loadState(State loaded) {
            order = loaded;
        }
    }

    Fit(Trainer trainer, Iterable<Batch> batches) {
        this.trainer = trainer;
        this.batches = batches;
        Path path = trainer.folder;
        folder = path == null ? null : new CheckpointFolder(path).keep(trainer.keep).higherIsBetter(trainer.higherIsBetter);
        scaler = new GradScaler(65536, 2, 0.5, 2000, trainer.half == DType.FLOAT16);
        state = new TrainingState(trainer.model, trainer.optimizer).with("loss", loss).with("scaler", scaler);
        state.with("loader", batches instanceof Stateful loader ? loader : new Order());
        for (int i = 0; i < trainer.schedulers.size(); i++) {
            state.with("scheduler" + i, trainer.schedulers.get(i).scheduler());
        }
        for (int i = 0; i < trainer.metrics.size(); i++) {
            state.with("metric" + i, trainer.metrics.get(i));
        }
        for (int i = 0; i < trainer.callbacks.size(); i++) {
            if (trainer.callbacks.get(i) instanceof Stateful stateful) {
                state.with("callback" + i, stateful);
            }
        }
        watch = new Watch(trainer);
    }

    long epoch() {
        return epoch;
    }

    long step() {
        return step;
    }

    void stop(String reason) {
        stopped = reason;
    }

    // ---- checkpoints --------------------------------------------------------------------------------------------------------------

    private void resume() {
        if (folder != null && folder.load(state).isPresent()) {
            epoch = state.whole("epoch", 0);
            batch = state.whole("batch", 0);
            step = state.whole("step", 0);
            saved = step;
            history = History.fromJson(state.text("history", "[]"));
        }
    }

    /** Saves unless the same is there, perhaps with a score. */
    private void save(double score) {
        if (folder != null && !(Double.isNaN(score) && saved == step)) {
            watch.weights(epoch, step);
            state.set("epoch", epoch).set("batch", batch).set("step", step).set("history", history.toJson());
            folder.save(step, state, score);
            saved = step;
        }
    }

    private String where() {
        return folder == null ? "there are no checkpoints, since no folder was given" : saved < 0 ? "there is no checkpoint yet in "
                + trainer.folder : "the newest checkpoint is of step " + saved + " in " + trainer.folder;
    }

    // ---- the loop -----------------------------------------------------------------------------------------------------------------

    History run(long epochs) {
        try (var interruption = new Interruption(); var display = new Display(trainer)) {
            resume();
            trainer.callbacks.forEach(callback -> callback.onFitStart(trainer));
            while (epoch < epochs && stopped.isEmpty() && step < trainer.maxSteps) {
                display.startEpoch(epoch, epochs, batches, batch);
                boolean complete = trainEpoch(interruption, display);
                if (interruption.requested()) {
                    display.clear();
                    end(interruption);
                }
                if (complete || stopped.isEmpty()) {
                    display.endEpoch(epoch, epochs, endEpoch(complete));
                } else {
                    save(Double.NaN);
                }
            }
            trainer.callbacks.forEach(callback -> callback.onFitEnd(trainer));
        }
        history.stopped(stopped);
        return history;
    }

    private void end(Interruption interruption) {
        save(Double.NaN);
        System.err.println("[trainer] ended in epoch " + (epoch + 1) + " after step " + step + "; " + where()
                + (folder == null ? "" : ", start again to go on from there"));
        interruption.end();
    }

    /** Trains until the end of the epoch, or until it is to stop. */
    private boolean trainEpoch(Interruption interruption, Display display) {
        Iterator<Batch> rest = begin();
        try {
            trainer.callbacks.forEach(callback -> callback.onEpochStart(trainer));
            trainer.model.train();
            return trainRest(rest, interruption, display);
        } finally {
            if (rest instanceof BatchIterator open) {
                open.close();
            }
        }
    }

    private boolean trainRest(Iterator<Batch> rest, Interruption interruption, Display display) {
        int waiting = 0;
        while (rest.hasNext()) {
            if (waiting == 0 && (interruption.requested() || !stopped.isEmpty() || step >= trainer.maxSteps)) {
                return false;
            }
            waiting = (waiting + 1) % trainer.accumulate;
            display.step(train(rest.next(), waiting == 0));
        }
        if (waiting > 0) {
            optimizerStep();
        }
        if (batch == 0) {
            throw new InvalidArgumentException("[trainer] expected at least one batch in epoch " + (epoch + 1) + ", got none; iterables"
                    + " that can be gone through once only are empty the second time");
        }
        return true;
    }

    /** Starts the epoch, or goes on in it. */
    private Iterator<Batch> begin() {
        if (batch == 0) {
            loss.reset();
            trainer.metrics.forEach(Metric::reset);
            order = Ashlar.generator().state();
            return batches.iterator();
        }
        if (batches instanceof Stateful) {
            return batches.iterator();
        }
        State now = Ashlar.generator().state();
        Ashlar.generator().loadState(order);
        Iterator<Batch> rest = batches.iterator();
        for (long i = 0; i < batch; i++) {
            if (!rest.hasNext()) {
                throw new InvalidArgumentException("[trainer] expected more than " + batch + " batches to go on in epoch " + epoch
                        + ", got " + i + "; use the data of the run that was saved");
            }
            rest.next();
        }
        Ashlar.generator().loadState(now);
        return rest;
    }

    /** Learns from a batch; returns its loss, or NaN if nobody looked. */
    private double train(Batch current, boolean last) {
        boolean look = watch.before();
        Forward.Result result = trainer.apply(current);
        Tensor total = result.loss();
        scaler.scale(trainer.accumulate == 1 ? total : total.div(trainer.accumulate)).backward();
        loss.update(total, current.rows());
        Evaluation.update(trainer.metrics, result);
        batch++;
        if (last) {
            optimizerStep();
        } else {
            // Computes the gradients, so that what they are made of may be closed.
            loss.realize();
        }
        double value = Double.NaN;
        if (look) {
            value = total.item();
            watch.after(current, value, epoch, step, where());
        }
        trainer.callbacks.forEach(callback -> callback.onBatchEnd(trainer, total.detach()));
        if (last && trainer.saveEvery > 0 && step % trainer.saveEvery == 0) {
            save(Double.NaN);
        }
        return value;
    }

    private void optimizerStep() {
        if (trainer.clipping != null) {
            scaler.unscale(trainer.optimizer);
            trainer.clipping.apply(trainer.optimizer.parameters());
        }
        boolean stepped = scaler.step(trainer.optimizer);
        scaler.update();
        trainer.optimizer.zeroGrad();
        step++;
        for (Trainer.Scheduled scheduled : trainer.schedulers) {
            if (stepped && scheduled.when() == Trainer.When.STEP) {
                scheduled.scheduler().step();
            }
        }
    }

    private Map<String, Double> endEpoch(boolean complete) {
        Map<String, Double> figures = new LinkedHashMap<>(Evaluation.figures(loss, trainer.metrics, ""));
        if (trainer.validation != null) {
            figures.putAll(new Evaluation(trainer).run(trainer.validation, "val_"));
        }
        figures.put("lr", trainer.optimizer.groups().getFirst().lr());
        history.add(epoch, figures);
        trainer.callbacks.forEach(callback -> callback.onEpochEnd(trainer, figures));
        if (complete) {
            for (Trainer.Scheduled scheduled : trainer.schedulers) {
                if (!scheduled.figure().isEmpty() && scheduled.scheduler() instanceof ReduceLROnPlateau plateau) {
                    plateau.step(figure(figures, scheduled.figure()));
                } else if (scheduled.when() == Trainer.When.EPOCH) {
                    scheduled.scheduler().step();
                }
            }
            epoch++;
            batch = 0;
        }
        String best = trainer.monitored.isEmpty() ? trainer.validation == null ? "loss" : "val_loss" : trainer.monitored;
        save(figure(figures, best));
        if (!complete) {
            stopped = stopped.isEmpty() ? "made " + step + " steps" : stopped;
        }
        return figures;
    }

    private static double figure(Map<String, Double> figures, String name) {
        Double value = figures.get(name);
        if (value == null) {
            throw new InvalidArgumentException("[trainer] expected one of the figures " + figures.keySet() + ", got '" + name
                    + "'; add the metric that has it");
        }
        return value;
    }
}
