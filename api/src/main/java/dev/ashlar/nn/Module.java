// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Device;
import dev.ashlar.RemovableHandle;
import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/**
 * Everything with state: parameters that are trained, buffers that are not, and children. It has no {@code forward} of its own, since
 * losses and recurrent modules take more than one tensor; see {@link Layer} for what turns one tensor into one.
 *
 * <p>The name shadows {@link java.lang.Module}; files that use it import {@code dev.ashlar.nn.Module} by name. Own modules extend
 * {@link AbstractModule}; this interface alone is a module without state.
 */
public interface Module {
    // ---- what belongs to it -----------------------------------------------------------------------------------------------------

    /** Returns the modules that this one registered, by name, in the order of registration. */
    default Map<String, Module> children() {
        return Map.of();
    }

    /** Returns the parameters of this module alone, by name, in the order of registration. */
    default Map<String, Parameter> ownParameters() {
        return Map.of();
    }

    /** Returns the buffers of this module alone, by name, in the order of registration. */
    default Map<String, Buffer> ownBuffers() {
        return Map.of();
    }

    /** Returns this module and all below it, by path ({@code ""} for this one), each once. */
    default Map<String, Module> namedModules() {
        return ModuleTree.modules(this);
    }

    /** Returns all parameters by path, for example {@code 0.weight}; one that is shared is listed once, under its first path. */
    default Map<String, Parameter> namedParameters() {
        return ModuleTree.parameters(this);
    }

    /** Returns all parameters, each once. They stay valid when the module moves to another device. */
    default List<Parameter> parameters() {
        return List.copyOf(namedParameters().values());
    }

    /**
     * Returns some parameters, each once: groups for an optimizer, for example those of two dimensions and more, or those below {@code
     * head}.
     *
     * @param which is asked with the path and the parameter
     */
    default List<Parameter> parameters(BiPredicate<String, Parameter> which) {
        return namedParameters().entrySet().stream().filter(entry -> which.test(entry.getKey(), entry.getValue())).map(Map.Entry::getValue)
                .toList();
    }

    /** Returns all buffers by path; one that is shared is listed once. */
    default Map<String, Buffer> namedBuffers() {
        return ModuleTree.buffers(this);
    }

    /**
     * Returns the module at a path, for example {@code encoder.layers.0}; this one for {@code ""}.
     *
     * @throws InvalidArgumentException if there is none; the message lists what is there
     */
    default Module getSubmodule(String path) {
        return ModuleTree.submodule(this, path);
    }

    /**
     * Returns the parameter at a path, for example {@code encoder.layers.0.weight}.
     *
     * @throws InvalidArgumentException if there is none; the message lists what is there
     */
    default Parameter getParameter(String path) {
        return ModuleTree.slot(this, path, "parameter", Module::ownParameters);
    }

    /**
     * Returns the buffer at a path, for example {@code 1.running_mean}.
     *
     * @throws InvalidArgumentException if there is none; the message lists what is there
     */
    default Buffer getBuffer(String path) {
        return ModuleTree.slot(this, path, "buffer", Module::ownBuffers);
    }

    // ---- mode -------------------------------------------------------------------------------------------------------------------

    /** Returns whether the module is in training mode; true from the start. */
    default boolean isTraining() {
        return true;
    }

    /** Sets the mode of this module alone; {@link #train(boolean)} sets that of all below it too. */
    default void setTraining(boolean training) {}

    /** Puts this module and all below it in training mode; returns this. */
    default Module train() {
        return train(true);
    }

    /** Puts this module and all below it in training or evaluation mode; returns this. */
    default Module train(boolean training) {
        for (Module module : namedModules().values()) {
            module.setTraining(training);
        }
        return this;
    }

    /** Puts this module and all below it in evaluation mode (dropout does nothing, for example); returns this. */
    default Module eval() {
        return train(false);
    }

    // ---- change -----------------------------------------------------------------------------------------------------------------

    /**
     * Moves parameters with their gradients, and buffers, of this module and all below it to a device; returns this. An optimizer that
     * was given {@link #parameters()} goes on with the moved ones after its own {@code to}.
     */
    default Module to(Device device) {
        ModuleTree.slots(this).values().forEach(slot -> slot.to(device));
        return this;
    }

    /**
     * Casts floating-point parameters with their gradients, and buffers, of this module and all below it; returns this.
     *
     * @throws InvalidArgumentException if the type is not a floating-point type
     */
    default Module to(DType type) {
        if (!type.isFloatingPoint()) {
            throw new InvalidArgumentException("[to] expected a floating-point type for a module, got " + type);
        }
        ModuleTree.slots(this).values().forEach(slot -> slot.to(type));
        return this;
    }

