// SPDX-License-Identifier: Apache-2.0
/**
 * Compiled programs: built once, kept in memory by source and on disk by source, options, device and driver.
 */
@NullMarked
package dev.ashlar.runtime.opencl.program;

import org.jspecify.annotations.NullMarked;
