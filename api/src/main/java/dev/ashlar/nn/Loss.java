// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/** A module that says how far predictions are from targets. */
@FunctionalInterface
public interface Loss extends Module {
    /**
     * Returns the loss, smaller for better predictions: zero-dimensional unless the module was made with {@link dev.ashlar.Reduction#NONE}.
     *
     * @param input what a model predicted
     * @param target what it should have been
     */
    Tensor forward(Tensor input, Tensor target);
}
