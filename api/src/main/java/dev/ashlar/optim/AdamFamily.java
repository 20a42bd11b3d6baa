// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import java.util.List;
import java.util.Map;

/** Optimizers that keep a mean of the gradients and something like a mean of their size. */
abstract class AdamFamily<O extends AdamFamily<O>> extends DecayingOptimizer<O> {
    static final String MEAN = "exp_avg";
    static final String SQUARES = "exp_avg_sq";
    static final String BETA1 = "beta1";
    static final String BETA2 = "beta2";
    static final String DECOUPLED = "decoupledWeightDecay";

    AdamFamily(List<ParameterGroup> groups, Map<String, Double> defaults) {
        super(groups, Settings.with(Settings.with(Settings.with(defaults, BETA1, 0.9), BETA2, 0.999), EPS, 1e-8));
    }

    /** Sets how much of the mean of gradients and of that of their size is kept, both in [0, 1); returns this. */
    public O betas(double first, double second) {
        with(BETA1, first, first >= 0 && first < 1, "in [0, 1)");
        return with(BETA2, second, second >= 0 && second < 1, "in [0, 1)");
    }

    /** Sets what is added to the divisor, &gt;= 0; returns this. */
    public O eps(double value) {
        return withPositive(EPS, value);
    }

    @Override
    protected List<String> stateNames(ParameterGroup group) {
        return List.of(MEAN, SQUARES);
    }
}
