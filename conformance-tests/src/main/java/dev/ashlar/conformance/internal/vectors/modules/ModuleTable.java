// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.modules;

import dev.ashlar.conformance.internal.vectors.Arguments;
import dev.ashlar.nn.Layer;
import dev.ashlar.nn.Module;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How each recorded module is made and called here. */
public final class ModuleTable {
    private final Map<String, ModuleEntry<?>> entries = new LinkedHashMap<>();

    /** Returns a new table of all groups. */
    public static ModuleTable all() {
        ModuleTable table = new ModuleTable();
        LinearModules.addTo(table);
        ActivationModules.addTo(table);
        EmbeddingModules.addTo(table);
        ConvolutionModules.addTo(table);
        PoolingModules.addTo(table);
        ShapeModules.addTo(table);
        NormalizationModules.addTo(table);
        RecurrentModules.addTo(table);
        AttentionModules.addTo(table);
        LossModules.addTo(table);
        return table;
    }

    /**
     * Adds a module.
     *
     * @param name in PyTorch, {@code LSTM}
     * @param make calls the constructor with the recorded arguments
     * @param call calls {@code forward} with the recorded inputs: the positional ones by position, the others by name. Returns a tensor,
     *     several in a list or an array, or a record of them, nested if need be; what is null in it is left out
     */
    public <M extends Module> void add(
            String name, Function<Arguments, M> make, BiFunction<M, Arguments, @Nullable Object> call) {
        addMade(name, a -> new ModuleEntry.Made<>(make.apply(a), call));
    }

    /** Adds a module that is called one way or another, depending on what it was made with. */
    <M extends Module> void addMade(String name, Function<Arguments, ModuleEntry.Made<M>> make) {
        if (entries.put(name, new ModuleEntry<>(make)) != null) {
            throw new IllegalArgumentException("[vectors] expected one entry for " + name + ", got two; remove one");
        }
    }

    /** Adds a module that turns one tensor into one. */
    public void add(String name, Function<Arguments, ? extends Layer> make) {
        this.<Layer>add(name, make::apply, (layer, inputs) -> layer.forward(inputs.tensor(0, "input")));
    }

    @Nullable ModuleEntry<?> entry(String name) {
        return entries.get(name);
    }
}
