// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

/**
 * Divides by a power of the mean square of neighbouring channels; see {@link dev.ashlar.Tensor#localResponseNorm(long, double, double,
 * double)}.
 */
public final class LocalResponseNorm extends StatelessLayer<LocalResponseNorm> {
    /** Creates the layer with alpha 1e-4, beta 0.75, k 1. */
    public LocalResponseNorm(long size) {
        this(size, 1e-4, 0.75, 1);
    }

    /** @param size how many channels around each, &gt;= 1 */
    public LocalResponseNorm(long size, double alpha, double beta, double k) {
        Windows.positive("localResponseNorm", size);
        super(
                x -> x.localResponseNorm(size, alpha, beta, k),
                size + ", alpha=" + Repr.of(alpha) + ", beta=" + Repr.of(beta) + ", k=" + Repr.of(k));
    }
}
