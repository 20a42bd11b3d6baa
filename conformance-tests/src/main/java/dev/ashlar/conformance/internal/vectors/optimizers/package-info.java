// SPDX-License-Identifier: Apache-2.0
/** Paths of optimizers and of schedulers of learning rates, played back. */
@NullMarked
package dev.ashlar.conformance.internal.vectors.optimizers;

import org.jspecify.annotations.NullMarked;
