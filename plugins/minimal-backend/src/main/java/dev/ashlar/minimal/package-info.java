// SPDX-License-Identifier: Apache-2.0
/**
 * A complete backend that is short enough to be read in one sitting, for people who write their own.
 *
 * <p>Read in this order: {@link dev.ashlar.minimal.MinimalProvider} (how a backend is found), {@code MinimalBackend} (memory, compiler,
 * queue), {@code Loops} (the kernels), {@code Interpreter} (one expression at one point), {@code Scalars} (the scalar operations) and
 * {@code Elements} (the ten storage types). The module's README walks through the same steps.
 */
@NullMarked
package dev.ashlar.minimal;

import org.jspecify.annotations.NullMarked;
