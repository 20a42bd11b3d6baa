// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import dev.ashlar.Device;
import dev.ashlar.Tensor;
import dev.ashlar.nn.Parameter;
import java.util.List;
import java.util.Map;

/**
 * Adam with weight decay that shrinks the parameter by itself, apart from the gradient.
 *
 * @see <a href="https://arxiv.org/abs/1711.05101">Loshchilov, Hutter: Decoupled weight decay regularization</a>
 */
public final class AdamW extends AbstractOptimizer {
    private static final Map<String, Double> DEFAULTS = Map.of(
            "lr", 1e-3, "beta1", 0.9, "beta2", 0.999, "eps", 1e-8, "weightDecay", 1e-2, "amsgrad", 0.0, "maximize", 0.0);

    /** Creates the optimizer with learning rate 1e-3. */
    public AdamW(List<Parameter> parameters) {
        this(new ParameterGroup(parameters));
    }

    /** @param lr learning rate, &gt;= 0 */
    public AdamW(List<Parameter> parameters, double lr) {
        this(new ParameterGroup(parameters));
        lr(lr);
    }

    /** Creates the optimizer with groups that have settings of their own. */
    public AdamW(ParameterGroup... groups) {
        super(List.of(groups), DEFAULTS);
    }

    /** Sets the learning rate of all groups; returns this. */
    public AdamW lr(double value) {
        setAll("lr", value, value >= 0, ">= 0");
        return this;
    }

    /** Sets how much of the mean of gradients and of the mean of their squares is kept, both in [0, 1); returns this. */
    public AdamW betas(double first, double second) {
        setAll("beta1", first, first >= 0 && first < 1, "in [0, 1)");
        setAll("beta2", second, second >= 0 && second < 1, "in [0, 1)");
        return this;
    }

    /** Sets what is added to the divisor; returns this. */
    public AdamW eps(double value) {
        setAll("eps", value, value >= 0, ">= 0");
        return this;
    }

    /** Sets how much parameters are pulled towards 0; returns this. */
    public AdamW weightDecay(double value) {
        setAll("weightDecay", value, value >= 0, ">= 0");
        return this;
    }

    /** Divides by the largest mean of squares so far; returns this. */
    public AdamW amsgrad(boolean largest) {
        setAll("amsgrad", largest ? 1 : 0, true, "");
        return this;
    }

    @Override
    protected List<String> stateNames(ParameterGroup group) {
        return AdamStep.stateNames(group);
    }

    @Override
    protected void update(Tensor value, Tensor gradient, Map<String, Tensor> state, ParameterGroup group, long step) {
        double decay = group.get("weightDecay");
        if (decay != 0) {
            value.mulAssign(1 - group.lr() * decay);
        }
        AdamStep.update(value, gradient, state, group, step);
    }

    /** Goes uphill instead of downhill; returns this. */
    public AdamW maximize(boolean uphill) {
        setAll("maximize", uphill ? 1 : 0, true, "");
        return this;
    }

    @Override
    public AdamW to(Device device) {
        super.to(device);
        return this;
    }
}
