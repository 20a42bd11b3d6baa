// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.launch;

import dev.ashlar.runtime.opencl.program.Compiler;
import dev.ashlar.runtime.opencl.render.Renderer;
import dev.ashlar.spi.Binding;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.List;

/** Launches of one or several maps. */
final class MapLaunch extends PartLaunch {
    // Elements of a row per work-item: enough to hide the cost of a work-group, few enough to keep all cores busy.
    private static final long CHUNK = 1024;
    private static final long LARGE_CHUNK = 4096;
    private static final long LARGE = 1 << 20;

    private final List<Kernel.Map> members;
    private final boolean group;
    private final int firstBinding;
    private final int rank;
    private final Geometry[] geometries;
    private final int[] firsts;
    private final int bindings;
    private final int[] chunk;
    private final int[] chunks;
    private final int[] vec;
    private final int[] total;
    private final int[] end;

    MapLaunch(
            LaunchContext context, List<Kernel.Map> members, int firstBinding, int rank, Renderer.Part part, Compiler.Unit unit) {
        super(context, part, unit);
        this.members = List.copyOf(members);
        this.firstBinding = firstBinding;
        this.rank = rank;
        this.group = part.members() > 1 || part.firstMember() > 0 || firstBinding > 0;
        int count = members.size();
        this.geometries = new Geometry[count];
        this.firsts = new int[count];
        this.chunk = new int[count];
        this.chunks = new int[count];
        this.vec = new int[count];
        this.total = new int[count];
        this.end = new int[count];
        int next = 0;
        for (int m = 0; m < count; m++) {
            Kernel.Map map = members.get(m);
            List<DType> types = new ArrayList<>(map.inputs());
            types.addAll(map.outputs());
            boolean coordinates = map.body().instructions().stream().anyMatch(step -> step.op() == ScalarOp.AXIS_INDEX);
            geometries[m] = new Geometry(types, new int[] {0, rank}, !coordinates);
            firsts[m] = next;
            next += types.size();
            chunk[m] = extra("chunk" + m);
            chunks[m] = extra("chunks" + m);
            vec[m] = extra("vec" + m);
            total[m] = extra("total" + m);
            end[m] = extra("end" + m);
        }
        this.bindings = next;
    }

    @Override
    void launch(List<Binding> buffers, KernelArgs args) {
        boolean wide = false;
        long items = 0;
        for (int m = 0; m < geometries.length; m++) {
            Geometry geometry = geometries[m];
            KernelArgs own = args.members().isEmpty() ? args : args.members().get(firstMember() + m);
            geometry.load(own, buffers, firstBinding + firsts[m]);
            wide |= geometry.isWide(-1, -1);
            items += target.loops() ? loops(m, geometry) : groups(m, geometry);
            set(end[m], items);
        }
        Variant variant = variant(wide);
        variant.block().fill(geometries, extras);
        ClKernel kernel = variant.kernel("map");
        bind(kernel, buffers, firstBinding, bindings);
        kernel.launch(items, target.loops() ? 1 : target.group());
    }

    private long groups(int m, Geometry geometry) {
        long elements = geometry.count(0, rank);
        set(total[m], elements);
        return divideUp(elements, target.group());
    }

    private long loops(int m, Geometry geometry) {
        long inner = rank == 0 ? 1 : geometry.sizes[rank - 1];
        long rows = rank == 0 ? 1 : geometry.count(0, rank - 1);
        long piece = inner * rows >= LARGE ? LARGE_CHUNK : CHUNK;
        long pieces = divideUp(inner, piece);
        set(chunk[m], piece);
        set(chunks[m], pieces);
        set(vec[m], isVector(m, geometry) ? 1 : 0);
        return rows * pieces;
    }

    private boolean isVector(int m, Geometry geometry) {
        if (rank == 0 || geometry.sizes[rank - 1] < target.lanes()) {
            return false;
        }
        int inputs = members.get(m).inputs().size();
        for (int j = 0; j < geometry.strides.length; j++) {
            long stride = geometry.strides[j][rank - 1];
            if (stride != 1 && (stride != 0 || j >= inputs)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return (group ? "group of " : "map of ") + members.size();
    }
}
