// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/** Applies {@link Tensor#mish}: {@code x * tanh(softplus(x))}. */
public final class Mish extends StatelessLayer<Mish> {
    /** Creates the layer. */
    public Mish() {
        super(Tensor::mish, "");
    }
}
