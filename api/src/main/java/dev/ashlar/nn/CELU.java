// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

/** Applies {@link dev.ashlar.Tensor#celu(double)}. */
public final class CELU extends StatelessLayer<CELU> {
    /** Creates the layer with 1.0. */
    public CELU() {
        this(1.0);
    }

    /** @param alpha minus the limit towards minus infinity; not 0 */
    public CELU(double alpha) {
        super(x -> x.celu(alpha), "alpha=" + Repr.of(alpha));
    }
}
