// SPDX-License-Identifier: Apache-2.0
/**
 * The fast path: expressions are interpreted in blocks that stay in the first-level cache, each instruction one loop over typed
 * scratch registers; products are packed and register-blocked. Start with {@link dev.ashlar.runtime.java.vector.VectorCompiler},
 * then {@link dev.ashlar.runtime.java.vector.Program} (an expression ready to run) and
 * {@link dev.ashlar.runtime.java.vector.Space} (where its operands lie).
 *
 * <p>Results never depend on the number of threads, on the CPU's vector width or on what the JIT has compiled: work is split by
 * shape, lanes are folded in a written order, and every loop of {@link dev.ashlar.runtime.java.vector.Lanes} has a plain twin that
 * gives the same bits.
 */
@NullMarked
package dev.ashlar.runtime.java.vector;

import org.jspecify.annotations.NullMarked;
