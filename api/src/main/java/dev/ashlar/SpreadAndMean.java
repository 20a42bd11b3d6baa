// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/**
 * How far elements lie apart, and around what; of one shape.
 *
 * @param spread the variances or standard deviations
 * @param mean the means
 */
public record SpreadAndMean(Tensor spread, Tensor mean) {}
