// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/** How values between the elements of a grid are found. */
public enum InterpolationMode {
    /** The element at the place rounded down. */
    NEAREST,
    /** The element whose middle is nearest. */
    NEAREST_EXACT,
    /** A line through two neighbours, along one dimension. */
    LINEAR,
    /** Lines along two dimensions; {@link ImageOps#gridSample(Tensor) gridSample} takes it for volumes as well. */
    BILINEAR,
    /** Cubic convolution of four neighbours along two dimensions, with a = -0.75. */
    BICUBIC,
    /** Lines along three dimensions. */
    TRILINEAR,
    /** Means, as {@link PoolingOps#adaptiveAvgPool2d(int...) adaptiveAvgPool} takes them. */
    AREA
}
