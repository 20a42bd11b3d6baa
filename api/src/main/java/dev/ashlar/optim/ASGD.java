// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import dev.ashlar.Tensor;
import dev.ashlar.nn.Parameter;
import java.util.List;
import java.util.Map;

/**
 * Averaged stochastic gradient descent: falling rates, and from some step on a mean of the parameters, in the state {@code ax}.
 * Weight decay is added to the gradient.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.ASGD.html">torch.optim.ASGD</a>
 * @see <a href="https://doi.org/10.1137/0330046">Polyak, Juditsky: Acceleration of stochastic approximation by averaging</a>
 */
public final class ASGD extends DecayingOptimizer<ASGD> {
    private static final String MEAN = "ax";
    private static final String RATE = "eta";
    private static final String PART = "mu";
    private static final Map<String, Double> DEFAULTS = Map.of("lr", 1e-2, "lambd", 1e-4, "alpha", 0.75, "t0", 1e6);

    /** Creates the optimizer with learning rate 1e-2. */
    public ASGD(List<Parameter> parameters) {
        this(new ParameterGroup(parameters));
    }

    /** @param lr learning rate, &gt;= 0 */
    public ASGD(List<Parameter> parameters, double lr) {
        this(new ParameterGroup(parameters));
        lr(lr);
    }

    /** Creates the optimizer with groups that have settings of their own. */
    public ASGD(ParameterGroup... groups) {
        super(List.of(groups), DEFAULTS);
    }

    /** Sets how fast the rate falls and parameters shrink; returns this. */
    public ASGD lambd(double value) {
        return with("lambd", value, !Double.isNaN(value), "to be a number");
    }

    /** Sets the power by which the rate falls; returns this. */
    public ASGD alpha(double value) {
        return with("alpha", value, !Double.isNaN(value), "to be a number");
    }

    /** Sets the step from which on parameters are averaged; returns this. */
    public ASGD t0(double value) {
        return with("t0", value, !Double.isNaN(value), "to be a number");
    }

    @Override
    protected List<String> stateNames(ParameterGroup group) {
        return List.of(MEAN);
    }

    @Override
    protected void update(Tensor value, Tensor gradient, ParameterState state, ParameterGroup group) {
        double lambd = group.get("lambd");
        double lr = group.lr();
        // PyTorch keeps the rate and the part in float32.
        double rate = state.number(RATE, (float) lr);
        double part = state.number(PART, 1);
        Tensor direction = penalised(gradient, value, group);
        value.assign(value.mul(1 - lambd * rate).sub(direction.mul(rate)));
        Tensor mean = state.tensor(MEAN);
        mean.assign(mean.mul(1 - part).add(value.mul(part)));
        state.set(RATE, (float) (lr / Math.pow(1 + lambd * lr * state.step(), group.get("alpha"))));
        state.set(PART, (float) (1 / Math.max(1, state.step() - group.get("t0"))));
    }
}
