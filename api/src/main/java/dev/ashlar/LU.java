// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/**
 * {@code A = P L U}.
 *
 * @param p [.., m, m], a permutation; no gradient flows
 * @param l [.., m, k], with ones on the diagonal and zeros above
 * @param u [.., k, n], with zeros below the diagonal
 */
public record LU(Tensor p, Tensor l, Tensor u) {}
