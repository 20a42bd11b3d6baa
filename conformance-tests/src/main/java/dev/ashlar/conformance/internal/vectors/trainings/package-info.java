// SPDX-License-Identifier: Apache-2.0
/** Recorded trainings: each is repeated from its first weights, and its losses are compared. */
@NullMarked
package dev.ashlar.conformance.internal.vectors.trainings;

import org.jspecify.annotations.NullMarked;
