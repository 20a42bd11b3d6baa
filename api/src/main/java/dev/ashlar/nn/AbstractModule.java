// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.RemovableHandle;
import dev.ashlar.Tensor;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What own modules extend: it keeps what they register.
 *
 * <pre>{@code
 * final class Classifier extends AbstractModule implements Layer {
 *     private final Linear hidden = register("hidden", new Linear(784, 128));
 *     private final Linear output = register("output", new Linear(128, 10));
 *
 *     @Override public Tensor forward(Tensor input) {
 *         return output.forward(hidden.forward(input.flatten(1)).relu());
 *     }
 * }
 * }</pre>
 *
 * <p>Modules of this library run their hooks around {@code forward}; own ones do if they compute inside {@link #hooked(Tensor,
 * UnaryOperator)}.
 *
 * <p>Fields hold the modules and the places of tensors ({@link Parameter}, {@link Buffer}), and ask those for the tensor in each
 * {@code forward}: it is another one after a move to another device.
 */
public abstract class AbstractModule implements Module {
    // Dots separate the parts of a path, and a slash what belongs to an optimizer in a checkpoint.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");

    private final Map<String, Module> children = new LinkedHashMap<>();
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final Map<String, Buffer> buffers = new LinkedHashMap<>();
    private boolean training = true;
    private @Nullable Hooks hooks;

    /** Creates a module without children or parameters, in training mode. */
    protected AbstractModule() {}

    /**
     * Makes a module a child of this one; returns it. A module may have several parents, which then share it.
     *
     * @param name letters, digits, underscores and hyphens; new in this module
     */
    protected final <M extends Module> M register(String name, M module) {
        children.put(checked(name), module);
        return module;
    }

    /**
     * Creates a parameter.
     *
     * @param name letters, digits, underscores and hyphens; new in this module
     * @param initial a leaf that requires gradients becomes the parameter itself, of another tensor the value is copied
     */
    protected final Parameter registerParameter(String name, Tensor initial) {
        return registerParameter(name, Parameter.startingAt(initial));
    }

    /** Shares a parameter of another module, or of this one under another name; returns it. */
    protected final Parameter registerParameter(String name, Parameter shared) {
        parameters.put(checked(name), shared);
        return shared;
    }

    /**
     * Creates a buffer with a copy of a value.
     *
     * @param name letters, digits, underscores and hyphens; new in this module
     */
    protected final Buffer registerBuffer(String name, Tensor initial) {
        return registerBuffer(name, initial, true);
    }

    /**
     * Creates a buffer with a copy of a value.
     *
     * @param name letters, digits, underscores and hyphens; new in this module
     * @param persistent whether it is part of {@link #stateDict()}; if not, it only moves with the module
     */
    protected final Buffer registerBuffer(String name, Tensor initial, boolean persistent) {
        Buffer buffer = Buffer.startingAt(initial, persistent);
        buffers.put(checked(name), buffer);
        return buffer;
    }

    /**
     * Has this module use another one's parameter in the place of its own, under its own name: {@code output.tie("weight",
     * table.getParameter("weight"))}. Gradients of both add up, an optimizer gets the parameter once, and a state has it under both names.
     *
     * @param name of a parameter of this module itself
     * @throws InvalidArgumentException if there is none
     * @throws ShapeMismatchException if the shapes differ
     */
    public final void tie(String name, Parameter shared) {
        Parameter own = getParameter(name);
        if (!parameters.containsKey(name) || !own.shape().equals(shared.shape())) {
            throw new ShapeMismatchException("[tie] expected an own parameter '" + name + "' of shape " + shared.shape() + ", got shape "
                    + own.shape() + "; tie parameters of one shape");
        }
        if (own != shared) {
            parameters.put(name, shared);
            own.derive(shared, shared::tensor);
        }
    }

    /** Makes these modules the children, instead of those that were. */
    final void replaceChildren(Map<String, ? extends Module> modules) {
        children.clear();
        modules.forEach(this::register);
    }

    /** Gives up a child, a parameter or a buffer. */
    final void unregister(String name) {
        children.remove(name);
        parameters.remove(name);
        buffers.remove(name);
    }

    private String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidArgumentException("[register] expected a name of letters, digits, _ and -, got '" + name + "'");
        }
        if (children.containsKey(name) || parameters.containsKey(name) || buffers.containsKey(name)) {
            throw new InvalidArgumentException("[register] expected a name that is new in " + getClass().getSimpleName() + ", got '" + name
                    + "' again");
        }
        return name;
    }

    @Override
    public final Map<String, Module> children() {
        return Collections.unmodifiableMap(children);
    }

    @Override
    public final Map<String, Parameter> ownParameters() {
        return Collections.unmodifiableMap(parameters);
    }

    @Override
    public final Map<String, Buffer> ownBuffers() {
        return Collections.unmodifiableMap(buffers);
    }

    @Override
    public final boolean isTraining() {
        return training;
    }

    @Override
    public final void setTraining(boolean training) {
        this.training = training;
    }

    /** Returns the tree of modules, as PyTorch prints it. */
    @Override
    public String toString() {
        return ModuleTree.print(this);
    }

    // ---- hooks ------------------------------------------------------------------------------------------------------------------

    private Hooks ownHooks() {
        Hooks known = hooks;
        if (known == null) {
            known = new Hooks();
            hooks = known;
        }
        return known;
    }

    @Override
    public final RemovableHandle registerForwardPreHook(Hooks.ForwardPre hook) {
        return ownHooks().addForwardPre(hook);
    }

    @Override
    public final RemovableHandle registerForwardHook(Hooks.Forward hook) {
        return ownHooks().addForward(hook);
    }

    @Override
    public final RemovableHandle registerFullBackwardPreHook(Hooks.BackwardPre hook) {
        return ownHooks().addBackwardPre(hook);
    }

    @Override
    public final RemovableHandle registerFullBackwardHook(Hooks.Backward hook) {
        return ownHooks().addBackward(hook);
    }

    /** Returns what the function computes of the input, with the hooks of this module around it. */
    protected final Tensor hooked(Tensor input, UnaryOperator<Tensor> compute) {
        return hooks == null ? compute.apply(input) : hooked(List.of(input), inputs -> compute.apply(inputs.getFirst()));
    }

    /** Returns what the function computes of two inputs, with the hooks of this module around it. */
    protected final Tensor hooked(Tensor first, Tensor second, BinaryOperator<Tensor> compute) {
        return hooks == null ? compute.apply(first, second)
                : hooked(List.of(first, second), inputs -> compute.apply(inputs.get(0), inputs.get(1)));
    }

    /** Returns what the function computes of any inputs, with the hooks of this module around it. */
    protected final Tensor hooked(List<Tensor> inputs, Function<List<Tensor>, Tensor> compute) {
        Hooks known = hooks;
        return known == null ? compute.apply(inputs) : known.run(this, given -> List.of(compute.apply(given)), inputs).getFirst();
    }

    /**
     * Returns the several results that the function computes of any inputs, with the hooks of this module around it. Inputs that were
     * not given are left out of the list, and results that there are none of, too.
     */
    protected final List<Tensor> hookedAll(List<Tensor> inputs, Function<List<Tensor>, List<Tensor>> compute) {
        Hooks known = hooks;
        return known == null ? compute.apply(inputs) : known.run(this, compute, inputs);
    }
}
