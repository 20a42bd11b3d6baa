// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/** Norms of matrices that have a name instead of an order. */
public enum NormKind {
    /** The root of the sum of the squares of all elements. */
    FROBENIUS,
    /** The sum of the singular values. */
    NUCLEAR
}
