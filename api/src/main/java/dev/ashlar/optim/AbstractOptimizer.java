// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import dev.ashlar.Device;
import dev.ashlar.State;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.nn.Parameter;
import dev.ashlar.type.DType;
import dev.ashlar.type.DeviceMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What optimizers have in common: groups, state, moving. Own optimizers extend it: they name their settings and their state, and write
 * the formula of one parameter's update with tensor operations.
 */
public abstract class AbstractOptimizer implements Optimizer {
    private final List<ParameterGroup> groups;
    private final List<Entry> entries = new ArrayList<>();

    /** One parameter, its group and what is remembered about it. */
    private static final class Entry {
        final Parameter parameter;
        final ParameterGroup group;
        Map<String, Tensor> state = new LinkedHashMap<>();
        long steps;

        Entry(Parameter parameter, ParameterGroup group) {
            this.parameter = parameter;
            this.group = group;
        }
    }

    /**
     * @param groups at least one parameter in all of them, none twice
     * @param defaults all settings by name, {@code lr} and {@code maximize} among them, with the values for groups that say nothing
     */
    protected AbstractOptimizer(List<ParameterGroup> groups, Map<String, Double> defaults) {
        this.groups = List.copyOf(groups);
        Set<Parameter> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (ParameterGroup group : groups) {
            group.bind(defaults);
            for (Parameter parameter : group.parameters()) {
                if (!seen.add(parameter)) {
                    throw new InvalidArgumentException("[optimizer] expected each parameter once, got one of shape " + parameter.shape()
                            + " twice");
                }
                entries.add(new Entry(parameter, group));
            }
        }
        if (entries.isEmpty()) {
            throw new InvalidArgumentException("[optimizer] expected at least one parameter, got none");
        }
        // Initial values are computed now, so that they are no part of the first step and that one has the plan of all later ones.
        computePending(entries);
    }

    /** Computes what is pending on the devices of parameters: one value of each device is enough. */
    private static void computePending(List<Entry> changed) {
        Device computed = null;
        for (Entry entry : changed.reversed()) {
            Device device = entry.parameter.device();
            if (device != computed) {
                entry.parameter.tensor().realize();
                computed = device;
            }
        }
    }

    // ---- what an optimizer says about itself ------------------------------------------------------------------------------------

    /** Returns the names of the tensors that are remembered for each parameter of a group. */
    protected abstract List<String> stateNames(ParameterGroup group);

    /** Returns the number that a remembered tensor is full of before the first step; 0 unless overridden. */
    protected double initialState(ParameterGroup group, String name) {
        return 0;
    }

    /**
     * Changes one parameter; called without gradient mode. It must not read values: everything that is recorded here for all parameters
     * is computed together.
     *
     * @param value the parameter, to be changed in place
     * @param gradient the direction to go against; not to be changed
     * @param state what is remembered, to be changed in place
     * @param step 1 in the first step of this parameter
     */
    protected abstract void update(Tensor value, Tensor gradient, Map<String, Tensor> state, ParameterGroup group, long step);

    /** Changes a setting of all groups, after a check. */
    protected final void setAll(String name, double value, boolean valid, String range) {
        if (!valid) {
            throw new InvalidArgumentException("[optimizer] expected " + name + " " + range + ", got " + value);
        }
        groups.forEach(group -> group.set(name, value));
    }

    // ---- optimising -------------------------------------------------------------------------------------------------------------

    @Override
    public final void zeroGrad() {
        entries.forEach(entry -> entry.parameter.zeroGrad());
    }

    @Override
    public final void step() {
        List<Entry> changed = new ArrayList<>();
        try (var _ = Autograd.noGrad()) {
            for (Entry entry : entries) {
                if (entry.parameter.gradOrNull() != null) {
                    prepare(entry);
                    changed.add(entry);
                }
            }
            for (Entry entry : changed) {
                Tensor gradient = entry.parameter.tensor().grad();
                entry.steps++;
                Tensor direction = entry.group.is("maximize") ? gradient.neg() : gradient;
                update(entry.parameter.tensor(), direction, entry.state, entry.group, entry.steps);
            }
            computePending(changed);
        }
    }

    /** Creates state that is not there yet, and checks that it is where the parameter is. */
    private void prepare(Entry entry) {
        Tensor value = entry.parameter.tensor();
        for (String name : stateNames(entry.group)) {
            Tensor known = entry.state.get(name);
            if (known == null) {
                entry.state.put(name, full(value.shape(), initialState(entry.group, name), value));
            } else if (known.device() != value.device() && !known.device().equals(value.device())) {
                throw new DeviceMismatchException("[step] expected the optimizer's state where the parameters are, on "
                        + value.device().name() + ", it is on " + known.device().name() + "; call optimizer.to(device) after"
                        + " model.to(device)");
            } else if (known.dtype() != value.dtype()) {
                entry.state.put(name, known.to(value.dtype()));
            }
        }
    }

