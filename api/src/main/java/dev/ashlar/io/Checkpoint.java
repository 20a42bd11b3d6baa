// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.io;

import dev.ashlar.State;
import dev.ashlar.Tensor;
import dev.ashlar.nn.Module;
import dev.ashlar.optim.Optimizer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of a model, with or without that of its optimizer, in a file.
 *
 * <pre>{@code
 * Checkpoint.save(Path.of("model.safetensors"), model, optimizer);
 * Checkpoint.load(Path.of("model.safetensors"), model, optimizer);
 * }</pre>
 *
 * <p>Saving is atomic: there is the older file or the new one, never half of one. Loading verifies structure, checksum, names and shapes
 * before it changes anything. A file can be read on any device, whichever it was saved from.
 *
 * <p>The format is {@link SafeTensors}: the model's tensors have the names of its state, those of the optimizer start with
 * {@code optimizer/}, and numbers are texts that start with {@code ashlar.}.
 */
public final class Checkpoint {
    private static final String FORMAT = "ashlar.format";
    private static final String VERSION = "1";
    private static final String KIND = "ashlar.optimizer";
    private static final String NUMBER = "ashlar.optimizer.";
    private static final String TENSOR = "optimizer/";

    private final Path file;
    private final Map<String, Tensor> modelState = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final @Nullable State optimizerState;

    private Checkpoint(Path file, SafeTensors contents) {
        this.file = file;
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Map<String, Double> numbers = new LinkedHashMap<>();
        contents.tensors().forEach((name, tensor) -> {
            if (name.startsWith(TENSOR)) {
                tensors.put(name.substring(TENSOR.length()), tensor);
            } else {
                modelState.put(name, tensor);
            }
        });
        contents.metadata().forEach((name, text) -> {
            if (name.startsWith(NUMBER)) {
                numbers.put(name.substring(NUMBER.length()), number(file, name, text));
            } else if (!name.startsWith(SafeTensors.OURS)) {
                metadata.put(name, text);
            }
        });
        String kind = contents.metadata().get(KIND);
        optimizerState = kind == null ? null : new State(kind, tensors, numbers, Map.of());
    }

    private static double number(Path file, String name, String text) {
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
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put(FORMAT, VERSION);
        metadata.forEach((name, text) -> {
            if (name.startsWith(SafeTensors.OURS)) {
                throw new CheckpointException("[save] expected names that do not start with " + SafeTensors.OURS + ", got '" + name + "'", null);
            }
            texts.put(name, text);
        });
        Map<String, Tensor> tensors = new LinkedHashMap<>(model.stateDict());
        if (optimizer != null) {
            State state = optimizer.state();
            texts.put(KIND, state.kind());
            state.numbers().forEach((name, value) -> texts.put(NUMBER + name, Double.toString(value)));
            state.tensors().forEach((name, tensor) -> tensors.put(TENSOR + name, tensor));
        }
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
     * Reads a file into a model; the state of an optimizer in it is ignored.
     *
     * @throws CheckpointException if the file is missing, damaged or no checkpoint
     * @throws dev.ashlar.type.InvalidArgumentException if it does not fit the model; nothing has changed
     */
    public static void load(Path file, Module model) {
        read(file).restore(model);
    }

    /**
     * Reads a file into a model and its optimizer.
     *
     * @throws CheckpointException if the file is missing, damaged or no checkpoint, or has no state of an optimizer
     * @throws dev.ashlar.type.InvalidArgumentException if it does not fit; nothing has changed
     */
    public static void load(Path file, Module model, Optimizer optimizer) {
        read(file).restore(model, optimizer);
    }

    /** Copies what was read into a model; see {@link #load(Path, Module)}. */
    public void restore(Module model) {
        model.loadStateDict(modelState);
    }

    /** Copies what was read into a model and its optimizer; see {@link #load(Path, Module, Optimizer)}. */
    public void restore(Module model, Optimizer optimizer) {
        if (optimizerState == null) {
            throw new CheckpointException("[load] expected the state of an optimizer in " + file + ", there is none; load the model alone",
                    null);
        }
        State before = optimizer.state();
        optimizer.loadState(optimizerState);
        try {
            model.loadStateDict(modelState);
        } catch (RuntimeException e) {
            optimizer.loadState(before);
            throw e;
        }
    }

    /** Returns the model's values by name, on the default device. */
    public Map<String, Tensor> modelState() {
        return Collections.unmodifiableMap(modelState);
    }

    /** Returns the state of the optimizer, if there is one. */
    public Optional<State> optimizerState() {
        return Optional.ofNullable(optimizerState);
    }

    /** Returns the texts that were saved with the model. */
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(metadata);
    }
}
