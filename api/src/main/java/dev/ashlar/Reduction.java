// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/** What a loss does with the values that it computed for the single elements or samples. */
public enum Reduction {
    /** Returns them as they are. */
    NONE,
    /** Returns their mean; where samples have weights, their weighted mean. */
    MEAN,
    /** Returns their sum. */
    SUM
}
