// SPDX-License-Identifier: Apache-2.0
/**
 * What a backend implements: memory, a compiler and a queue.
 *
 * <p>Start with {@link dev.ashlar.spi.BackendProvider} (how a backend is found), {@link dev.ashlar.spi.Backend} (what it does) and
 * {@link dev.ashlar.spi.Kernel} (what it is asked to compute). The rules, numbered, with the tests that check them, are in
 * {@code SPEC.md} of the conformance suite.
 */
@NullMarked
package dev.ashlar.spi;

import org.jspecify.annotations.NullMarked;
