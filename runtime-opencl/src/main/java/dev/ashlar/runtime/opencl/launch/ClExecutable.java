// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.launch;

import dev.ashlar.runtime.opencl.memory.ClBuffer;
import dev.ashlar.runtime.opencl.program.Compiler;
import dev.ashlar.runtime.opencl.render.Renderer;
import dev.ashlar.spi.Binding;
import dev.ashlar.spi.Executable;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.KernelCode;
import dev.ashlar.type.InvalidArgumentException;
import java.util.ArrayList;
import java.util.List;

/** A compiled kernel: one part, or several launched one after the other. */
public final class ClExecutable implements Executable {
    private final LaunchContext context;
    private final KernelCode code;
    private final List<PartLaunch> parts;
    private final int bindings;
    private boolean closed;

    private ClExecutable(LaunchContext context, KernelCode code, List<PartLaunch> parts) {
        this.context = context;
        this.code = code;
        this.parts = List.copyOf(parts);
        boolean reports = code.kernel() instanceof Kernel.Gather || code.kernel() instanceof Kernel.Scatter;
        this.bindings = code.kernel().inputs().size() + code.kernel().outputs().size() + (reports ? 1 : 0);
    }

    /**
     * Makes an executable.
     *
     * @param units the compiled parts
     */
    public static ClExecutable of(LaunchContext context, KernelCode code, List<Renderer.Part> parts, List<Compiler.Unit> units) {
        List<PartLaunch> launches = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            launches.add(PartLaunch.of(context, code, parts.get(i), units.get(i)));
        }
        return new ClExecutable(context, code, launches);
    }

    @Override
    public KernelCode code() {
        return code;
    }

    @Override
    public String describe() {
        return parts.getFirst().source();
    }

    /** Launches; to be called with the session's monitor held. */
    public void launch(List<Binding> buffers, KernelArgs args) {
        if (closed) {
            throw new InvalidArgumentException("[submit] expected an open executable, got a closed one; compile it again");
        }
        if (buffers.size() != bindings) {
            throw new InvalidArgumentException("[submit] expected " + bindings + " bindings, got " + buffers.size()
                    + "; give inputs, outputs and the error word where there is one");
        }
        for (int i = 0; i < buffers.size(); i++) {
            if (!(buffers.get(i).buffer() instanceof ClBuffer buffer) || !buffer.isUsableIn(context.allocator())) {
                throw new InvalidArgumentException("[submit] expected an open buffer of this backend as binding " + i
                        + ", got another; copy it over first");
            }
        }
        for (int i = 0; i < parts.size(); i++) {
            parts.get(i).launch(buffers, args);
        }
    }

    @Override
    public void close() {
        synchronized (context.session()) {
            if (!closed) {
                closed = true;
                if (!context.session().isClosed()) {
                    parts.forEach(PartLaunch::release);
                }
            }
        }
    }
}
