// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/**
 * Numbers taken apart: each was mantissa * 2^exponent.
 *
 * @param mantissa of magnitude in [0.5, 1), or 0, an infinity or NaN; of the operand's type
 * @param exponent int32; 0 where the mantissa is 0, infinite or NaN
 */
public record MantissaAndExponent(Tensor mantissa, Tensor exponent) {}
