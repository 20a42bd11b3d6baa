// SPDX-License-Identifier: Apache-2.0
/** Recorded answers of another library, played back on the backend under test: files, calls, comparison. */
@NullMarked
package dev.ashlar.conformance.internal.vectors;

import org.jspecify.annotations.NullMarked;
