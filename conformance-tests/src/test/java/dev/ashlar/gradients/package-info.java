// SPDX-License-Identifier: Apache-2.0
/** Tests of gradients: modes, hooks, own functions, checkpoints. */
@NullMarked
package dev.ashlar.gradients;

import org.jspecify.annotations.NullMarked;
