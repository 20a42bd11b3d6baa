// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.launch;

import dev.ashlar.runtime.opencl.device.Session;
import dev.ashlar.runtime.opencl.memory.Allocator;
import dev.ashlar.runtime.opencl.program.Compiler;
import dev.ashlar.runtime.opencl.render.Target;

/**
 * What launches need.
 *
 * @param session context and queue; its monitor is held during every launch
 * @param allocator for scratch memory
 * @param compiler for variants that are compiled late
 * @param target how kernels were rendered
 * @param wide whether to compute all indices with 64 bits, also where 32 would do
 */
public record LaunchContext(Session session, Allocator allocator, Compiler compiler, Target target, boolean wide) {}
