// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.launch;

import dev.ashlar.runtime.opencl.program.Compiler;
import dev.ashlar.runtime.opencl.render.Renderer;
import dev.ashlar.spi.Binding;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.List;

/** Launches of gathers and scatters. */
final class IndexedLaunch extends PartLaunch {
    private static final long CHUNK = 256;

    private final int axis;
    private final int rank;
    private final boolean gather;
    private final Geometry geometry;
    private final Geometry[] geometries;

    IndexedLaunch(LaunchContext context, Kernel kernel, int axis, int rank, Renderer.Part part, Compiler.Unit unit) {
        super(context, part, unit);
        this.axis = axis;
        this.rank = rank;
        this.gather = kernel instanceof Kernel.Gather;
        List<DType> types = new ArrayList<>(kernel.inputs());
        types.addAll(kernel.outputs());
        this.geometry = new Geometry(types, new int[] {0, axis, axis + 1, rank}, true);
        this.geometries = new Geometry[] {geometry};
    }

    @Override
    void launch(List<Binding> buffers, KernelArgs args) {
        geometry.load(args, buffers, 0);
        // The merging drops strides of axes of size 1, but indices move along this one.
        for (int j = 0; j < 3; j++) {
            geometry.strides[j][axis] = args.strides()[j][axis];
        }
        long items;
        if (gather) {
            long total = geometry.count(0, rank);
            long chunk = target.loops() ? CHUNK : 1;
            set(extra("total"), total);
            set(extra("chunk"), chunk);
            items = divideUp(total, chunk);
        } else {
            long after = geometry.count(axis + 1, rank);
            items = geometry.count(0, axis) * after;
            set(extra("after"), after);
            set(extra("lines"), items);
        }
        Variant variant = variant(geometry.isWide(gather ? 0 : 2, axis));
        variant.block().fill(geometries, extras);
        ClKernel kernel = variant.kernel(gather ? "gather" : "scatter");
        bind(kernel, buffers, 0, 4);
        int group = target.loops() ? 1 : target.group();
        kernel.launch(divideUp(items, group), group);
    }
}
