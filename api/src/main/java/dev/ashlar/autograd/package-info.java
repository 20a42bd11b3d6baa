// SPDX-License-Identifier: Apache-2.0
/**
 * Gradients: modes, gradients and derivatives as values, operations with gradient rules of one's own, pieces that are computed again
 * instead of kept, and checks of rules.
 *
 * <p>Start with {@link dev.ashlar.autograd.Autograd}; then {@link dev.ashlar.autograd.Function}, {@link
 * dev.ashlar.autograd.Checkpointing} and {@link dev.ashlar.autograd.GradCheck}.
 */
@NullMarked
package dev.ashlar.autograd;

import org.jspecify.annotations.NullMarked;
