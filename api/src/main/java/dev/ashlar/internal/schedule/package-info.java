// SPDX-License-Identifier: Apache-2.0
/**
 * From a recorded program to launches: simplify, fuse into kernels, order, plan memory, compile, cache.
 *
 * <p>Called by {@code internal.graph}, calls {@code spi}. Start with {@link dev.ashlar.internal.schedule.Program} (what comes in),
 * {@link dev.ashlar.internal.schedule.Lowering} (where kernels are formed) and {@link dev.ashlar.internal.schedule.Plan} (what runs).
 */
@NullMarked
package dev.ashlar.internal.schedule;

import org.jspecify.annotations.NullMarked;
