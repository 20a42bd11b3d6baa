// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import dev.ashlar.Tensor;
import dev.ashlar.nn.Parameter;
import java.util.List;
import java.util.Map;

/**
 * Resilient backpropagation: each element has a step size of its own, which grows while the sign of its gradient stays and shrinks when
 * it turns. Meant for gradients over all of the data, not for batches.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.Rprop.html">torch.optim.Rprop</a>
 * @see <a href="https://doi.org/10.1109/ICNN.1993.298623">Riedmiller, Braun: A direct adaptive method for faster backpropagation
 *     learning</a>
 */
public final class Rprop extends ConcreteOptimizer<Rprop> {
    private static final String PREVIOUS = "prev";
    private static final String SIZE = "step_size";
    private static final Map<String, Double> DEFAULTS = Map.of(
            "lr", 1e-2, "etaMinus", 0.5, "etaPlus", 1.2, "minStep", 1e-6, "maxStep", 50.0, MAXIMIZE, 0.0);

    /** Creates the optimizer with learning rate 1e-2: the first step size. */
    public Rprop(List<Parameter> parameters) {
        this(new ParameterGroup(parameters));
    }

    /** @param lr the first step size, &gt;= 0 */
    public Rprop(List<Parameter> parameters, double lr) {
        this(new ParameterGroup(parameters));
        lr(lr);
    }

    /** Creates the optimizer with groups that have settings of their own. */
    public Rprop(ParameterGroup... groups) {
        super(List.of(groups), DEFAULTS);
    }

    /** Sets the factors by which step sizes shrink, in (0, 1), and grow, &gt; 1; returns this. */
    public Rprop etas(double minus, double plus) {
        with("etaMinus", minus, minus > 0 && minus < 1, "in (0, 1)");
        return with("etaPlus", plus, plus > 1, "> 1");
    }

    /** Sets the limits of step sizes; returns this. */
    public Rprop stepSizes(double min, double max) {
        with("minStep", min, !Double.isNaN(min), "to be a number");
        return with("maxStep", max, max >= min, ">= minStep");
    }

    @Override
    protected List<String> stateNames(ParameterGroup group) {
        return List.of(PREVIOUS, SIZE);
    }

    @Override
    protected double initialState(ParameterGroup group, String name) {
        return name.equals(SIZE) ? group.lr() : 0;
    }

    @Override
    protected void update(Tensor value, Tensor gradient, ParameterState state, ParameterGroup group) {
        Tensor previous = state.tensor(PREVIOUS);
        Tensor size = state.tensor(SIZE);
        Tensor agreement = gradient.mul(previous);
        Tensor turned = agreement.lt(0.0);
        Tensor kept = Tensor.scalar(1, value.dtype());
        Tensor smaller = Tensor.scalar(group.get("etaMinus"), value.dtype());
        Tensor larger = Tensor.scalar(group.get("etaPlus"), value.dtype());
        Tensor factor = agreement.gt(0.0).where(larger, turned.where(smaller, kept));
        size.assign(size.mul(factor).clamp(group.get("minStep"), group.get("maxStep")));
        // Where the sign turned, the element stays for this step, and the next one counts as a first one.
        Tensor used = gradient.maskedFill(turned, 0);
        value.subAssign(used.sign().mul(size));
        previous.assign(used);
    }

    /** Goes uphill instead of downhill; returns this. */
    public Rprop maximize(boolean uphill) {
        return withFlag(MAXIMIZE, uphill);
    }
}
