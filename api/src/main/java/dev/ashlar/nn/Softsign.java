// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/** Applies {@link Tensor#softsign}: {@code x / (1 + |x|)}. */
public final class Softsign extends StatelessLayer<Softsign> {
    /** Creates the layer. */
    public Softsign() {
        super(Tensor::softsign, "");
    }
}
