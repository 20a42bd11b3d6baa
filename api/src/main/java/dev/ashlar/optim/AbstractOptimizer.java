// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import dev.ashlar.Device;
import dev.ashlar.RemovableHandle;
import dev.ashlar.State;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.nn.Parameter;
import dev.ashlar.type.DeviceMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What optimizers have in common: groups, state, moving. Own optimizers extend it: they name their settings and their state, and write
 * the formula of one parameter's update with tensor operations.
 */
public abstract class AbstractOptimizer implements Optimizer {
    static final String MAXIMIZE = "maximize";

    private final Map<String, Double> defaults;
    private final List<ParameterGroup> groups = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private final Set<Consumer<? super Optimizer>> before = Hooks.none();
    private final Set<Consumer<? super Optimizer>> after = Hooks.none();

    /** One parameter, its group and what is remembered about it. */
    private record Entry(Parameter parameter, ParameterGroup group, ParameterState state) {}

    /**
     * @param groups at least one parameter in all of them, none twice
     * @param defaults all settings by name, {@code lr} among them, with the values for groups that say nothing
     */
    protected AbstractOptimizer(List<ParameterGroup> groups, Map<String, Double> defaults) {
        this.defaults = new LinkedHashMap<>(defaults);
        if (groups.stream().allMatch(group -> group.parameters().isEmpty())) {
            throw new InvalidArgumentException("[optimizer] expected at least one parameter, got none");
        }
        groups.forEach(this::add);
        // Initial values are computed now, so that they are no part of the first step and that one has the plan of all later ones.
        computePending(entries);
    }

    private void add(ParameterGroup group) {
        Set<Parameter> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        entries.forEach(entry -> seen.add(entry.parameter));
        for (Parameter parameter : group.parameters()) {
            if (!seen.add(parameter)) {
                throw new InvalidArgumentException("[optimizer] expected each parameter once, got one of shape " + parameter.shape()
                        + " twice; give a shared one to one group only");
            }
        }
        group.bind(defaults);
        groups.add(group);
        group.parameters().forEach(parameter -> entries.add(new Entry(parameter, group, new ParameterState())));
    }

    @Override
    public Optimizer addParameterGroup(ParameterGroup group) {
        add(group);
        computePending(entries);
        return this;
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

    /** Returns the shape of a remembered tensor, or null if a parameter of that shape has none; that of the parameter unless overridden. */
    protected @Nullable Shape stateShape(String name, Shape parameter) {
        return parameter;
    }

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
     */
    protected abstract void update(Tensor value, Tensor gradient, ParameterState state, ParameterGroup group);

    /** Changes a setting of all groups that have not been given one of their own, after a check. */
    protected final void setAll(String name, double value, boolean valid, String range) {
        if (!valid) {
            throw new InvalidArgumentException("[" + kind() + "] expected " + name + " " + range + ", got " + value);
        }
        defaults.put(name, value);
        groups.forEach(group -> group.setDefault(name, value));
    }

    // ---- optimising -------------------------------------------------------------------------------------------------------------

    @Override
    public final void zeroGrad() {
        entries.forEach(entry -> entry.parameter.zeroGrad());
    }

    @Override
    public final void zeroGrad(boolean setToNull) {
        for (Entry entry : entries) {
            Tensor gradient = entry.parameter.gradOrNull();
            if (setToNull || gradient == null) {
                entry.parameter.zeroGrad();
            } else {
                entry.parameter.tensor().setGrad(Tensor.full(gradient.shape(), 0.0, gradient.dtype(), gradient.device()));
            }
        }
    }

    @Override
    public void step() {
        callBefore();
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
                entry.state.begin();
                Tensor direction = entry.group.has(MAXIMIZE) && entry.group.is(MAXIMIZE) ? gradient.neg() : gradient;
                update(entry.parameter.tensor(), direction, entry.state, entry.group);
                entry.state.end();
            }
            computePending(changed);
        }
        callAfter();
    }

    final void callBefore() {
        before.forEach(hook -> hook.accept(this));
    }

    final void callAfter() {
        after.forEach(hook -> hook.accept(this));
    }

    @Override
    public Tensor step(Supplier<Tensor> closure) {
        Tensor loss;
        try (var _ = Autograd.enableGrad()) {
            loss = closure.get();
        }
        step();
        return loss;
    }

    /** Creates state that is not there yet, and checks that it is where the parameter is. */
    private void prepare(Entry entry) {
        Tensor value = entry.parameter.tensor();
        Map<String, Tensor> tensors = entry.state.tensors();
        for (String name : stateNames(entry.group)) {
            Tensor known = tensors.get(name);
            Shape shape = stateShape(name, value.shape());
            if (known == null && shape != null) {
                entry.state.create(name, Filled.like(value, shape, initialState(entry.group, name)));
            } else if (known != null) {
                tensors.put(name, beside(known, value));
            }
        }
    }

    /** Returns a remembered tensor in the type of its parameter. */
    static Tensor beside(Tensor known, Tensor value) {
        if (known.device() != value.device() && !known.device().equals(value.device())) {
            throw new DeviceMismatchException("[step] expected the optimizer's state where the parameters are, on "
                    + value.device().name() + ", it is on " + known.device().name() + "; call optimizer.to(device) after"
                    + " model.to(device)");
        }
        return known.dtype() == value.dtype() ? known : known.to(value.dtype());
    }

    @Override
    public RemovableHandle registerStepPreHook(Consumer<? super Optimizer> hook) {
        return Hooks.add(before, hook);
    }

    @Override
    public RemovableHandle registerStepPostHook(Consumer<? super Optimizer> hook) {
        return Hooks.add(after, hook);
    }

    @Override
    public Optimizer to(Device device) {
        try (var _ = Autograd.noGrad()) {
            entries.forEach(entry -> entry.state.to(device));
        }
        return this;
    }

    @Override
    public final List<ParameterGroup> groups() {
        return Collections.unmodifiableList(groups);
    }

    @Override
    public final List<Parameter> parameters() {
        return entries.stream().map(Entry::parameter).toList();
    }

    /** Returns what is remembered about the parameter at a position in {@link #parameters()}. */
    final ParameterState stateOf(int position) {
        return entries.get(position).state;
    }

    // ---- state ------------------------------------------------------------------------------------------------------------------

    final String kind() {
        return getClass().getSimpleName();
    }

    @Override
    public final State state() {
        return OptimizerState.of(kind(), entries.stream().map(Entry::state).toList(), groups);
    }

    @Override
    public final void loadState(State stored) {
        OptimizerState.load(stored, kind(), entries.stream().map(Entry::state).toList(), groups, parameters(), this::stateShape);
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
