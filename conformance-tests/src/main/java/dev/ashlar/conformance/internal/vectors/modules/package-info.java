// SPDX-License-Identifier: Apache-2.0
/** Which of our modules answers each recorded one; one class for each group of files. */
@NullMarked
package dev.ashlar.conformance.internal.vectors.modules;

import org.jspecify.annotations.NullMarked;
