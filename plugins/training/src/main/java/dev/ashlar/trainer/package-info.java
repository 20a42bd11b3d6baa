// SPDX-License-Identifier: Apache-2.0
/**
 * A training loop for those who want one.
 *
 * <p>Start with {@link dev.ashlar.trainer.Trainer}. {@link dev.ashlar.trainer.Metric}s say how good a model is and serve hand-written loops
 * as well; so do {@link dev.ashlar.trainer.SummaryWriter} and {@link dev.ashlar.trainer.History}.
 */
@NullMarked
package dev.ashlar.trainer;

import org.jspecify.annotations.NullMarked;
