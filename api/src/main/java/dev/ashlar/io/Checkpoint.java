// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.io;

import dev.ashlar.State;
import dev.ashlar.Stateful;
import dev.ashlar.Tensor;
import dev.ashlar.nn.Module;
import dev.ashlar.optim.Optimizer;
import dev.ashlar.type.InvalidArgumentException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of a model, with or without that of its optimizer and of whatever else takes part in a training, in a file.
 *
 * <pre>{@code
 * Checkpoint.save(Path.of("model.safetensors"), model, optimizer);
 * Checkpoint.load(Path.of("model.safetensors"), model, optimizer);
 * }</pre>
 *
 * <p>Saving is atomic: there is the older file or the new one, never half of one. Loading verifies structure, checksum, names and shapes
 * before it changes anything. A file can be read on any device, whichever it was saved from. {@link TrainingState} saves all that a run
 * needs to go on exactly.
 *
 * <p>The format is {@link SafeTensors}: the model's tensors have the names of its state, which are those of PyTorch; those of any other
 * part start with its name and a slash, {@code optimizer/0.exp_avg}; its numbers and texts are texts that start with {@code ashlar.}.
 */
public final class Checkpoint {
    static final String OPTIMIZER = "optimizer";

    private static final String FORMAT = SafeTensors.OURS + "format";
    private static final String VERSION = "2";
    private static final String KIND = SafeTensors.OURS + "part.";
    private static final String NUMBER = SafeTensors.OURS + "number.";
    private static final String TEXT = SafeTensors.OURS + "text.";

    private final Path file;
    private final Map<String, Tensor> modelState = new LinkedHashMap<>();
    private final Map<String, State> parts = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    private Checkpoint(Path file, SafeTensors contents) {
        this.file = file;
        Map<String, Map<String, Tensor>> tensors = new LinkedHashMap<>();
        Map<String, Map<String, Double>> numbers = new LinkedHashMap<>();
        Map<String, Map<String, String>> texts = new LinkedHashMap<>();
        contents.tensors().forEach((name, tensor) -> {
            if (name.indexOf('/') < 0) {
                modelState.put(name, tensor);
            } else {
                put(tensors, name, tensor);
            }
        });
        contents.metadata().forEach((name, text) -> {
            if (name.startsWith(NUMBER)) {
                put(numbers, name.substring(NUMBER.length()), number(name, text));
            } else if (name.startsWith(TEXT)) {
                put(texts, name.substring(TEXT.length()), text);
            } else if (!name.startsWith(SafeTensors.OURS)) {
                metadata.put(name, text);
            }
        });
        contents.metadata().forEach((name, kind) -> {
            if (name.startsWith(KIND)) {
                String part = name.substring(KIND.length());
                parts.put(part, new State(
                        kind, tensors.getOrDefault(part, Map.of()), numbers.getOrDefault(part, Map.of()),
                        texts.getOrDefault(part, Map.of())));
            }
        });
    }

    private static <V> void put(Map<String, Map<String, V>> byPart, String path, V value) {
        int slash = Math.max(0, path.indexOf('/'));
        byPart.computeIfAbsent(path.substring(0, slash), _ -> new LinkedHashMap<>()).put(path.substring(slash + 1), value);
    }

