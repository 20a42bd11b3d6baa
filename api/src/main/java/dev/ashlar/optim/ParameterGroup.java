// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import dev.ashlar.nn.Parameter;
import dev.ashlar.type.InvalidArgumentException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Parameters that are optimised with the same settings. Settings may be changed between steps; that costs nothing.
 *
 * <pre>{@code
 * new SGD(new ParameterGroup(weights).lr(0.1), new ParameterGroup(biases).lr(0.01).set("momentum", 0.9));
 * }</pre>
 */
public final class ParameterGroup {
    /** The learning rate before any scheduler, as a note. */
    static final String INITIAL_LR = "initial_lr";

    private static final String LR = "lr";

    private final List<Parameter> parameters;
    private final Map<String, Double> settings = new TreeMap<>();
    private final Map<String, Double> notes = new TreeMap<>();
    private final Set<String> own = new HashSet<>();
    private boolean bound;

    /** Creates a group; settings that are not given get the optimizer's defaults. */
    public ParameterGroup(List<Parameter> parameters) {
        this.parameters = List.copyOf(parameters);
    }

    public List<Parameter> parameters() {
        return parameters;
    }

    /** Returns the learning rate. */
    public double lr() {
        return get(LR);
    }

    /** Sets the learning rate; returns this. */
    public ParameterGroup lr(double rate) {
        return set(LR, rate);
    }

    /**
     * Returns a setting by the name of the optimizer's method that sets it; flags are 0 or 1.
     *
     * @throws InvalidArgumentException if the optimizer has no such setting
     */
    public double get(String name) {
        Double value = settings.get(name);
        if (value == null) {
            throw unknown(name);
        }
        return value;
    }

    /**
     * Sets a setting by name; flags are 0 or 1. Returns this.
     *
     * @throws InvalidArgumentException if the optimizer has no such setting
     */
    public ParameterGroup set(String name, double value) {
        if (bound && !settings.containsKey(name)) {
            throw unknown(name);
        }
        settings.put(name, value);
        return this;
    }

    /** Returns the settings by name. */
    public Map<String, Double> settings() {
        return Collections.unmodifiableMap(settings);
    }

    /** Sets what the group was not given before the optimizer was made. */
    void setDefault(String name, double value) {
        if (!own.contains(name)) {
            set(name, value);
        }
    }

    boolean has(String name) {
        return settings.containsKey(name);
    }

    // Notes are what schedulers leave here for one another, under the names that PyTorch's have in its groups.

    Map<String, Double> notes() {
        return notes;
    }

    boolean hasNote(String name) {
        return notes.containsKey(name);
    }

    double note(String name) {
        return notes.getOrDefault(name, Double.NaN);
    }

    /** Notes a number unless there is one; returns the one that is there. */
    double noteOnce(String name, double value) {
        return notes.computeIfAbsent(name, _ -> value);
    }

    void note(String name, double value) {
        notes.put(name, value);
    }

    boolean is(String flag) {
        return get(flag) != 0;
    }

    /** Adds what is not set; from now on other names are errors. */
    void bind(Map<String, Double> defaults) {
        if (bound) {
            throw new InvalidArgumentException("[optimizer] expected a new group, got one that belongs to an optimizer already");
        }
        for (String name : settings.keySet()) {
            if (!defaults.containsKey(name)) {
                throw new InvalidArgumentException("[optimizer] expected settings " + new TreeMap<>(defaults).keySet() + ", got '"
                        + name + "'");
            }
        }
        own.addAll(settings.keySet());
        defaults.forEach(settings::putIfAbsent);
        bound = true;
    }

    private InvalidArgumentException unknown(String name) {
        return new InvalidArgumentException("[optimizer] expected one of the settings " + settings.keySet() + ", got '" + name + "'");
    }
}
