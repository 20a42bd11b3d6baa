// SPDX-License-Identifier: Apache-2.0
/**
 * The operations of tensors as data: what each computes, written a second time in plain Java on arrays of double, on which inputs, how
 * exactly, where its derivative jumps and what it refuses. The tests are generated from these records.
 */
@NullMarked
package dev.ashlar.conformance.internal.ops;

import org.jspecify.annotations.NullMarked;
