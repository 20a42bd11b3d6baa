// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import dev.ashlar.Device;
import dev.ashlar.Tensor;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What an optimizer remembers about one parameter: tensors beside it, numbers on the host, and how many steps it has made. */
public final class ParameterState {
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final Map<String, Double> numbers = new LinkedHashMap<>();
    private final Set<String> fresh = new HashSet<>();
    private long steps;

    ParameterState() {}

    /** Returns 1 in the first step of the parameter. */
    public long step() {
        return steps;
    }

    /** Returns a tensor, to be changed in place. */
    public Tensor tensor(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalStateException("[optimizer] expected a state '" + name + "' that stateNames has, got none");
        }
        return tensor;
    }

    /** Returns whether a tensor has been made for this very step. */
    public boolean isNew(String name) {
        return fresh.contains(name);
    }

    /** Returns a number, or another one before it is set. */
    public double number(String name, double otherwise) {
        return numbers.getOrDefault(name, otherwise);
    }

    /** Sets a number. */
    public void set(String name, double value) {
        numbers.put(name, value);
    }

    // ---- for the optimizer's base -------------------------------------------------------------------------------------------------

    Map<String, Tensor> tensors() {
        return tensors;
    }

    Map<String, Double> numbers() {
        return numbers;
    }

    void steps(long count) {
        steps = count;
    }

    void create(String name, Tensor tensor) {
        tensors.put(name, tensor);
        fresh.add(name);
    }

    void begin() {
        steps++;
    }

    void end() {
        fresh.clear();
    }

    void to(Device device) {
        tensors.replaceAll((_, tensor) -> tensor.to(device));
    }

    void load(ParameterState other) {
        tensors.clear();
        numbers.clear();
        tensors.putAll(other.tensors);
        numbers.putAll(other.numbers);
        steps = other.steps;
    }
}
