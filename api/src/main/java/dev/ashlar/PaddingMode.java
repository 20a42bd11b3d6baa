// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/** What {@link ImageOps#pad(long[], PaddingMode, double) pad} puts around a tensor. */
public enum PaddingMode {
    /** One value. */
    CONSTANT,
    /** What lies inside, mirrored at the elements of the border, which are not repeated. */
    REFLECT,
    /** The nearest element of the border. */
    REPLICATE,
    /** What lies at the opposite side. */
    CIRCULAR
}
