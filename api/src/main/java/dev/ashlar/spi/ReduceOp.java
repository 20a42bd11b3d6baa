// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.spi;

/** How a {@link Kernel.Reduce} folds. The identity is what an empty fold gives. */
public enum ReduceOp {
    /** Identity 0. On integers and bool in int64, wrapping. */
    SUM,
    /** Identity 1. On integers and bool in int64, wrapping. */
    PROD,
    /** NaN wins; identity -infinity, the smallest integer, false. */
    MAX,
    /** NaN wins; identity +infinity, the largest integer, true. */
    MIN,
    /** int64 position of the first maximum in row-major order of the reduced axes; the first NaN counts as maximum; identity 0. */
    ARGMAX,
    /** int64 position of the first minimum in row-major order of the reduced axes; the first NaN counts as minimum; identity 0. */
    ARGMIN;

    /** Returns whether the result is a position and not a value. */
    public boolean isPosition() {
        return this == ARGMAX || this == ARGMIN;
    }
}
