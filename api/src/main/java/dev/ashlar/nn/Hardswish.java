// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/** Applies {@link Tensor#hardswish}: {@code x * hardsigmoid(x)}. */
public final class Hardswish extends StatelessLayer<Hardswish> {
    /** Creates the layer. */
    public Hardswish() {
        super(Tensor::hardswish, "");
    }
}
