// SPDX-License-Identifier: Apache-2.0
/**
 * Devices: loading the driver without ever failing, describing what it offers, choosing among duplicates, naming its errors.
 *
 * <p>Start with {@link dev.ashlar.runtime.opencl.device.Discovery}.
 */
@NullMarked
package dev.ashlar.runtime.opencl.device;

import org.jspecify.annotations.NullMarked;
