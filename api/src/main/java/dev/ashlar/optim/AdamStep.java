// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import dev.ashlar.Tensor;
import java.util.List;

/** What {@link Adam} and {@link AdamW} have in common; they differ in the weight decay. */
final class AdamStep {
    static final String AMSGRAD = "amsgrad";
    private static final String LARGEST = "max_exp_avg_sq";

    private AdamStep() {}

    static List<String> stateNames(ParameterGroup group) {
        return group.is(AMSGRAD) ? List.of(AdamFamily.MEAN, AdamFamily.SQUARES, LARGEST) : List.of(AdamFamily.MEAN, AdamFamily.SQUARES);
    }

    static void update(Tensor value, Tensor gradient, ParameterState state, ParameterGroup group) {
        double beta1 = group.get(AdamFamily.BETA1);
        double beta2 = group.get(AdamFamily.BETA2);
        Tensor mean = state.tensor(AdamFamily.MEAN);
        Tensor squares = state.tensor(AdamFamily.SQUARES);
        Settings.approach(mean, gradient, 1 - beta1);
        Settings.square(squares, gradient, beta2);
        Tensor divisor = squares;
        if (group.is(AMSGRAD)) {
            divisor = state.tensor(LARGEST);
            divisor.assign(divisor.maximum(squares));
        }
        // Both means start at 0; these numbers undo what that does to the first steps.
        double first = 1 - Math.pow(beta1, state.step());
        double second = Math.sqrt(1 - Math.pow(beta2, state.step()));
        Tensor denominator = divisor.sqrt().div(second).add(group.get(AdamFamily.EPS));
        value.subAssign(mean.div(denominator).mul(group.lr() / first));
    }
}
