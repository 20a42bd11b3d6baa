// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/** How a quotient becomes whole. */
public enum Rounding {
    /** It does not. */
    NONE,
    /** Towards zero. */
    TRUNC,
    /** Towards minus infinity. */
    FLOOR
}
