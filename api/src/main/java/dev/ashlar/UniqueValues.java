// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import org.jspecify.annotations.Nullable;

/**
 * Values without repetitions.
 *
 * @param values each value once; no gradient flows
 * @param inverse int64 positions in {@code values} of what was asked about, or null if they were not asked for
 * @param counts int64 numbers of occurrences, one for each value, or null if they were not asked for
 */
public record UniqueValues(Tensor values, @Nullable Tensor inverse, @Nullable Tensor counts) {}
