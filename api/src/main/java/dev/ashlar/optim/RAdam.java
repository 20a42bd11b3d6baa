// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import dev.ashlar.Tensor;
import dev.ashlar.nn.Parameter;
import java.util.List;
import java.util.Map;

/**
 * Adam that divides by the root of the mean of squares only once that is known well enough: a warm-up without a schedule.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.RAdam.html">torch.optim.RAdam</a>
 * @see <a href="https://arxiv.org/abs/1908.03265">Liu and others: On the variance of the adaptive learning rate and beyond</a>
 */
public final class RAdam extends AdamFamily<RAdam> {
    private static final Map<String, Double> DEFAULTS = Map.of("lr", 1e-3, DECOUPLED, 0.0);

    /** Creates the optimizer with learning rate 1e-3. */
    public RAdam(List<Parameter> parameters) {
        this(new ParameterGroup(parameters));
    }

    /** @param lr learning rate, &gt;= 0 */
    public RAdam(List<Parameter> parameters, double lr) {
        this(new ParameterGroup(parameters));
        lr(lr);
    }

    /** Creates the optimizer with groups that have settings of their own. */
    public RAdam(ParameterGroup... groups) {
        super(List.of(groups), DEFAULTS);
    }

    /** Shrinks parameters themselves instead of adding the decay to their gradients; returns this. */
    public RAdam decoupledWeightDecay(boolean decoupled) {
        return withFlag(DECOUPLED, decoupled);
    }

    @Override
    protected void update(Tensor value, Tensor gradient, ParameterState state, ParameterGroup group) {
        double beta1 = group.get(BETA1);
        double beta2 = group.get(BETA2);
        long step = state.step();
        Tensor direction = gradient;
        if (group.is(DECOUPLED)) {
            shrink(value, group);
        } else {
            direction = penalised(gradient, value, group);
        }
        Tensor mean = state.tensor(MEAN);
        Tensor squares = state.tensor(SQUARES);
        Settings.approach(mean, direction, 1 - beta1);
        Settings.square(squares, direction, beta2);
        double kept = Math.pow(beta2, step);
        double most = 2 / (1 - beta2) - 1;
        double known = most - 2 * step * kept / (1 - kept);
        boolean divides = known > 5;
        double factor = group.lr() / (1 - Math.pow(beta1, step));
        if (divides) {
            factor *= Math.sqrt(1 - kept) * Math.sqrt((known - 4) * (known - 2) * most / ((most - 4) * (most - 2) * known));
        }
        // One formula with other numbers for both, so that the step has one plan: a divisor of 0 * root + 1 changes nothing.
        Tensor divisor = squares.sqrt().add(group.get(EPS)).mul(divides ? 1.0 : 0.0).add(divides ? 0.0 : 1.0);
        value.subAssign(mean.div(divisor).mul(factor));
    }
}
