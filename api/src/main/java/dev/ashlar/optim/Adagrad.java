// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import dev.ashlar.Tensor;
import dev.ashlar.nn.Parameter;
import java.util.List;
import java.util.Map;

/**
 * Divides the gradient by the root of the sum of all its squares so far. Weight decay is added to the gradient.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.Adagrad.html">torch.optim.Adagrad</a>
 * @see <a href="https://jmlr.org/papers/v12/duchi11a.html">Duchi, Hazan, Singer: Adaptive subgradient methods</a>
 */
public final class Adagrad extends DecayingOptimizer<Adagrad> {
    private static final String SUM = "sum";
    private static final Map<String, Double> DEFAULTS = Map.of("lr", 1e-2, "lrDecay", 0.0, "initialAccumulatorValue", 0.0, EPS, 1e-10);

    /** Creates the optimizer with learning rate 1e-2. */
    public Adagrad(List<Parameter> parameters) {
        this(new ParameterGroup(parameters));
    }

    /** @param lr learning rate, &gt;= 0 */
    public Adagrad(List<Parameter> parameters, double lr) {
        this(new ParameterGroup(parameters));
        lr(lr);
    }

    /** Creates the optimizer with groups that have settings of their own. */
    public Adagrad(ParameterGroup... groups) {
        super(List.of(groups), DEFAULTS);
    }

    /** Sets how fast the learning rate falls, as {@code lr / (1 + (step - 1) * lrDecay)}, &gt;= 0; returns this. */
    public Adagrad lrDecay(double value) {
        return withPositive("lrDecay", value);
    }

    /** Sets what the sums of squares start with, &gt;= 0; returns this. */
    public Adagrad initialAccumulatorValue(double value) {
        return withPositive("initialAccumulatorValue", value);
    }

    /** Sets what is added to the divisor, &gt;= 0; returns this. */
    public Adagrad eps(double value) {
        return withPositive(EPS, value);
    }

    @Override
    protected List<String> stateNames(ParameterGroup group) {
        return List.of(SUM);
    }

    @Override
    protected double initialState(ParameterGroup group, String name) {
        return group.get("initialAccumulatorValue");
    }

    @Override
    protected void update(Tensor value, Tensor gradient, ParameterState state, ParameterGroup group) {
        Tensor direction = penalised(gradient, value, group);
        double lr = group.lr() / (1 + (state.step() - 1) * group.get("lrDecay"));
        Tensor sum = state.tensor(SUM);
        sum.addAssign(direction.mul(direction));
        value.subAssign(direction.mul(lr).div(sum.sqrt().add(group.get(EPS))));
    }
}
