// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.launch;

import dev.ashlar.runtime.opencl.memory.DeviceMemory;
import dev.ashlar.runtime.opencl.program.Compiler;
import dev.ashlar.runtime.opencl.render.Rendered;
import java.util.HashMap;
import java.util.Map;
import org.jocl.CL;
import org.jspecify.annotations.Nullable;

/** A compiled text with indices of 32 or of 64 bits: its numbers and its functions, which are created when first used. */
final class Variant {
    private final LaunchContext context;
    private final Compiler.Unit unit;
    private final int pointers;
    private final boolean indirect;
    private final ArgBlock block;
    private final Map<String, ClKernel> kernels = new HashMap<>();
    private @Nullable DeviceMemory numbers;
    private int written = -1;

    Variant(LaunchContext context, Compiler.Unit unit, Rendered rendered, boolean wide) {
        this.context = context;
        this.unit = unit;
        this.pointers = rendered.pointers();
        this.indirect = rendered.indirect(wide);
        this.block = new ArgBlock(rendered.layout(), wide);
    }

    ArgBlock block() {
        return block;
    }

    String source() {
        return unit.program().source();
    }

    /** Returns a function by the name that follows the prefix, with the current numbers passed. */
    ClKernel kernel(String name) {
        ClKernel kernel = kernels.get(name);
        if (kernel == null) {
            String full = unit.prefix() + name;
            kernel = new ClKernel(context, unit.program().kernel(full), full, pointers);
            kernels.put(name, kernel);
        }
        if (indirect) {
            kernel.buffer(0, numbers());
        } else {
            kernel.numbers(block);
        }
        return kernel;
    }

    /** Writes the numbers to memory, where they are too many for arguments. Waits, which such kernels are rare enough for. */
    private DeviceMemory numbers() {
        DeviceMemory memory = numbers;
        if (memory == null) {
            memory = context.allocator().createUncounted(block.size());
            numbers = memory;
        }
        if (written != block.version()) {
            int code = CL.clEnqueueWriteBuffer(
                    context.session().queue(), memory.object(), true, 0, block.size(), block.pointer(), 0, null, null);
            context.session().checkWait("writing arguments", code);
            written = block.version();
        }
        return memory;
    }

    void release() {
        kernels.values().forEach(ClKernel::release);
        kernels.clear();
        DeviceMemory memory = numbers;
        if (memory != null) {
            context.allocator().releaseUncounted(memory);
            numbers = null;
        }
        unit.program().release();
    }
}
