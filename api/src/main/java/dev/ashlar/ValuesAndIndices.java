// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/**
 * Chosen elements and where they were found.
 *
 * @param values the elements; gradients flow back to the places that they were taken from
 * @param indices int64 positions along the dimension that was searched, of the same shape
 */
public record ValuesAndIndices(Tensor values, Tensor indices) {}
