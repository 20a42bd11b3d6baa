// SPDX-License-Identifier: Apache-2.0
/**
 * The backend "opencl": one class that finds devices, one that drives an opened one.
 *
 * <p>Start with {@link dev.ashlar.runtime.opencl.OpenClBackendProvider}. Below it: {@code device} (what is there and what it can do),
 * {@code memory} (buffers and transfers), {@code render} (kernels to OpenCL C), {@code program} (compiling and caching) and
 * {@code launch} (geometry and arguments of each launch). Arrows between them point from {@code launch} to the others only.
 */
@NullMarked
package dev.ashlar.runtime.opencl;

import org.jspecify.annotations.NullMarked;
