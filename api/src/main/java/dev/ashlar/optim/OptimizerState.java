// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import dev.ashlar.State;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.nn.Parameter;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The names that an optimizer's state has in a {@link State}. */
final class OptimizerState {
    private static final String STEP = "step";
    private static final String GROUPS = "groups.";
    private static final String NOTES = "notes.";

    private OptimizerState() {}

    private static String groupKey(int group, String setting) {
        return GROUPS + group + "." + setting;
    }

    static State of(String kind, List<ParameterState> states, List<ParameterGroup> groups) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (int i = 0; i < states.size(); i++) {
            String prefix = i + ".";
            numbers.put(prefix + STEP, (double) states.get(i).step());
            states.get(i).numbers().forEach((name, value) -> numbers.put(prefix + name, value));
            states.get(i).tensors().forEach((name, tensor) -> tensors.put(prefix + name, tensor.detach()));
        }
        for (int i = 0; i < groups.size(); i++) {
            int group = i;
            groups.get(i).settings().forEach((name, value) -> numbers.put(groupKey(group, name), value));
            groups.get(i).notes().forEach((name, value) -> numbers.put(groupKey(group, NOTES + name), value));
        }
        return new State(kind, tensors, numbers, Map.of());
    }

    /** Checks all of a state, and only then changes what it is loaded into. */
    static void load(
            State stored, String kind, List<ParameterState> states, List<ParameterGroup> groups, List<Parameter> parameters,
            BiFunction<String, Shape, @Nullable Shape> shapes) {
        stored.expect(kind);
        List<ParameterState> loaded = new ArrayList<>();
        states.forEach(_ -> loaded.add(new ParameterState()));
        List<Map<String, Double>> settings = new ArrayList<>();
        groups.forEach(_ -> settings.add(new LinkedHashMap<>()));
        stored.numbers().forEach((name, value) -> {
            boolean ofGroup = name.startsWith(GROUPS);
            String rest = ofGroup ? name.substring(GROUPS.length()) : name;
            int index = index(rest, ofGroup ? groups.size() : states.size());
            String last = rest.substring(rest.indexOf('.') + 1);
            if (index < 0) {
                throw mismatch(stored, kind, states.size(), groups);
            }
            if (ofGroup) {
                settings.get(index).put(last, value);
            } else if (last.equals(STEP)) {
                loaded.get(index).steps(Math.round(value));
            } else {
                loaded.get(index).set(last, value);
            }
        });
        for (int i = 0; i < groups.size(); i++) {
            if (!settings.get(i).keySet().containsAll(groups.get(i).settings().keySet())) {
                throw mismatch(stored, kind, states.size(), groups);
            }
        }
        for (int i = 0; i < states.size(); i++) {
            stored.number(i + "." + STEP);
        }
        try (var _ = Autograd.noGrad()) {
            stored.tensors().forEach((name, tensor) -> loadTensor(loaded, parameters, shapes, name, tensor));
        }
        for (int i = 0; i < states.size(); i++) {
            states.get(i).load(loaded.get(i));
        }
        for (int i = 0; i < groups.size(); i++) {
            ParameterGroup group = groups.get(i);
            group.notes().clear();
            settings.get(i).forEach((name, value) -> {
                if (name.startsWith(NOTES)) {
                    group.note(name.substring(NOTES.length()), value);
                } else if (group.has(name)) {
                    group.set(name, value);
                }
            });
        }
    }

    private static void loadTensor(
            List<ParameterState> loaded, List<Parameter> parameters, BiFunction<String, Shape, @Nullable Shape> shapes, String name,
            Tensor tensor) {
        int index = index(name, loaded.size());
        if (index < 0) {
            throw new InvalidArgumentException("[loadState] expected state of parameters 0 to " + (loaded.size() - 1) + ", got '" + name
                    + "'");
        }
        Tensor value = parameters.get(index).tensor();
        String last = name.substring(name.indexOf('.') + 1);
        Shape shape = shapes.apply(last, value.shape());
        if (!tensor.shape().equals(shape)) {
            throw new InvalidArgumentException("[loadState] expected state of shape " + shape + " for parameter " + index + ", got '" + name
                    + "' of shape " + tensor.shape());
        }
        loaded.get(index).tensors().put(last, tensor.to(value.dtype()).to(value.device()).clone());
    }

    /** Returns the number before the first dot, or -1. */
    private static int index(String name, int count) {
        int dot = name.indexOf('.');
        int index = dot < 1 || !name.substring(0, dot).matches("[0-9]{1,9}") ? -1 : Integer.parseInt(name.substring(0, dot));
        return index < count ? index : -1;
    }

    private static InvalidArgumentException mismatch(State stored, String kind, int parameters, List<ParameterGroup> groups) {
        return new InvalidArgumentException("[loadState] expected the state of " + kind + " with " + parameters + " parameters in "
                + groups.size() + " groups with the settings " + groups.getFirst().settings().keySet() + ", got that of " + stored.kind()
                + " with numbers " + new TreeSet<>(stored.numbers().keySet()) + "; create the optimizer as it was when it was saved");
    }
}
