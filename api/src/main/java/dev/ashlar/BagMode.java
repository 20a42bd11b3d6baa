// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/** How the rows of a bag become one, see {@link Tensor#embeddingBag}. */
public enum BagMode {
    SUM,
    /** The sum divided by the number of rows. */
    MEAN,
    /** The largest number in each column. */
    MAX
}
