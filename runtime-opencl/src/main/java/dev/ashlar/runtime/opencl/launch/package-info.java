// SPDX-License-Identifier: Apache-2.0
/**
 * Launches: from the numbers of one {@link dev.ashlar.spi.KernelArgs} to arguments and work sizes.
 *
 * <p>Start with {@link dev.ashlar.runtime.opencl.launch.ClExecutable}.
 */
@NullMarked
package dev.ashlar.runtime.opencl.launch;

import org.jspecify.annotations.NullMarked;
