// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/** Applies {@link Tensor#selu}. */
public final class SELU extends StatelessLayer<SELU> {
    /** Creates the layer. */
    public SELU() {
        super(Tensor::selu, "");
    }
}
