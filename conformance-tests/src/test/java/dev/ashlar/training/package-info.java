// SPDX-License-Identifier: Apache-2.0
/** Modules, optimizers, data loading and checkpoints on every backend that is there; values to compare with are PyTorch's. */
@NullMarked
package dev.ashlar.training;

import org.jspecify.annotations.NullMarked;
