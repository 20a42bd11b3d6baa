// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/** Applies {@link Tensor#tanhshrink}: {@code x - tanh(x)}. */
public final class Tanhshrink extends StatelessLayer<Tanhshrink> {
    /** Creates the layer. */
    public Tanhshrink() {
        super(Tensor::tanhshrink, "");
    }
}