    /** Says whether gradients flow to the parameters of this module and all below it; returns this. */
    default Module requiresGrad(boolean required) {
        parameters().forEach(parameter -> parameter.requiresGrad(required));
        return this;
    }

    /**
     * Keeps all parameters as they are, since no gradients flow to them any more; returns this. Running statistics go on changing in
     * training mode: {@link #eval()} stops these.
     */
    default Module freeze() {
        return requiresGrad(false);
    }

    /** Lets gradients flow to all parameters again; returns this. */
    default Module unfreeze() {
        return requiresGrad(true);
    }

    /** Removes the gradients of all parameters. */
    default void zeroGrad() {
        parameters().forEach(Parameter::zeroGrad);
    }

    /** Hands every module below this one and at last this one to an action, children before parents; returns this. */
    default Module apply(Consumer<? super Module> action) {
        children().values().forEach(child -> child.apply(action));
        action.accept(this);
        return this;
    }

    // ---- hooks ------------------------------------------------------------------------------------------------------------------

    private InvalidArgumentException hookless(String operation) {
        return new InvalidArgumentException("[" + operation + "] expected a module that keeps hooks, got "
                + getClass().getSimpleName() + "; extend AbstractModule and compute inside hooked()");
    }

    /**
     * Calls a function with the inputs before each {@code forward}; it may replace them.
     *
     * @return takes the hook back
     * @throws InvalidArgumentException if this module keeps no hooks: lambdas do not
     */
    default RemovableHandle registerForwardPreHook(Hooks.ForwardPre hook) {
        throw hookless("registerForwardPreHook");
    }

    /** Calls a function with inputs and output after each {@code forward}; it may replace the output. */
    default RemovableHandle registerForwardHook(Hooks.Forward hook) {
        throw hookless("registerForwardHook");
    }

    /** Calls a function with the output's gradient in backward, before the module's own part of it; it may replace the gradient. */
    default RemovableHandle registerFullBackwardPreHook(Hooks.BackwardPre hook) {
        throw hookless("registerFullBackwardPreHook");
    }

    /**
     * Calls a function with the gradients of inputs and output in backward, when both are there; it may replace those of the inputs. If
     * no input requires gradients, the list is empty.
     */
    default RemovableHandle registerFullBackwardHook(Hooks.Backward hook) {
        throw hookless("registerFullBackwardHook");
    }

    // ---- state ------------------------------------------------------------------------------------------------------------------

    /**
     * Returns the values of all parameters and persistent buffers by path. They are those of now: later training does not change them. One
     * that is shared is there under each of its paths.
     */
    default LinkedHashMap<String, Tensor> stateDict() {
        LinkedHashMap<String, Tensor> state = new LinkedHashMap<>();
        ModuleTree.state(this).forEach((name, slot) -> state.put(name, slot.tensor().detach()));
        return state;
    }

    /** Returns the state of this module under names that begin with a prefix, for example {@code encoder.}. */
    default LinkedHashMap<String, Tensor> stateDict(String prefix) {
        LinkedHashMap<String, Tensor> state = new LinkedHashMap<>();
        stateDict().forEach((name, value) -> state.put(prefix + name, value));
        return state;
    }

    /**
     * Copies values into all parameters and persistent buffers; they are cast and moved to where those are.
     *
     * @throws InvalidArgumentException if names are missing, unexpected or have another shape; the message lists them, and nothing has
     *     changed
     */
    default void loadStateDict(Map<String, Tensor> state) {
        loadStateDict(state, true);
    }

    /**
     * Copies values into parameters and buffers; they are cast and moved to where those are.
     *
     * @param strict whether missing and unexpected names are errors; another shape always is one
     * @return the names that did not match, all empty if {@code strict}
     * @throws InvalidArgumentException if something does not match; the message lists it, and nothing has changed
     */
    default Unmatched loadStateDict(Map<String, Tensor> state, boolean strict) {
        return ModuleTree.load(this, state, strict);
    }

    /**
     * Names that one side of {@link #loadStateDict(Map, boolean)} lacked.
     *
     * @param missing parameters and buffers that the state has no value for
     * @param unexpected values that the module has no place for
     */
    record Unmatched(List<String> missing, List<String> unexpected) {
        public Unmatched {
            missing = List.copyOf(missing);
            unexpected = List.copyOf(unexpected);
        }
    }

    /** Returns what stands between the parentheses when the module is printed, for example {@code in_features=1, out_features=5}. */
    default String extraRepr() {
        return "";
    }
}
