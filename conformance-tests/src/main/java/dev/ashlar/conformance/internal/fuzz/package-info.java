// SPDX-License-Identifier: Apache-2.0
/** Random programs of tensor operations, judged step by step, shrunk when they fail. */
@NullMarked
package dev.ashlar.conformance.internal.fuzz;

import org.jspecify.annotations.NullMarked;
