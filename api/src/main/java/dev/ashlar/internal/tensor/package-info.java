// SPDX-License-Identifier: Apache-2.0
/**
 * What stands behind {@link dev.ashlar.Tensor}: handles, the tape of gradient rules, backward, devices.
 *
 * <p>Start with {@link dev.ashlar.internal.tensor.Primitives} (how an operation is recorded) and
 * {@link dev.ashlar.internal.tensor.Tape} (how its gradient is).
 */
@NullMarked
package dev.ashlar.internal.tensor;

import org.jspecify.annotations.NullMarked;
