// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/** Applies {@link Tensor#gelu} or its approximation with tanh. */
public final class GELU extends StatelessLayer<GELU> {
    /** Creates the layer, in the exact form. */
    public GELU() {
        this(false);
    }

    /** @param tanh whether to apply {@link Tensor#geluTanh}, which PyTorch calls {@code approximate='tanh'} */
    public GELU(boolean tanh) {
        super(tanh ? Tensor::geluTanh : Tensor::gelu, tanh ? "approximate='tanh'" : "approximate='none'");
    }
}
