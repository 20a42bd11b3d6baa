// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

/** Applies {@link dev.ashlar.Tensor#softplus(double, double)}: {@code log(1 + exp(beta * x)) / beta}. */
public final class Softplus extends StatelessLayer<Softplus> {
    /** Creates the layer with beta 1 and threshold 20. */
    public Softplus() {
        this(1, 20);
    }

    /**
     * @param beta not 0
     * @param threshold where {@code beta * x} is above it, the result is x
     */
    public Softplus(double beta, double threshold) {
        super(x -> x.softplus(beta, threshold), "beta=" + Repr.of(beta) + ", threshold=" + Repr.of(threshold));
    }
}
