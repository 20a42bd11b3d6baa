// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.trainer;

import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import java.util.Map;

/** The mean of batches' losses, each weighted by its samples. */
final class MeanLoss extends Totals {
    @Override
    void record(Tensor output, Tensor target) {
        Tensor rows = wide(target);
        add("rows", rows);
        add("loss", wide(output).mul(rows.to(wide(output).dtype())));
    }

    /** Takes the loss of a batch in. */
    void update(Tensor loss, long rows) {
        update(loss.reshape(), Tensor.scalar(rows, DType.INT64).to(loss.device()));
    }

    double value() {
        return total("loss") / total("rows");
    }

    @Override
    public Map<String, Double> values() {
        return Map.of("loss", value());
    }
}
