// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.trainer;

import dev.ashlar.Stateful;
import dev.ashlar.Tensor;
import java.util.Map;

/**
 * Says how good predictions are. Batches are only recorded, on their device; {@link #values} waits for it once.
 *
 * <pre>{@code
 * var accuracy = new Accuracy();
 * for (Batch batch : loader) {
 *     accuracy.update(model.forward(batch.get(0)), batch.get(1));
 * }
 * System.out.println(accuracy.values());      // {accuracy=0.973}
 * }</pre>
 */
public interface Metric extends Stateful {
    /** Takes a batch in. No gradient flows through it. */
    void update(Tensor output, Tensor target);

    /** Returns what the batches since {@link #reset} amount to, by name; NaN where there were none. */
    Map<String, Double> values();

    /** Forgets all batches. */
    void reset();
}
