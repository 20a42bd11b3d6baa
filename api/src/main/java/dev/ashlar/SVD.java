// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/**
 * {@code A = U diag(S) V'}.
 *
 * @param u [.., m, k], with orthonormal columns
 * @param s [.., k], the singular values, largest first
 * @param vh [.., k, n], V', with orthonormal rows
 */
public record SVD(Tensor u, Tensor s, Tensor vh) {}
