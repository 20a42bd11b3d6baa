// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import dev.ashlar.Tensor;
import dev.ashlar.nn.Parameter;
import java.util.List;
import java.util.Map;

/**
 * Adam with decoupled weight decay: parameters shrink by {@code lr * weightDecay} of themselves before each step. The decay is 0.01 unless
 * it is set.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.AdamW.html">torch.optim.AdamW</a>
 * @see <a href="https://arxiv.org/abs/1711.05101">Loshchilov, Hutter: Decoupled weight decay regularization</a>
 */
public final class AdamW extends AdamFamily<AdamW> {
    private static final Map<String, Double> DEFAULTS = Map.of("lr", 1e-3, DECAY, 1e-2, AdamStep.AMSGRAD, 0.0);

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

    /** Divides by the largest mean of squares so far; returns this. */
    public AdamW amsgrad(boolean largest) {
        return withFlag(AdamStep.AMSGRAD, largest);
    }

    @Override
    protected List<String> stateNames(ParameterGroup group) {
        return AdamStep.stateNames(group);
    }

    @Override
    protected void update(Tensor value, Tensor gradient, ParameterState state, ParameterGroup group) {
        shrink(value, group);
        AdamStep.update(value, gradient, state, group);
    }
}
