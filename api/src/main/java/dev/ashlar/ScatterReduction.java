// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/** How values that are written to one place are combined, see {@link SelectionOps#scatterReduce}. */
public enum ScatterReduction {
    SUM,
    PROD,
    /** The sum divided by the number of values; of whole numbers rounded down. */
    MEAN,
    /** The largest, NaN if there is one; equal ones share the gradient evenly. */
    AMAX,
    /** The smallest, NaN if there is one; equal ones share the gradient evenly. */
    AMIN
}
