// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/** Which of the first two vectors of {@link Tensor#meshgrid} runs along the rows of the result. */
public enum GridIndexing {
    /** The first vector runs along dimension 0, the second along dimension 1: as matrices are indexed. */
    IJ,
    /** The first vector runs along dimension 1, the second along dimension 0: as points of a plane are written. */
    XY
}
