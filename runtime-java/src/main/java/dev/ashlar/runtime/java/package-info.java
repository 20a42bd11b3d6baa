// SPDX-License-Identifier: Apache-2.0
/**
 * The backend "java". {@link dev.ashlar.runtime.java.JavaBackendProvider} is what the core finds,
 * {@link dev.ashlar.runtime.java.JavaBackend} what it drives.
 *
 * <p>Two paths compute the same kernels: {@code scalar} is the readable definition, {@code vector} the fast one and the default;
 * {@code -Dashlar.java.path=scalar} chooses. Memory and checks that both share are in {@code device}.
 */
@NullMarked
package dev.ashlar.runtime.java;

import org.jspecify.annotations.NullMarked;
