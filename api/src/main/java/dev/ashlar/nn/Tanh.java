// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/** Applies {@link Tensor#tanh}. */
public final class Tanh extends StatelessLayer<Tanh> {
    /** Creates the layer. */
    public Tanh() {
        super(Tensor::tanh, "");
    }
}
