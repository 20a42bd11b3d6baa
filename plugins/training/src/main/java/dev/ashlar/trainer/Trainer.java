// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.trainer;

import dev.ashlar.Device;
import dev.ashlar.Stateful;
import dev.ashlar.Tensor;
import dev.ashlar.amp.Autocast;
import dev.ashlar.data.Batch;
import dev.ashlar.nn.Layer;
import dev.ashlar.nn.Loss;
import dev.ashlar.nn.Module;
import dev.ashlar.nn.Parameter;
import dev.ashlar.nn.Utils;
import dev.ashlar.optim.LRScheduler;
import dev.ashlar.optim.Optimizer;
import dev.ashlar.optim.ReduceLROnPlateau;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A training loop with what most trainings need: validation, metrics, early stopping, checkpoints, schedules.
 *
 * <pre>{@code
 * var history = new Trainer(model, new CrossEntropyLoss(), new Adam(model.parameters()))
 *         .validation(heldOut)
 *         .metrics(new Accuracy())
 *         .scheduler(new StepLR(optimizer, 30), When.EPOCH)
 *         .callbacks(new EarlyStopping("val_loss").patience(5).restoreBest(true))
 *         .checkpoints(Path.of("run1"))
 *         .fit(loader, 100);
 * }</pre>
 *
 * <p>It does nothing that a loop of one's own cannot do with the same parts. A trainer is used for one run, by one thread; batches go to
 * the device of the model's first parameter. Ctrl-C ends the run after the step that is under way, with a checkpoint if there is a folder.
 */
public final class Trainer {
    /** When a scheduler steps. */
    public enum When { STEP, EPOCH }

    final Module model;
    final Forward forward;
    final Optimizer optimizer;
    final List<Metric> metrics = new ArrayList<>();
    final List<Callback> callbacks = new ArrayList<>();
    final List<Scheduled> schedulers = new ArrayList<>();
    @Nullable Iterable<Batch> validation;
    @Nullable Clipping clipping;
    @Nullable DType half;
    int accumulate = 1;
    int checkEvery = 1;
    long maxSteps = Long.MAX_VALUE;
    @Nullable Path folder;
    long saveEvery;
    int keep = 3;
    String monitored = "";
    boolean higherIsBetter;
    boolean quiet;
    @Nullable PrintStream lines;

    private @Nullable Fit fit;

    /** A scheduler, when it steps, and by which figure if it needs one. */
    record Scheduled(LRScheduler scheduler, When when, String figure) {}

    /** How gradients are limited before a step. */
    interface Clipping {
        void apply(List<Parameter> parameters);
    }

    /** Creates a trainer for a model with one input: the first tensor of a batch is the input, the second one the target. */
    public Trainer(Layer model, Loss loss, Optimizer optimizer) {
        this(model, batch -> {
            Device device = device(model);
            Tensor target = batch.get(1).to(device);
            Tensor output = model.forward(batch.get(0).to(device));
            return new Forward.Result(loss.forward(output, target), output, target);
        }, optimizer);
    }

    /** Creates a trainer for any model, with what turns a batch into a loss. */
    public Trainer(Module model, Forward forward, Optimizer optimizer) {
        this.model = model;
        this.forward = forward;
        this.optimizer = optimizer;
    }

    static Device device(Module model) {
        List<Parameter> parameters = model.parameters();
        if (parameters.isEmpty()) {
            throw new InvalidArgumentException("[trainer] expected a model with parameters, got one without");
        }
        return parameters.getFirst().device();
    }

    private static <N extends Number> N positive(String what, N value) {
        if (value.longValue() < 1) {
            throw new InvalidArgumentException("[trainer] expected " + what + " >= 1, got " + value);
        }
        return value;
    }

    // ---- what is measured and done on the way -------------------------------------------------------------------------------------

    /** Sets batches that the model is evaluated on after each epoch; returns this. */
    public Trainer validation(Iterable<Batch> batches) {
        validation = batches;
        return this;
    }

    /** Adds figures for training and validation data; returns this. */
    public Trainer metrics(Metric... more) {
        metrics.addAll(List.of(more));
        return this;
    }

    /** Adds callbacks, which are called in their order; returns this. */
    public Trainer callbacks(Callback... more) {
        callbacks.addAll(List.of(more));
        return this;
    }

    /** Adds a scheduler that steps after each of the optimizer's steps, or after each epoch; returns this. */
    public Trainer scheduler(LRScheduler scheduler, When when) {
        schedulers.add(new Scheduled(scheduler, when, ""));
        return this;
    }

    /** Adds a scheduler that is shown a figure after each epoch, for example {@code val_loss}; returns this. */
    public Trainer scheduler(ReduceLROnPlateau scheduler, String figure) {
        schedulers.add(new Scheduled(scheduler, When.EPOCH, figure));
        return this;
    }

    /** Scales gradients down where their norm over all parameters is greater; returns this. */
    public Trainer clipGradNorm(double maxNorm) {
        clipping = parameters -> Utils.clipGradNorm(parameters, maxNorm);
        return this;
    }

