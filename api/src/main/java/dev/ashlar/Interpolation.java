// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/** What a quantile is when it falls between two elements. */
public enum Interpolation {
    /** The point between them, by the fraction. */
    LINEAR,
    /** The smaller one. */
    LOWER,
    /** The larger one. */
    HIGHER,
    /** The nearer one; of two equally near ones that with the even position. */
    NEAREST,
    /** The middle between them. */
    MIDPOINT
}
