// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/**
 * {@code A = V diag(L) V'} of a symmetric A.
 *
 * @param values [.., n], smallest first
 * @param vectors [.., n, n]: column k is the eigenvector of value k, of length 1 and with an arbitrary sign
 */
public record Eigen(Tensor values, Tensor vectors) {}
