// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

/** Applies {@link dev.ashlar.Tensor#leakyRelu(double)}. */
public final class LeakyReLU extends StatelessLayer<LeakyReLU> {
    /** Creates the layer with 0.01. */
    public LeakyReLU() {
        this(0.01);
    }

    /** @param slope of negative elements */
    public LeakyReLU(double slope) {
        super(x -> x.leakyRelu(slope), "negative_slope=" + Repr.of(slope));
    }
}
