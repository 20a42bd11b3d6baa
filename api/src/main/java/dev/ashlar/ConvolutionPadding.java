// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/** How many zeros a convolution adds around its input, where that is not given in numbers. */
public enum ConvolutionPadding {
    /** None: only windows that lie inside. */
    VALID,
    /** As many as it takes for a result of the input's size; an odd one comes behind. The stride must be 1. */
    SAME
}
