// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/** Applies {@link Tensor#hardsigmoid}: {@code clamp(x / 6 + 1/2, 0, 1)}. */
public final class Hardsigmoid extends StatelessLayer<Hardsigmoid> {
    /** Creates the layer. */
    public Hardsigmoid() {
        super(Tensor::hardsigmoid, "");
    }
}
