// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/**
 * {@code A = Q R}.
 *
 * @param q [.., m, k], with orthonormal columns
 * @param r [.., k, n], with zeros below the diagonal, which may be negative
 */
public record QR(Tensor q, Tensor r) {
    /** What is computed of matrices of shape [m, n]. */
    public enum Mode {
        /** Q has min(m, n) columns. */
        REDUCED,
        /** Q is square. */
        COMPLETE,
        /** R as in {@link #REDUCED}, and an empty Q of shape [0]. */
        R
    }
}