    private double number(String name, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new CheckpointException("[load] " + file + ": expected a number for " + name + ", got '" + text + "'", e);
        }
    }

    // ---- saving -----------------------------------------------------------------------------------------------------------------

    /**
     * Saves a model.
     *
     * @throws CheckpointException if the file cannot be written; an older one is still there
     */
    public static void save(Path file, Module model) {
        save(file, model, null, Map.of());
    }

    /**
     * Saves a model and its optimizer.
     *
     * @throws CheckpointException if the file cannot be written; an older one is still there
     */
    public static void save(Path file, Module model, Optimizer optimizer) {
        save(file, model, optimizer, Map.of());
    }

    /**
     * Saves a model with texts of the user's choice.
     *
     * @param optimizer null to leave it out
     * @param metadata names must not start with {@code ashlar.}
     * @throws CheckpointException if the file cannot be written; an older one is still there
     */
    public static void save(Path file, Module model, @Nullable Optimizer optimizer, Map<String, String> metadata) {
        metadata.keySet().forEach(name -> {
            if (name.startsWith(SafeTensors.OURS)) {
                throw new CheckpointException("[save] expected names that do not start with " + SafeTensors.OURS + ", got '" + name + "'",
                        null);
            }
        });
        write(file, model.stateDict(), optimizer == null ? Map.of() : Map.of(OPTIMIZER, optimizer.state()), metadata);
    }

    static void write(Path file, Map<String, Tensor> model, Map<String, State> parts, Map<String, String> metadata) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put(FORMAT, VERSION);
        texts.putAll(metadata);
        Map<String, Tensor> tensors = new LinkedHashMap<>(model);
        parts.forEach((part, state) -> {
            texts.put(KIND + part, state.kind());
            state.numbers().forEach((name, value) -> texts.put(NUMBER + part + "/" + name, Double.toString(value)));
            state.texts().forEach((name, text) -> texts.put(TEXT + part + "/" + name, text));
            state.tensors().forEach((name, tensor) -> tensors.put(part + "/" + name, tensor));
        });
        new SafeTensors(tensors, texts).write(file);
    }

    // ---- loading ----------------------------------------------------------------------------------------------------------------

    /**
     * Reads a file without changing anything.
     *
     * @throws CheckpointException if it is missing, damaged or no checkpoint
     */
    public static Checkpoint read(Path file) {
        SafeTensors contents = SafeTensors.read(file);
        String version = contents.metadata().get(FORMAT);
        if (version == null) {
            throw new CheckpointException("[load] expected a checkpoint, " + file + " is a safetensors file of another program; read it"
                    + " with SafeTensors.read and hand its tensors to loadStateDict", null);
        }
        if (!version.equals(VERSION)) {
            throw new CheckpointException("[load] expected a checkpoint of format " + VERSION + ", " + file + " has format " + version
                    + "; use a version of Ashlar that knows it", null);
        }
        return new Checkpoint(file, contents);
    }

    /**
     * Reads a file into a model; what else is in it is ignored.
     *
     * @throws CheckpointException if the file is missing, damaged or no checkpoint
     * @throws InvalidArgumentException if it does not fit the model: the message lists missing, unexpected and mis-shaped names, and
     *     nothing has changed
     */
    public static void load(Path file, Module model) {
        read(file).restore(model);
    }

    /**
     * Reads a file into a model, or what of it fits.
     *
     * @param strict whether missing and unexpected names are errors; another shape always is one
     * @return the names that did not match, all empty if {@code strict}
     * @throws CheckpointException if the file is missing, damaged or no checkpoint
     * @throws InvalidArgumentException if it does not fit the model; nothing has changed
     */
    public static Module.Unmatched load(Path file, Module model, boolean strict) {
        return read(file).restore(model, strict);
    }

    /**
     * Reads a file into a model and its optimizer; what else is in it is ignored.
     *
     * @throws CheckpointException if the file is missing, damaged or no checkpoint, or has no state of an optimizer
     * @throws InvalidArgumentException if it does not fit; nothing has changed
     */
    public static void load(Path file, Module model, Optimizer optimizer) {
        read(file).restore(model, optimizer);
    }

    /** Copies what was read into a model; see {@link #load(Path, Module)}. */
    public void restore(Module model) {
        restore(model, true);
    }

    /** Copies what was read into a model, or what of it fits; see {@link #load(Path, Module, boolean)}. */
    public Module.Unmatched restore(Module model, boolean strict) {
        try {
            return model.loadStateDict(modelState, strict);
        } catch (InvalidArgumentException e) {
            throw doesNotFit(e);
        }
    }

    /** Copies what was read into a model and its optimizer; see {@link #load(Path, Module, Optimizer)}. */
    public void restore(Module model, Optimizer optimizer) {
        if (!parts.containsKey(OPTIMIZER)) {
            throw new CheckpointException("[load] expected the state of an optimizer in " + file + ", there is none; load the model alone",
                    null);
        }
        restore(model, Map.of(OPTIMIZER, optimizer));
    }

    /** Copies what was read into a model and parts that the file has, all or nothing. */
    void restore(Module model, Map<String, ? extends Stateful> targets) {
        Map<String, Tensor> weights = model.stateDict();
        Map<Stateful, State> before = new LinkedHashMap<>();
        try {
            // First, since a message about names of layers says more than one about an optimizer's parameters by number.
            model.loadStateDict(modelState);
            targets.forEach((name, target) -> {
                before.putIfAbsent(target, target.state());
                target.loadState(parts.get(name));
            });
        } catch (RuntimeException e) {
            before.forEach(Stateful::loadState);
            model.loadStateDict(weights);
            throw e instanceof InvalidArgumentException misfit ? doesNotFit(misfit) : e;
        }
    }

    private InvalidArgumentException doesNotFit(InvalidArgumentException e) {
        return new InvalidArgumentException("[load] " + file + " does not fit, nothing has changed: " + e.getMessage());
    }

    // ---- looking in -------------------------------------------------------------------------------------------------------------

    Path file() {
        return file;
    }

    /** Returns the model's values by name, on the default device. */
    public Map<String, Tensor> modelState() {
        return Collections.unmodifiableMap(modelState);
    }

    /** Returns the states of all other parts by name: {@code optimizer}, and what a {@link TrainingState} was given. */
    public Map<String, State> parts() {
        return Collections.unmodifiableMap(parts);
    }

    /** Returns the state of the optimizer, if there is one. */
    public Optional<State> optimizerState() {
        return Optional.ofNullable(parts.get(OPTIMIZER));
    }

    /** Returns the texts that were saved with the model. */
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(metadata);
    }
}
