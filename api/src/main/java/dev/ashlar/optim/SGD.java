// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import dev.ashlar.Device;
import dev.ashlar.Tensor;
import dev.ashlar.nn.Parameter;
import dev.ashlar.type.InvalidArgumentException;
import java.util.List;
import java.util.Map;

/**
 * Stochastic gradient descent, with momentum if set: {@code buffer = momentum * buffer + (1 - dampening) * gradient}, then
 * {@code value -= lr * buffer}.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.SGD.html">torch.optim.SGD</a>
 */
public final class SGD extends AbstractOptimizer {
    private static final String BUFFER = "momentum_buffer";
    private static final Map<String, Double> DEFAULTS =
            Map.of("lr", 1e-3, "momentum", 0.0, "dampening", 0.0, "weightDecay", 0.0, "nesterov", 0.0, "maximize", 0.0);

    /** Creates the optimizer with learning rate 1e-3. */
    public SGD(List<Parameter> parameters) {
        this(new ParameterGroup(parameters));
    }

    /** @param lr learning rate, &gt;= 0 */
    public SGD(List<Parameter> parameters, double lr) {
        this(new ParameterGroup(parameters));
        lr(lr);
    }

    /** Creates the optimizer with groups that have settings of their own. */
    public SGD(ParameterGroup... groups) {
        super(List.of(groups), DEFAULTS);
    }

    /** Sets the learning rate of all groups; returns this. */
    public SGD lr(double value) {
        setAll("lr", value, value >= 0, ">= 0");
        return this;
    }

    /** Sets how much of the last direction is kept; returns this. */
    public SGD momentum(double value) {
        setAll("momentum", value, value >= 0, ">= 0");
        return this;
    }

    /** Sets how much less the gradient counts with momentum; returns this. */
    public SGD dampening(double value) {
        setAll("dampening", value, value <= 1, "<= 1");
        return this;
    }

    /** Sets the factor of the parameter that is added to its gradient; returns this. */
    public SGD weightDecay(double value) {
        setAll("weightDecay", value, value >= 0, ">= 0");
        return this;
    }

    /** Looks ahead along the momentum, which must not be 0, without dampening; returns this. */
    public SGD nesterov(boolean ahead) {
        setAll("nesterov", ahead ? 1 : 0, true, "");
        return this;
    }

    @Override
    protected List<String> stateNames(ParameterGroup group) {
        return group.get("momentum") == 0 ? List.of() : List.of(BUFFER);
    }

    @Override
    protected void update(Tensor value, Tensor gradient, Map<String, Tensor> state, ParameterGroup group, long step) {
        double momentum = group.get("momentum");
        double dampening = group.get("dampening");
        double decay = group.get("weightDecay");
        if (group.is("nesterov") && (momentum == 0 || dampening != 0)) {
            throw new InvalidArgumentException("[SGD] expected momentum and no dampening with nesterov, got momentum " + momentum
                    + " and dampening " + dampening);
        }
        Tensor direction = decay == 0 ? gradient : gradient.add(value.mul(decay));
        if (momentum != 0) {
            Tensor buffer = state.get(BUFFER);
            buffer.mulAssign(momentum);
            // The first gradient counts in full, as in PyTorch.
            buffer.addAssign(dampening == 0 ? direction : direction.mul(step == 1 ? 1.0 : 1 - dampening));
            direction = group.is("nesterov") ? direction.add(buffer.mul(momentum)) : buffer;
        }
        value.subAssign(direction.mul(group.lr()));
    }

    /** Goes uphill instead of downhill; returns this. */
    public SGD maximize(boolean uphill) {
        setAll("maximize", uphill ? 1 : 0, true, "");
        return this;
    }

    @Override
    public SGD to(Device device) {
        super.to(device);
        return this;
    }
}