    /** Limits each element of the gradients to plus and minus a number; returns this. */
    public Trainer clipGradValue(double limit) {
        clipping = parameters -> Utils.clipGradValue(parameters, limit);
        return this;
    }

    /**
     * Computes model and loss with operands of products in 16 bits, and keeps the weights as they are. With float16 losses are scaled, so
     * that small gradients do not become 0, and a step with gradients that are not finite is left out. Returns this.
     *
     * @param type {@link DType#BFLOAT16} or {@link DType#FLOAT16}
     * @see dev.ashlar.amp.Autocast
     */
    public Trainer mixedPrecision(DType type) {
        Autocast.to(type).close();
        half = type;
        return this;
    }

    /** Computes the loss of a batch. */
    Forward.Result apply(Batch batch) {
        DType type = half;
        if (type == null) {
            return forward.apply(batch);
        }
        try (var _ = Autocast.to(type)) {
            return forward.apply(batch);
        }
    }

    /** Sets over how many batches gradients are averaged before a step, 1 from the start; the last step of an epoch may have fewer. */
    public Trainer accumulate(int batches) {
        accumulate = positive("batches per step", batches);
        return this;
    }

    /**
     * Sets after how many batches the loss is read to see that it is finite: 1 from the start, 0 for never. Each time the device is waited
     * for; a rarer look costs less and says less precisely where something went wrong.
     */
    public Trainer checkLoss(int everyBatches) {
        checkEvery = everyBatches == 0 ? 0 : positive("batches", everyBatches);
        return this;
    }

    /** Sets after how many of the optimizer's steps the training ends, whatever the number of epochs; returns this. */
    public Trainer maxSteps(long steps) {
        maxSteps = positive("steps", steps);
        return this;
    }

    // ---- files and words ----------------------------------------------------------------------------------------------------------

    /**
     * Sets a folder for checkpoints after each epoch; a run that finds some there goes on from the newest, exactly. The best by {@code
     * val_loss}, or by {@code loss} without validation data, is kept too. Returns this.
     *
     * @see dev.ashlar.io.CheckpointFolder
     */
    public Trainer checkpoints(Path path) {
        folder = path;
        return this;
    }

    /**
     * Saves also after so many of the optimizer's steps; returns this. A loader that remembers its place ({@link Stateful}) goes on in the
     * middle of an epoch; of another one the batches that were seen are skipped, which needs the same order again.
     */
    public Trainer saveEvery(long steps) {
        saveEvery = positive("steps", steps);
        return this;
    }

    /** Sets how many of the newest checkpoints are kept beside the best, 3 from the start; returns this. */
    public Trainer keep(int files) {
        keep = positive("files", files);
        return this;
    }

    /** Sets the figure that says which checkpoint is the best one; returns this. */
    public Trainer monitor(String figure, boolean higher) {
        monitored = figure;
        higherIsBetter = higher;
        return this;
    }

    /** Sets whether no progress bar is shown; there is none anyhow unless Java's console is a terminal. Returns this. */
    public Trainer quiet(boolean silent) {
        quiet = silent;
        return this;
    }

    /** Sets where a line per epoch is printed; nowhere from the start. Returns this. */
    public Trainer print(PrintStream target) {
        lines = target;
        return this;
    }

    // ---- running ------------------------------------------------------------------------------------------------------------------

    /**
     * Trains until so many epochs are done, those of the checkpoint that it goes on from among them.
     *
     * @param batches at least one in each epoch
     * @return the figures of all epochs
     * @throws NonFiniteException if loss or weights are no longer finite; the newest checkpoint is from before
     * @throws dev.ashlar.io.CheckpointException if a checkpoint cannot be written, or is there and cannot be read
     */
    public History fit(Iterable<Batch> batches, long epochs) {
        if (fit != null) {
            throw new InvalidArgumentException("[trainer] expected one run per trainer, got a second; create another trainer");
        }
        fit = new Fit(this, batches);
        return fit.run(epochs);
    }

    /**
     * Returns mean loss and metrics on other batches, as {@code loss} and so on. The model is in evaluation mode meanwhile.
     *
     * @param batches at least one
     */
    public Map<String, Double> evaluate(Iterable<Batch> batches) {
        return new Evaluation(this).run(batches, "");
    }

    /** Ends the training after this batch or epoch, for a reason that {@link History#stopped} repeats. Any thread may call it. */
    public void stop(String reason) {
        running().stop(reason);
    }

    private Fit running() {
        if (fit == null) {
            throw new InvalidArgumentException("[trainer] expected a training that runs, there is none; call fit first");
        }
        return fit;
    }

    /** Returns the model. */
    public Module model() {
        return model;
    }

    /** Returns the optimizer. */
    public Optimizer optimizer() {
        return optimizer;
    }

    /** Returns the number of the epoch that runs, from 0. */
    public long epoch() {
        return running().epoch();
    }

    /** Returns how many steps the optimizer has made, those before a resumption among them. */
    public long step() {
        return running().step();
    }
}
