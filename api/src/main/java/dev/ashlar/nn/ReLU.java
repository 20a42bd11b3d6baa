// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/** Applies {@link Tensor#relu}: {@code max(x, 0)}. */
public final class ReLU extends StatelessLayer<ReLU> {
    /** Creates the layer. */
    public ReLU() {
        super(Tensor::relu, "");
    }
}
