// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import dev.ashlar.Tensor;
import dev.ashlar.nn.Parameter;
import java.util.List;
import java.util.Map;

/**
 * Multiplies the gradient by the root of the mean of the squares of recent steps, divided by that of recent gradients. Weight decay is
 * added to the gradient.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.Adadelta.html">torch.optim.Adadelta</a>
 * @see <a href="https://arxiv.org/abs/1212.5701">Zeiler: ADADELTA, an adaptive learning rate method</a>
 */
public final class Adadelta extends DecayingOptimizer<Adadelta> {
    private static final String SQUARES = "square_avg";
    private static final String STEPS = "acc_delta";
    private static final Map<String, Double> DEFAULTS = Map.of("lr", 1.0, "rho", 0.9, EPS, 1e-6);

    /** Creates the optimizer with learning rate 1. */
    public Adadelta(List<Parameter> parameters) {
        this(new ParameterGroup(parameters));
    }

    /** @param lr learning rate, &gt;= 0 */
    public Adadelta(List<Parameter> parameters, double lr) {
        this(new ParameterGroup(parameters));
        lr(lr);
    }

    /** Creates the optimizer with groups that have settings of their own. */
    public Adadelta(ParameterGroup... groups) {
        super(List.of(groups), DEFAULTS);
    }

    /** Sets how much of both means is kept, in [0, 1]; returns this. */
    public Adadelta rho(double value) {
        return with("rho", value, value >= 0 && value <= 1, "in [0, 1]");
    }

    /** Sets what is added to both means, &gt;= 0; returns this. */
    public Adadelta eps(double value) {
        return withPositive(EPS, value);
    }

    @Override
    protected List<String> stateNames(ParameterGroup group) {
        return List.of(SQUARES, STEPS);
    }

    @Override
    protected void update(Tensor value, Tensor gradient, ParameterState state, ParameterGroup group) {
        double rho = group.get("rho");
        double eps = group.get(EPS);
        Tensor direction = penalised(gradient, value, group);
        Tensor squares = state.tensor(SQUARES);
        Tensor steps = state.tensor(STEPS);
        Settings.square(squares, direction, rho);
        Tensor change = steps.add(eps).sqrt().div(squares.add(eps).sqrt()).mul(direction);
        value.subAssign(change.mul(group.lr()));
        Settings.square(steps, change, rho);
    }
}
