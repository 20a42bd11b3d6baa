// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/**
 * Numbers that may be too large or too small to be written down, as {@code sign * exp(logAbs)}.
 *
 * @param sign -1, 0 or 1; no gradient flows
 * @param logAbs the logarithms of the absolute values, minus infinity for 0
 */
public record SignAndLog(Tensor sign, Tensor logAbs) {}
