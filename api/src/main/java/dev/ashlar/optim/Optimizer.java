// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import dev.ashlar.Device;
import dev.ashlar.RemovableHandle;
import dev.ashlar.State;
import dev.ashlar.Stateful;
import dev.ashlar.Tensor;
import dev.ashlar.nn.Parameter;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Changes parameters by their gradients. */
public interface Optimizer extends Stateful {
    /** Removes the gradients of all parameters. */
    void zeroGrad();

    /** Removes the gradients of all parameters, or fills them with zeros: then momentum and weight decay still work on them. */
    void zeroGrad(boolean setToNull);

    /**
     * Changes every parameter that has a gradient, and computes everything that this thread has recorded on the parameters' device. No
     * value comes to the host, so the step does not wait for a device.
     *
     * @throws dev.ashlar.type.DeviceMismatchException if a parameter has moved and the state has not; see {@link #to}
     */
    void step();

    /**
     * Computes a loss and takes a step. Some optimizers, {@link LBFGS} for example, ask for the loss several times.
     *
     * <pre>{@code
     * optimizer.step(() -> {
     *     optimizer.zeroGrad();
     *     Tensor loss = lossFunction.forward(model.forward(x), y);
     *     loss.backward();
     *     return loss;
     * });
     * }</pre>
     *
     * @param closure removes the gradients, computes the loss, calls backward and returns the loss
     * @return the loss that came first
     */
    Tensor step(Supplier<Tensor> closure);

    /** Calls a function before each step. */
    RemovableHandle registerStepPreHook(Consumer<? super Optimizer> hook);

    /** Calls a function after each step. */
    RemovableHandle registerStepPostHook(Consumer<? super Optimizer> hook);

    /**
     * Adds parameters, for example of layers that are trained from now on. Returns this.
     *
     * @throws dev.ashlar.type.InvalidArgumentException if one of them is in a group already
     */
    Optimizer addParameterGroup(ParameterGroup group);

    /**
     * Moves the state to a device. Call it after the module has moved: the optimizer goes on with the moved parameters as if nothing
     * had happened. Returns this.
     */
    Optimizer to(Device device);

    /** Returns the groups of parameters, whose settings may be changed between steps. */
    List<ParameterGroup> groups();

    /** Returns all parameters, in the order of the groups. */
    List<Parameter> parameters();

    /**
     * Returns what a step depends on beside parameters and gradients: state per parameter, named by its position and what it is
     * ({@code 3.exp_avg}), step counts ({@code 3.step}), and settings per group ({@code groups.0.lr}). Later steps do not change what was
     * returned.
     */
    @Override
    State state();

    /**
     * Goes on from a state.
     *
     * @throws dev.ashlar.type.InvalidArgumentException if it is not that of such an optimizer with such parameters; nothing has changed
     */
    @Override
    void loadState(State state);
}
