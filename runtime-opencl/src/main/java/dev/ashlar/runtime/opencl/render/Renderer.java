// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.render;

import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelCode;
import dev.ashlar.spi.LayoutClass;
import dev.ashlar.type.UnsupportedKernelException;
import java.util.ArrayList;
import java.util.List;

/** The way from a kernel to OpenCL C. */
public final class Renderer {
    private Renderer() {}

    /**
     * Part of a kernel that is one launch.
     *
     * @param rendered its text
     * @param firstMember number of its first member, for groups
     * @param members how many members it has, for groups
     */
    public record Part(Rendered rendered, int firstMember, int members) {}

    /**
     * Renders a kernel: one part, or several for groups with more numbers than one launch takes.
     *
     * @throws UnsupportedKernelException if this backend does not do it
     */
    public static List<Part> render(KernelCode code, Target target) {
        List<LayoutClass> layouts = code.layouts();
        int rank = code.rank();
        return switch (code.kernel()) {
            case Kernel.Map map -> List.of(new Part(MapRenderer.render(List.of(map), layouts, rank, target), 0, 1));
            case Kernel.Reduce reduce -> one(ReduceRenderer.render(reduce, layouts, rank, target));
            case Kernel.Contract contract -> one(ContractRenderer.render(contract, layouts, rank, target));
            case Kernel.Gather gather -> one(IndexedRenderer.gather(gather, layouts, rank, target));
            case Kernel.Scatter scatter -> one(IndexedRenderer.scatter(scatter, layouts, rank, target));
            case Kernel.Group group -> group(group, layouts, rank, target);
            case Kernel.Composite composite -> throw new UnsupportedKernelException("[opencl] expected a claimed composite, got "
                    + composite.name() + "@" + composite.version() + "; send its decomposition");
        };
    }

    private static List<Part> one(Rendered rendered) {
        return List.of(new Part(rendered, 0, 1));
    }

    private static List<Part> group(Kernel.Group group, List<LayoutClass> layouts, int rank, Target target) {
        List<Part> parts = new ArrayList<>();
        int from = 0;
        int firstBinding = 0;
        while (from < group.members().size()) {
            Part best = null;
            int bindings = 0;
            for (int to = from + 1; to <= group.members().size(); to++) {
                List<Kernel.Map> members = group.members().subList(from, to);
                int count = members.stream().mapToInt(m -> m.inputs().size() + m.outputs().size()).sum();
                Rendered rendered = MapRenderer.render(members, layouts.subList(firstBinding, firstBinding + count), rank, target);
                if (best != null && rendered.indirect(false)) {
                    break;
                }
                best = new Part(rendered, from, to - from);
                bindings = count;
            }
            if (best == null) {
                throw new IllegalStateException("a part holds at least one member");
            }
            parts.add(best);
            from += best.members();
            firstBinding += bindings;
        }
        return parts;
    }

    /** Returns how many neighbouring results one work-item of a fold over columns takes. */
    public static int columnBlock(Kernel.Reduce kernel, Target target) {
        return ReduceRenderer.columnVectors(kernel) * target.lanes();
    }

    /** Returns whether large products of this kernel are packed. */
    public static boolean isPacked(Kernel.Contract kernel, Target target) {
        return ContractRenderer.isPacked(kernel, target);
    }

    /** Returns the columns of the packed product's register tile. */
    public static int packedWidth(Target target) {
        return GemmRenderer.width(target);
    }

    /** Returns the rows of the packed product's register tile. */
    public static int packedHeight() {
        return GemmRenderer.ROWS;
    }

    /** Returns how many terms of a packed product's sums are added in turn. */
    public static int packedDepth() {
        return GemmRenderer.BLOCK_DEPTH;
    }
}
