// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

/** Applies {@link dev.ashlar.Tensor#elu(double)}. */
public final class ELU extends StatelessLayer<ELU> {
    /** Creates the layer with 1.0. */
    public ELU() {
        this(1.0);
    }

    /** @param alpha minus the limit towards minus infinity */
    public ELU(double alpha) {
        super(x -> x.elu(alpha), "alpha=" + Repr.of(alpha));
    }
}
