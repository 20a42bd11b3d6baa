// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/**
 * Normalised values, and the statistics that they were normalised by.
 *
 * @param output the values
 * @param mean of each group
 * @param rstd one divided by the standard deviation of each group
 */
public record Normalized(Tensor output, Tensor mean, Tensor rstd) {}
