// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.spi;

/** How a {@link Kernel.Scatter} combines a value with what the target holds; all but SET on arithmetic types only. */
public enum ScatterOp {
    /** The last value in index order along the axis wins. */
    SET,
    ADD,
    MAX,
    MIN
}
