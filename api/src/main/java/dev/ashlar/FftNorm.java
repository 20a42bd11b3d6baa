// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/** Which of a Fourier transform of length n and its inverse is scaled. */
public enum FftNorm {
    /** The inverse, by 1/n. */
    BACKWARD,
    /** Both, by 1/sqrt(n). */
    ORTHO,
    /** The transform, by 1/n. */
    FORWARD
}
