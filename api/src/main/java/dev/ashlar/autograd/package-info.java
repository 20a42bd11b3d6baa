// SPDX-License-Identifier: Apache-2.0
/**
 * Gradients: the mode in which operations record rules, and gradients outside of leaves.
 *
 * <p>Start with {@link dev.ashlar.autograd.Autograd}.
 */
@NullMarked
package dev.ashlar.autograd;

import org.jspecify.annotations.NullMarked;
