// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.suite;

import dev.ashlar.spi.Expr;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.KernelCode;
import dev.ashlar.spi.LayoutClass;
import dev.ashlar.spi.ReduceOp;
import dev.ashlar.spi.ScatterOp;
import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** Builds one trial: the iteration space first, then inputs, outputs and run-time scalars, at last the kernel. Not thread-safe. */
public final class TrialBuilder {
    /** The number that gather and scatter write to the error word. */
    public static final long SITE = 4711;

    private record Operand(DType type, Layout layout, long[] sizes, boolean[] varies, Filler filler, int sameAs) {}

    private final String label;
    private final long[] sizes;
    private final List<Operand> inputs = new ArrayList<>();
    private final List<Operand> outputs = new ArrayList<>();
    private long[] params = {};

    public TrialBuilder(String label, long... sizes) {
        this.label = label + " " + Arrays.toString(sizes);
        this.sizes = sizes;
    }

    public TrialBuilder in(DType type, Layout layout, Filler filler) {
        return in(type, layout, all(), filler);
    }

    /** Adds an input that varies along some axes only. */
    public TrialBuilder in(DType type, Layout layout, boolean[] varies, Filler filler) {
        inputs.add(new Operand(type, layout, sizes, varies, filler, -1));
        return this;
    }

    /** Adds an input whose size along one axis is not that of the iteration space: what a gather reads. */
    public TrialBuilder source(DType type, Layout layout, int axis, long extent, Filler filler) {
        inputs.add(new Operand(type, layout, with(axis, extent), all(), filler, -1));
        return this;
    }

    public TrialBuilder out(DType type, Layout layout) {
        return out(type, layout, all());
    }

    public TrialBuilder out(DType type, Layout layout, boolean[] varies) {
        outputs.add(new Operand(type, layout, sizes, varies, Filler.UNTOUCHED, -1));
        return this;
    }

    /** Adds an output that takes the place of an input. */
    public TrialBuilder inPlace(int input) {
        Operand same = inputs.get(input);
        outputs.add(new Operand(same.type, same.layout, same.sizes, same.varies, same.filler, input));
        return this;
    }

    /** Adds the target of a scatter with its base values. */
    public TrialBuilder target(DType type, Layout layout, int axis, long extent, Filler filler) {
        outputs.add(new Operand(type, layout, with(axis, extent), all(), filler, -1));
        return this;
    }

    public TrialBuilder params(long... values) {
        params = values;
        return this;
    }

    public Trial map(Expr body) {
        return build(mapKernel(body), 0, false);
    }

    /** Returns the kernel of {@link #map}. */
    public Kernel.Map mapKernel(Expr body) {
        return new Kernel.Map(types(inputs), types(outputs), params.length, body);
    }

    public Trial reduce(ReduceOp op, DType accumulator, int reducedAxes, Expr prologue, Expr epilogue) {
        return build(
                new Kernel.Reduce(
                        types(inputs), outputs.getFirst().type, params.length, reducedAxes, op, accumulator, prologue, epilogue),
                0, false);
    }

    public Trial contract(int batch, int rows, int columns, int sums, DType accumulator, Expr epilogue) {
        return build(
                new Kernel.Contract(
                        types(inputs), outputs.getFirst().type, params.length, batch, rows, columns, sums, accumulator, epilogue),
                0, false);
    }

    /** The first input is the source, the second the index. */
    public Trial gather(int axis) {
        return build(
                new Kernel.Gather(inputs.get(0).type, inputs.get(1).type, axis), inputs.get(0).sizes[axis], true);
    }

    /** The first input is the source, the second the index, the output the target. */
    public Trial scatter(int axis, ScatterOp op) {
        return build(
                new Kernel.Scatter(inputs.get(0).type, inputs.get(1).type, axis, op), outputs.getFirst().sizes[axis], true);
    }

    /** Returns what a group needs of this member. */
    Function<Random, Launch> data(long extent, boolean errorWord) {
        long site = errorWord ? SITE : 0;
        List<Operand> operands = operands();
        return random -> {
            List<Area> areas = new ArrayList<>();
            for (Operand operand : operands) {
                if (operand.sameAs >= 0) {
                    areas.add(areas.get(operand.sameAs));
                    continue;
                }
                View view = operand.layout.view(operand.sizes, operand.varies);
                areas.add(new Area(operand.type, view, operand.filler.fill(operand.type, view.elements(), random)));
            }
            long[][] strides = areas.stream().map(area -> area.view().strides()).toArray(long[][]::new);
            long[] offsets = areas.stream().mapToLong(area -> area.view().offset()).toArray();
            return new Launch(
                    new KernelArgs(sizes.clone(), strides, offsets, params.clone(), extent, site, List.of()), areas, errorWord);
        };
    }

    List<LayoutClass> promises() {
        List<LayoutClass> promises = new ArrayList<>();
        for (Operand operand : operands()) {
            // The promise is about the iteration space; a source or target of another size is promised nothing.
            promises.add(Arrays.equals(operand.sizes, sizes)
                    ? operand.layout.promise(outputs.contains(operand), operand.varies)
                    : LayoutClass.GENERAL);
        }
        return promises;
    }

    int rank() {
        return sizes.length;
    }

    private Trial build(Kernel kernel, long extent, boolean errorWord) {
        List<LayoutClass> promises = promises();
        if (errorWord) {
            // Also where the sizes happen to agree: the indexed axis is not walked in order.
            promises.set(kernel instanceof Kernel.Gather ? 0 : 2, LayoutClass.GENERAL);
        }
        return new Trial(label, new KernelCode(kernel, sizes.length, promises), data(extent, errorWord), false, "");
    }

    private List<Operand> operands() {
        List<Operand> all = new ArrayList<>(inputs);
        all.addAll(outputs);
        return all;
    }

    private boolean[] all() {
        boolean[] varies = new boolean[sizes.length];
        Arrays.fill(varies, true);
        return varies;
    }

    private long[] with(int axis, long extent) {
        long[] changed = sizes.clone();
        changed[axis] = extent;
        return changed;
    }

    private static List<DType> types(List<Operand> operands) {
        return operands.stream().map(Operand::type).toList();
    }
}
