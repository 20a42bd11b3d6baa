// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/** What {@link ImageOps#gridSample(Tensor, InterpolationMode, GridPadding, boolean) gridSample} finds outside of an image. */
public enum GridPadding {
    /** Zeros. */
    ZEROS,
    /** The nearest element of the border. */
    BORDER,
    /** What lies inside, mirrored at the border, as often as it takes. */
    REFLECTION
}
