// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import dev.ashlar.Tensor;
import dev.ashlar.nn.Parameter;
import java.util.List;
import java.util.Map;

/**
 * Adam: steps along the mean of the gradients, divided by the root of the mean of their squares. Weight decay is added to the gradient,
 * unless it is decoupled as in {@link AdamW}.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.Adam.html">torch.optim.Adam</a>
 * @see <a href="https://arxiv.org/abs/1412.6980">Kingma, Ba: Adam, a method for stochastic optimization</a>
 */
public final class Adam extends AdamFamily<Adam> {
    private static final Map<String, Double> DEFAULTS = Map.of("lr", 1e-3, AdamStep.AMSGRAD, 0.0, DECOUPLED, 0.0);

    /** Creates the optimizer with learning rate 1e-3. */
    public Adam(List<Parameter> parameters) {
        this(new ParameterGroup(parameters));
    }

    /** @param lr learning rate, &gt;= 0 */
    public Adam(List<Parameter> parameters, double lr) {
        this(new ParameterGroup(parameters));
        lr(lr);
    }

    /** Creates the optimizer with groups that have settings of their own. */
    public Adam(ParameterGroup... groups) {
        super(List.of(groups), DEFAULTS);
    }

    /** Divides by the largest mean of squares so far; returns this. */
    public Adam amsgrad(boolean largest) {
        return withFlag(AdamStep.AMSGRAD, largest);
    }

    /** Shrinks parameters themselves instead of adding the decay to their gradients; returns this. */
    public Adam decoupledWeightDecay(boolean decoupled) {
        return withFlag(DECOUPLED, decoupled);
    }

    @Override
    protected List<String> stateNames(ParameterGroup group) {
        return AdamStep.stateNames(group);
    }

    @Override
    protected void update(Tensor value, Tensor gradient, ParameterState state, ParameterGroup group) {
        if (group.is(DECOUPLED)) {
            shrink(value, group);
            AdamStep.update(value, gradient, state, group);
        } else {
            AdamStep.update(value, penalised(gradient, value, group), state, group);
        }
    }
}
