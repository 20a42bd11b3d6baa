// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import dev.ashlar.Tensor;
import dev.ashlar.nn.Parameter;
import java.util.List;
import java.util.Map;

/**
 * Adam with Nesterov momentum: it looks one step ahead along the mean of the gradients, whose part in the step grows slowly.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.NAdam.html">torch.optim.NAdam</a>
 * @see <a href="https://openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ">Dozat: Incorporating Nesterov momentum into Adam</a>
 */
public final class NAdam extends AdamFamily<NAdam> {
    private static final String PRODUCT = "mu_product";
    private static final Map<String, Double> DEFAULTS = Map.of("lr", 2e-3, "momentumDecay", 4e-3, DECOUPLED, 0.0);

    /** Creates the optimizer with learning rate 2e-3. */
    public NAdam(List<Parameter> parameters) {
        this(new ParameterGroup(parameters));
    }

    /** @param lr learning rate, &gt;= 0 */
    public NAdam(List<Parameter> parameters, double lr) {
        this(new ParameterGroup(parameters));
        lr(lr);
    }

    /** Creates the optimizer with groups that have settings of their own. */
    public NAdam(ParameterGroup... groups) {
        super(List.of(groups), DEFAULTS);
    }

    /** Sets how fast the momentum grows to its full size, &gt;= 0; returns this. */
    public NAdam momentumDecay(double value) {
        return withPositive("momentumDecay", value);
    }

    /** Shrinks parameters themselves instead of adding the decay to their gradients; returns this. */
    public NAdam decoupledWeightDecay(boolean decoupled) {
        return withFlag(DECOUPLED, decoupled);
    }

    @Override
    protected void update(Tensor value, Tensor gradient, ParameterState state, ParameterGroup group) {
        double beta1 = group.get(BETA1);
        double beta2 = group.get(BETA2);
        double growth = group.get("momentumDecay");
        long step = state.step();
        Tensor direction = gradient;
        if (group.is(DECOUPLED)) {
            shrink(value, group);
        } else {
            direction = penalised(gradient, value, group);
        }
        double now = beta1 * (1 - 0.5 * Math.pow(0.96, step * growth));
        double next = beta1 * (1 - 0.5 * Math.pow(0.96, (step + 1) * growth));
        // PyTorch keeps the product in float32.
        double product = (float) state.number(PRODUCT, 1) * (float) now;
        state.set(PRODUCT, product);
        Tensor mean = state.tensor(MEAN);
        Tensor squares = state.tensor(SQUARES);
        Settings.approach(mean, direction, 1 - beta1);
        Settings.square(squares, direction, beta2);
        Tensor divisor = squares.div(1 - Math.pow(beta2, step)).sqrt().add(group.get(EPS));
        double lr = group.lr();
        Tensor ahead = direction.mul(lr * (1 - now) / (1 - product)).add(mean.mul(lr * next / (1 - product * next)));
        value.subAssign(ahead.div(divisor));
    }
}
