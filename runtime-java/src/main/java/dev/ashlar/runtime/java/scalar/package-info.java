// SPDX-License-Identifier: Apache-2.0
/**
 * The living definition: every kernel as plain loops over the iteration space that walk the expression once per point, on one
 * thread. Start with {@link dev.ashlar.runtime.java.scalar.ScalarCompiler}; what an operation means is in
 * {@link dev.ashlar.runtime.java.scalar.ScalarMath}.
 */
@NullMarked
package dev.ashlar.runtime.java.scalar;

import org.jspecify.annotations.NullMarked;
