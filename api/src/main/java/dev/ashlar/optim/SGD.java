// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import dev.ashlar.Tensor;
import dev.ashlar.nn.Parameter;
import dev.ashlar.type.InvalidArgumentException;
import java.util.List;
import java.util.Map;

/**
 * Stochastic gradient descent, with momentum if set: {@code buffer = momentum * buffer + (1 - dampening) * gradient}, then
 * {@code value -= lr * buffer}. Weight decay is added to the gradient.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.SGD.html">torch.optim.SGD</a>
 */
public final class SGD extends DecayingOptimizer<SGD> {
    private static final String BUFFER = "momentum_buffer";
    private static final Map<String, Double> DEFAULTS = Map.of("lr", 1e-3, "momentum", 0.0, "dampening", 0.0, "nesterov", 0.0);

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

    /** Sets how much of the last direction is kept, &gt;= 0; returns this. */
    public SGD momentum(double value) {
        return withPositive("momentum", value);
    }

    /** Sets how much less the gradient counts with momentum; returns this. */
    public SGD dampening(double value) {
        return with("dampening", value, !Double.isNaN(value), "to be a number");
    }

    /** Looks ahead along the momentum, which must not be 0 when a step is taken, without dampening; returns this. */
    public SGD nesterov(boolean ahead) {
        return withFlag("nesterov", ahead);
    }

    @Override
    protected List<String> stateNames(ParameterGroup group) {
        return group.get("momentum") == 0 ? List.of() : List.of(BUFFER);
    }

    @Override
    protected void update(Tensor value, Tensor gradient, ParameterState state, ParameterGroup group) {
        double momentum = group.get("momentum");
        double dampening = group.get("dampening");
        if (group.is("nesterov") && (momentum <= 0 || dampening != 0)) {
            throw new InvalidArgumentException("[SGD] expected momentum and no dampening with nesterov, got momentum " + momentum
                    + " and dampening " + dampening + "; set momentum(0.9), or nesterov(false)");
        }
        Tensor direction = penalised(gradient, value, group);
        if (momentum != 0) {
            Tensor buffer = state.tensor(BUFFER);
            buffer.mulAssign(momentum);
            // The first gradient counts in full, as in PyTorch.
            buffer.addAssign(dampening == 0 ? direction : direction.mul(state.isNew(BUFFER) ? 1.0 : 1 - dampening));
            direction = group.is("nesterov") ? direction.add(buffer.mul(momentum)) : buffer;
        }
        value.subAssign(direction.mul(group.lr()));
    }
}
