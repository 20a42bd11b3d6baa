// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.launch;

import dev.ashlar.runtime.opencl.memory.ClBuffer;
import dev.ashlar.runtime.opencl.program.Compiler;
import dev.ashlar.runtime.opencl.render.ArgLayout;
import dev.ashlar.runtime.opencl.render.Renderer;
import dev.ashlar.runtime.opencl.render.Target;
import dev.ashlar.spi.Binding;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.KernelCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What launching one part of a kernel means: geometry, numbers, buffers and work sizes. */
abstract class PartLaunch {
    final LaunchContext context;
    final Target target;
    private final Renderer.Part part;
    private final Variant narrow;
    private @Nullable Variant wide;
    final long[] extras;

    PartLaunch(LaunchContext context, Renderer.Part part, Compiler.Unit unit) {
        this.context = context;
        this.target = context.target();
        this.part = part;
        this.narrow = new Variant(context, unit, part.rendered(), false);
        this.extras = new long[part.rendered().layout().extraCount()];
    }

    static PartLaunch of(LaunchContext context, KernelCode code, Renderer.Part part, Compiler.Unit unit) {
        return switch (code.kernel()) {
            case Kernel.Map map -> new MapLaunch(context, List.of(map), 0, code.rank(), part, unit);
            case Kernel.Group group -> {
                int first = group.members().subList(0, part.firstMember()).stream()
                        .mapToInt(member -> member.inputs().size() + member.outputs().size())
                        .sum();
                List<Kernel.Map> members = group.members().subList(part.firstMember(), part.firstMember() + part.members());
                yield new MapLaunch(context, members, first, code.rank(), part, unit);
            }
            case Kernel.Reduce reduce -> new ReduceLaunch(context, reduce, code.rank(), part, unit);
            case Kernel.Contract contract -> new ContractLaunch(context, contract, code.rank(), part, unit);
            case Kernel.Gather gather -> new IndexedLaunch(context, gather, gather.axis(), code.rank(), part, unit);
            case Kernel.Scatter scatter -> new IndexedLaunch(context, scatter, scatter.axis(), code.rank(), part, unit);
            case Kernel.Composite composite -> throw new IllegalStateException("composites are not rendered: " + composite.name());
        };
    }

    abstract void launch(List<Binding> buffers, KernelArgs args);

    String source() {
        return narrow.source();
    }

    int firstMember() {
        return part.firstMember();
    }

    /** Returns the compiled text for indices of a width; that for 64 bits is compiled when first needed. */
    Variant variant(boolean needsWide) {
        if (!needsWide && !context.wide()) {
            return narrow;
        }
        Variant variant = wide;
        if (variant == null) {
            Compiler.Unit unit = context.compiler().compile(List.of(part.rendered()), true).getFirst();
            variant = new Variant(context, unit, part.rendered(), true);
            wide = variant;
        }
        return variant;
    }

    /** Returns the place of an extra in {@link #extras}, -1 if the text does not read it. */
    int extra(String name) {
        ArgLayout layout = part.rendered().layout();
        return layout.extraIndex(name);
    }

    void set(int place, long value) {
        if (place >= 0) {
            extras[place] = value;
        }
    }

    /** Passes {@code count} buffers from {@code first} on as pointers number 1 and following. */
    static void bind(ClKernel kernel, List<Binding> buffers, int first, int count) {
        for (int i = 0; i < count; i++) {
            if (buffers.get(first + i).buffer() instanceof ClBuffer buffer) {
                kernel.buffer(1 + i, buffer.memory());
            }
        }
    }

    static long divideUp(long a, long b) {
        return (a + b - 1) / b;
    }

    void release() {
        narrow.release();
        if (wide != null) {
            wide.release();
        }
    }
}
