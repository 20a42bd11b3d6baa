// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/**
 * The X for which the columns of {@code A X - B} are shortest, and of those the shortest X.
 *
 * @param solution [.., n, k]
 * @param residuals [.., k], the squared lengths of the columns of {@code A X - B}; empty unless A has more rows than columns and every
 *     matrix of the batch has full rank
 * @param rank [..], int64
 * @param singularValues [.., min(m, n)], largest first
 */
public record LeastSquares(Tensor solution, Tensor residuals, Tensor rank, Tensor singularValues) {}
