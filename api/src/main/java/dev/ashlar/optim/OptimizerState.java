// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import dev.ashlar.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an optimizer remembers between steps.
 *
 * @param kind the optimizer's name, for example {@code Adam}
 * @param tensors state per parameter, named by the parameter's position and what it is: {@code 3.exp_avg}
 * @param numbers step counts per parameter ({@code 3.step}) and settings per group ({@code groups.0.lr})
 */
public record OptimizerState(String kind, Map<String, Tensor> tensors, Map<String, Double> numbers) {
    public OptimizerState {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
    }
}
