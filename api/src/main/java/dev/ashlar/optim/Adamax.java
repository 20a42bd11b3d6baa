// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import dev.ashlar.Tensor;
import dev.ashlar.nn.Parameter;
import java.util.List;
import java.util.Map;

/**
 * Adam with the largest recent gradient instead of the root of the mean of squares.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.Adamax.html">torch.optim.Adamax</a>
 * @see <a href="https://arxiv.org/abs/1412.6980">Kingma, Ba: Adam, a method for stochastic optimization, section 7.1</a>
 */
public final class Adamax extends AdamFamily<Adamax> {
    private static final String LARGEST = "exp_inf";
    private static final Map<String, Double> DEFAULTS = Map.of("lr", 2e-3);

    /** Creates the optimizer with learning rate 2e-3. */
    public Adamax(List<Parameter> parameters) {
        this(new ParameterGroup(parameters));
    }

    /** @param lr learning rate, &gt;= 0 */
    public Adamax(List<Parameter> parameters, double lr) {
        this(new ParameterGroup(parameters));
        lr(lr);
    }

    /** Creates the optimizer with groups that have settings of their own. */
    public Adamax(ParameterGroup... groups) {
        super(List.of(groups), DEFAULTS);
    }

    @Override
    protected List<String> stateNames(ParameterGroup group) {
        return List.of(MEAN, LARGEST);
    }

    @Override
    protected void update(Tensor value, Tensor gradient, ParameterState state, ParameterGroup group) {
        double beta1 = group.get(BETA1);
        Tensor direction = penalised(gradient, value, group);
        Tensor mean = state.tensor(MEAN);
        Tensor largest = state.tensor(LARGEST);
        Settings.approach(mean, direction, 1 - beta1);
        largest.assign(largest.mul(group.get(BETA2)).maximum(direction.abs().add(group.get(EPS))));
        value.subAssign(mean.mul(group.lr() / (1 - Math.pow(beta1, state.step()))).div(largest));
    }
}
