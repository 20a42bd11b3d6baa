// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/** Applies {@link Tensor#relu6}: {@code clamp(x, 0, 6)}. */
public final class ReLU6 extends StatelessLayer<ReLU6> {
    /** Creates the layer. */
    public ReLU6() {
        super(Tensor::relu6, "");
    }
}
