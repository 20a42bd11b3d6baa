// SPDX-License-Identifier: Apache-2.0
/**
 * Memory of one device: the caching allocator and the copies between host and device.
 */
@NullMarked
package dev.ashlar.runtime.opencl.memory;

import org.jspecify.annotations.NullMarked;
