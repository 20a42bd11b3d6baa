// SPDX-License-Identifier: Apache-2.0
/** Which of our operations answers each recorded call; one class for each group of files. */
@NullMarked
package dev.ashlar.conformance.internal.vectors.tables;

import org.jspecify.annotations.NullMarked;
