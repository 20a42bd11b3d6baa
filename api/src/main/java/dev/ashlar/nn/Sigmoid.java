// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/** Applies {@link Tensor#sigmoid}: {@code 1 / (1 + exp(-x))}. */
public final class Sigmoid extends StatelessLayer<Sigmoid> {
    /** Creates the layer. */
    public Sigmoid() {
        super(Tensor::sigmoid, "");
    }
}
