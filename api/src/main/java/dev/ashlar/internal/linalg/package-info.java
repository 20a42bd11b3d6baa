// SPDX-License-Identifier: Apache-2.0
/**
 * Factorisations of one matrix at a time, in double precision, on the host. Matrices are arrays, row-major; nothing here knows of tensors.
 *
 * <p>Called by {@code dev.ashlar.internal.tensor}, which reads batches of matrices from a device and writes the results back. Start with
 * {@link dev.ashlar.internal.linalg.Lu}.
 */
@NullMarked
package dev.ashlar.internal.linalg;

import org.jspecify.annotations.NullMarked;