    /** Returns a tensor that comes from the host: unlike a recorded constant it does not give the first step a plan of its own. */
    private static Tensor full(Shape shape, double value, Tensor like) {
        DType type = like.dtype();
        if (shape.rank() == 0) {
            return Tensor.scalar(value, type).to(like.device());
        }
        int count = Math.toIntExact(shape.elements());
        Tensor made;
        if (type == DType.FLOAT64) {
            double[] data = new double[count];
            Arrays.fill(data, value);
            made = Tensor.of(data, shape.toArray());
        } else {
            float[] data = new float[count];
            Arrays.fill(data, (float) value);
            made = Tensor.of(data, shape.toArray()).to(type);
        }
        return made.to(like.device());
    }

    @Override
    public Optimizer to(Device device) {
        try (var _ = Autograd.noGrad()) {
            for (Entry entry : entries) {
                entry.state.replaceAll((_, tensor) -> tensor.to(device));
            }
        }
        return this;
    }

    @Override
    public final List<ParameterGroup> groups() {
        return groups;
    }

    @Override
    public final List<Parameter> parameters() {
        return entries.stream().map(entry -> entry.parameter).toList();
    }

    // ---- state ------------------------------------------------------------------------------------------------------------------

    private String kind() {
        return getClass().getSimpleName();
    }

    private static String groupKey(int group, String setting) {
        return "groups." + group + "." + setting;
    }

    @Override
    public final State state() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            String prefix = i + ".";
            numbers.put(prefix + "step", (double) entry.steps);
            entry.state.forEach((name, tensor) -> tensors.put(prefix + name, tensor.detach()));
        }
        for (int i = 0; i < groups.size(); i++) {
            int group = i;
            groups.get(i).settings().forEach((name, value) -> numbers.put(groupKey(group, name), value));
        }
        return new State(kind(), tensors, numbers, Map.of());
    }

    @Override
    public final void loadState(State stored) {
        Map<String, Double> expected = new LinkedHashMap<>(state().numbers());
        if (!stored.kind().equals(kind()) || !stored.numbers().keySet().equals(expected.keySet())) {
            throw new InvalidArgumentException("[loadState] expected the state of " + kind() + " with " + entries.size() + " parameters in "
                    + groups.size() + " groups, got that of " + stored.kind() + " with numbers "
                    + new TreeMap<>(stored.numbers()).keySet() + "; create the optimizer as it was when it was saved");
        }
        List<Map<String, Tensor>> states = new ArrayList<>();
        entries.forEach(_ -> states.add(new LinkedHashMap<>()));
        try (var _ = Autograd.noGrad()) {
            stored.tensors().forEach((name, tensor) -> {
                int dot = name.indexOf('.');
                int index = dot < 1 || !name.substring(0, dot).matches("[0-9]{1,9}") ? -1 : Integer.parseInt(name.substring(0, dot));
                if (index < 0 || index >= entries.size()) {
                    throw new InvalidArgumentException("[loadState] expected state of parameters 0 to " + (entries.size() - 1) + ", got '"
                            + name + "'");
                }
                Tensor value = entries.get(index).parameter.tensor();
                if (!tensor.shape().equals(value.shape())) {
                    throw new InvalidArgumentException("[loadState] expected state of shape " + value.shape() + " for parameter " + index
                            + ", got '" + name + "' of shape " + tensor.shape());
                }
                states.get(index).put(name.substring(dot + 1), tensor.to(value.dtype()).to(value.device()).clone());
            });
        }
        for (int i = 0; i < entries.size(); i++) {
            entries.get(i).state = states.get(i);
            entries.get(i).steps = Math.round(stored.numbers().get(i + ".step"));
        }
        for (int i = 0; i < groups.size(); i++) {
            ParameterGroup group = groups.get(i);
            for (String name : List.copyOf(group.settings().keySet())) {
                group.set(name, stored.numbers().get(groupKey(i, name)));
            }
        }
    }

    /** Returns the optimizer with its settings, as PyTorch prints it. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(kind()).append(" (\n");
        for (int i = 0; i < groups.size(); i++) {
            text.append("Parameter Group ").append(i).append('\n');
            groups.get(i).settings().forEach((name, value) -> text.append("    ").append(name).append(": ").append(value).append('\n'));
        }
        return text.append(')').toString();
    }
}
