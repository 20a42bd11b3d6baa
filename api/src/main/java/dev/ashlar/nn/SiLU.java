// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/** Applies {@link Tensor#silu}: {@code x * sigmoid(x)}. */
public final class SiLU extends StatelessLayer<SiLU> {
    /** Creates the layer. */
    public SiLU() {
        super(Tensor::silu, "");
    }
}
