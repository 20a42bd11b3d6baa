// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/** A module that says how far predictions are from targets. */
@FunctionalInterface
public interface Loss extends Module {
    /**
     * Returns a zero-dimensional tensor, smaller for better predictions.
     *
     * @param input what a model predicted
     * @param target what it should have been
     */
    Tensor forward(Tensor input, Tensor target);
}
