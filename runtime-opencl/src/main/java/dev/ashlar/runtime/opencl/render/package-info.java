// SPDX-License-Identifier: Apache-2.0
/**
 * Kernels as OpenCL C 1.2 text. Pure functions of a {@link dev.ashlar.spi.KernelCode} and a
 * {@link dev.ashlar.runtime.opencl.render.Target}; nothing here calls a driver.
 *
 * <p>Start with {@link dev.ashlar.runtime.opencl.render.Renderer}, then {@link dev.ashlar.runtime.opencl.render.ExprRenderer}.
 */
@NullMarked
package dev.ashlar.runtime.opencl.render;

import org.jspecify.annotations.NullMarked;
