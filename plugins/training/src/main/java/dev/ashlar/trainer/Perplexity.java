// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.trainer;

import dev.ashlar.Reduction;
import dev.ashlar.Tensor;
import java.util.Map;

/**
 * The exponential of the mean cross-entropy: among how many equally likely words a language model hesitates.
 *
 * <p>Outputs are logits [samples, classes, ...], targets classes [samples, ...]; those of {@link Tensor#IGNORED} are left out.
 */
public final class Perplexity extends Totals {
    /** Creates the figures of no batches. */
    public Perplexity() {}

    @Override
    void record(Tensor output, Tensor target) {
        add("loss", output.crossEntropy(target, null, Tensor.IGNORED, Reduction.SUM, 0));
        add("rows", target.ne(Tensor.IGNORED).sum());
    }

    @Override
    public Map<String, Double> values() {
        return Map.of("perplexity", Math.exp(total("loss") / total("rows")));
    }
}
