// SPDX-License-Identifier: Apache-2.0
/**
 * The judge: an interpreter of kernels that computes point by point in double precision with {@code StrictMath} and in {@code long} for
 * integers, and says for every element what it must be and how far a backend may be off. It shares no code with any backend.
 *
 * <p>Start with {@code Oracle} (kernels), {@code ScalarOracle} (one instruction) and {@code ErrorBounds} (the tolerances).
 */
@NullMarked
package dev.ashlar.conformance.internal.oracle;

import org.jspecify.annotations.NullMarked;
