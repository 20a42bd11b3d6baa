// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.trainer;

import dev.ashlar.Tensor;
import dev.ashlar.data.Batch;
import org.jspecify.annotations.Nullable;

/** How a batch becomes a loss, for models with several inputs or losses of one's own. */
@FunctionalInterface
public interface Forward {
    /** Computes the model and the loss; the batch's tensors may lie on another device. */
    Result apply(Batch batch);

    /**
     * What came out.
     *
     * @param loss zero-dimensional
     * @param output what metrics see, null for none
     * @param target what metrics compare it with, null for none
     */
    record Result(Tensor loss, @Nullable Tensor output, @Nullable Tensor target) {
        /** Creates a result without what metrics need. */
        public Result(Tensor loss) {
            this(loss, null, null);
        }
    }
}
