// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.io;

import dev.ashlar.Ashlar;
import dev.ashlar.State;
import dev.ashlar.Stateful;
import dev.ashlar.nn.Module;
import dev.ashlar.optim.Optimizer;
import dev.ashlar.type.InvalidArgumentException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that decides about the rest of a training, to be saved together and loaded together: a run that is killed and goes on from the
 * last file computes the same bits on the same device as one that was never broken.
 *
 * <pre>{@code
 * var run = new TrainingState(model, optimizer).with("scheduler", scheduler).with("loader", loader);
 * if (Files.exists(file)) {
 *     run.load(file);
 * }
 * for (long step = run.whole("step", 0); step < 1000; step++) {
 *     ...
 *     run.set("step", step + 1);
 *     run.save(file);
 * }
 * }</pre>
 *
 * <p>The default generator, which feeds dropout and shuffles, always belongs to it. Gradients do not: save between an optimizer's step and
 * the next backward. What else remembers something must be added: schedulers, loaders, gradient scalers, generators of one's own, further
 * models. {@link CheckpointFolder} keeps several files.
 */
public final class TrainingState {
    private static final String GENERATOR = "generator";
    private static final String PROGRESS = "progress";

    private final Module model;
    private final Map<String, Stateful> parts = new LinkedHashMap<>();
    private State progress = State.of(PROGRESS);

    /** A module that is not the main one. */
    private record Further(Module module) implements Stateful {
        @Override
        public State state() {
            return new State(module.getClass().getSimpleName(), module.stateDict(), Map.of(), Map.of());
        }

        @Override
        public void loadState(State state) {
            module.loadStateDict(state.tensors());
        }
    }

    /** What was set by name. */
    private final class Progress implements Stateful {
        @Override
        public State state() {
            return progress;
        }

        @Override
        public void loadState(State state) {
            progress = state.expect(PROGRESS);
        }
    }

    /** The generator that is the default one when its state is asked for. */
    private static final class DefaultGenerator implements Stateful {
        @Override
        public State state() {
            return Ashlar.generator().state();
        }

        @Override
        public void loadState(State state) {
            Ashlar.generator().loadState(state);
        }
    }

    /** @param model its tensors have their own names in the file; those of everything else have the part's name before them */
    public TrainingState(Module model) {
        this.model = model;
        parts.put(GENERATOR, new DefaultGenerator());
        parts.put(PROGRESS, new Progress());
    }

    /** Creates the state of a model and its optimizer, which is the part {@code optimizer}. */
    public TrainingState(Module model, Optimizer optimizer) {
        this(model);
        with(Checkpoint.OPTIMIZER, optimizer);
    }

    /**
     * Adds what belongs to the training; returns this.
     *
     * @param name not empty, without a slash; new
     */
    public TrainingState with(String name, Stateful part) {
        if (name.isEmpty() || name.indexOf('/') >= 0 || parts.containsKey(name)) {
            throw new InvalidArgumentException("[trainingState] expected a new name without a slash, got '" + name + "'; there are "
                    + parts.keySet());
        }
        parts.put(name, part);
        return this;
    }

    /** Adds a further model; returns this. */
    public TrainingState with(String name, Module further) {
        return with(name, new Further(further));
    }

    // ---- progress ---------------------------------------------------------------------------------------------------------------

    /** Sets a number that is saved too; returns this. */
    public TrainingState set(String name, double number) {
        progress = progress.with(name, number);
        return this;
    }

    /** Sets a text that is saved too; returns this. */
    public TrainingState set(String name, String text) {
        progress = progress.with(name, text);
        return this;
    }

    /** Returns a number that was set or loaded, else the other one. */
    public double number(String name, double otherwise) {
        return progress.numbers().getOrDefault(name, otherwise);
    }

    /** Returns a whole number that was set or loaded, else the other one. */
    public long whole(String name, long otherwise) {
        return progress.numbers().containsKey(name) ? progress.whole(name) : otherwise;
    }

    /** Returns a text that was set or loaded, else the other one. */
    public String text(String name, String otherwise) {
        return progress.texts().getOrDefault(name, otherwise);
    }

    // ---- files ------------------------------------------------------------------------------------------------------------------

    /**
     * Saves everything.
     *
     * @throws CheckpointException if the file cannot be written; an older one is still there
     */
    public void save(Path file) {
        save(file, Map.of());
    }

    void save(Path file, Map<String, String> texts) {
        Map<String, State> states = new LinkedHashMap<>();
        parts.forEach((name, part) -> states.put(name, part.state()));
        Checkpoint.write(file, model.stateDict(), states, texts);
    }

    /**
     * Loads everything, all or nothing.
     *
     * @throws CheckpointException if the file is missing, damaged, or has other parts than this
     * @throws InvalidArgumentException if a part does not fit; nothing has changed
     */
    public void load(Path file) {
        load(Checkpoint.read(file));
    }

    void load(Checkpoint checkpoint) {
        List<String> missing = new ArrayList<>(parts.keySet());
        missing.removeAll(checkpoint.parts().keySet());
        List<String> unexpected = new ArrayList<>(checkpoint.parts().keySet());
        unexpected.removeAll(parts.keySet());
        if (!missing.isEmpty() || !unexpected.isEmpty()) {
            throw new CheckpointException("[load] expected " + checkpoint.file() + " to have the parts " + parts.keySet() + ", got one with"
                    + (missing.isEmpty() ? "" : " missing: " + String.join(", ", missing) + ";")
                    + (unexpected.isEmpty() ? "" : " unexpected: " + String.join(", ", unexpected) + ";")
                    + " add the same parts as when it was saved, or load the model alone with Checkpoint.load", null);
        }
        checkpoint.restore(model, parts);
    }
}
