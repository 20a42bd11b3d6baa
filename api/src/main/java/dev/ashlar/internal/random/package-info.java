// SPDX-License-Identifier: Apache-2.0
/**
 * Random numbers drawn on the host, number by number as other libraries draw them.
 *
 * <p>Start with {@link dev.ashlar.internal.random.HostRandom}.
 */
@NullMarked
package dev.ashlar.internal.random;

import org.jspecify.annotations.NullMarked;
