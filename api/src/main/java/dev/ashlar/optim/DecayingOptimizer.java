// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import dev.ashlar.Tensor;
import java.util.List;
import java.util.Map;

/** Optimizers that can pull parameters towards 0 and go uphill. */
abstract class DecayingOptimizer<O extends DecayingOptimizer<O>> extends ConcreteOptimizer<O> {
    static final String DECAY = "weightDecay";
    static final String EPS = "eps";

    DecayingOptimizer(List<ParameterGroup> groups, Map<String, Double> defaults) {
        super(groups, Settings.with(Settings.with(defaults, DECAY, 0), MAXIMIZE, 0));
    }

    /** Sets how much parameters are pulled towards 0, &gt;= 0; returns this. */
    public O weightDecay(double value) {
        return withPositive(DECAY, value);
    }

    /** Goes uphill instead of downhill; returns this. */
    public O maximize(boolean uphill) {
        return withFlag(MAXIMIZE, uphill);
    }

    /** Returns the gradient with that of the decay's penalty. */
    static Tensor penalised(Tensor gradient, Tensor value, ParameterGroup group) {
        double decay = group.get(DECAY);
        return decay == 0 ? gradient : gradient.add(value.mul(decay));
    }

    /** Shrinks the parameter itself. */
    static void shrink(Tensor value, ParameterGroup group) {
        double decay = group.get(DECAY);
        if (decay != 0) {
            value.mulAssign(1 - group.lr() * decay);
        }
    }
}
