// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import dev.ashlar.Tensor;
import java.util.List;
import java.util.Map;

/** What {@link Adam} and {@link AdamW} have in common; they differ in the weight decay. */
final class AdamStep {
    private static final String MEAN = "exp_avg";
    private static final String SQUARES = "exp_avg_sq";
    private static final String LARGEST = "max_exp_avg_sq";

    private AdamStep() {}

    static List<String> stateNames(ParameterGroup group) {
        return group.is("amsgrad") ? List.of(MEAN, SQUARES, LARGEST) : List.of(MEAN, SQUARES);
    }

    static void update(Tensor value, Tensor gradient, Map<String, Tensor> state, ParameterGroup group, long step) {
        double beta1 = group.get("beta1");
        double beta2 = group.get("beta2");
        Tensor mean = state.get(MEAN);
        Tensor squares = state.get(SQUARES);
        mean.addAssign(gradient.sub(mean).mul(1 - beta1));
        squares.addAssign(gradient.mul(gradient).sub(squares).mul(1 - beta2));
        Tensor divisor = squares;
        if (group.is("amsgrad")) {
            divisor = state.get(LARGEST);
            divisor.assign(divisor.maximum(squares));
        }
        // Both means start at 0; these numbers undo what that does to the first steps.
        double first = 1 - Math.pow(beta1, step);
        double second = Math.sqrt(1 - Math.pow(beta2, step));
        Tensor denominator = divisor.sqrt().div(second).add(group.get("eps"));
        value.subAssign(mean.div(denominator).mul(group.lr() / first));
    }
}
