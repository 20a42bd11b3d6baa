// SPDX-License-Identifier: Apache-2.0
/** Tests of tensor operations, on every device that is there. */
@NullMarked
package dev.ashlar.tensor;

import org.jspecify.annotations.NullMarked;
