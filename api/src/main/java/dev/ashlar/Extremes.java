// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/**
 * The smallest and the largest elements, of one shape.
 *
 * @param min the smallest
 * @param max the largest
 */
public record Extremes(Tensor min, Tensor max) {}
