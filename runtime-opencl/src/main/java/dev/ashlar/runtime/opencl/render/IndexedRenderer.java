// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.render;

import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.LayoutClass;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.spi.ScatterOp;
import dev.ashlar.type.DType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Indexed reads and writes. A gather's work-item takes {@code chunk} elements out of {@code total}; a scatter's takes one of
 * {@code lines} lines along the axis, {@code after} of which differ in axes behind it, so the order within a line is kept.
 */
final class IndexedRenderer {
    private final Target target;
    private final int rank;
    private final ArgLayout layout = new ArgLayout();
    private final Set<String> helpers = new LinkedHashSet<>();

    private IndexedRenderer(Target target, int rank) {
        this.target = target;
        this.rank = rank;
    }

    static Rendered gather(Kernel.Gather kernel, List<LayoutClass> layouts, int rank, Target target) {
        return new IndexedRenderer(target, rank).gather(kernel, layouts);
    }

    static Rendered scatter(Kernel.Scatter kernel, List<LayoutClass> layouts, int rank, Target target) {
        return new IndexedRenderer(target, rank).scatter(kernel, layouts);
    }

    private String head(String name, String type, DType index) {
        String single = target.loops() ? "__attribute__((reqd_work_group_size(1, 1, 1))) " : "";
        return single + "kernel void @" + name + "(#ARGS#, global " + type + "* b0, global " + Lanes.storage(index) + "* b1, global " + type
                + "* b2, global long* error) {";
    }

    /** Records the first bad index; the claim is atomic, so a site and an index of different items never mix. */
    private void record(Text out) {
        String site = layout.site();
        out.open("if (atomic_cmpxchg((volatile global int*)error, 0, (int)" + site + ") == 0) {");
        out.line("((global int*)error)[1] = (int)(" + site + " >> 32);").line("error[1] = x;");
        out.close();
    }

    private Rendered gather(Kernel.Gather kernel, List<LayoutClass> layouts) {
        List<DType> types = List.of(kernel.type(), kernel.index(), kernel.type());
        Addressing addressing = new Addressing(layout, 0, 0, general(layouts), types);
        String type = Lanes.bits(kernel.type());
        Text out = new Text();
        out.open(head("gather", type, kernel.index())).line("#OPEN#");
        out.line("const I from = (I)get_global_id(0) * " + layout.extra("chunk") + ";");
        out.open("for (I g = from; g < min(from + " + layout.extra("chunk") + ", " + layout.extra("total") + "); g++) {");
        addressing.declare(out, "p", List.of(0, 1, 2));
        Set<Integer> axes = new TreeSet<>();
        for (int axis = 0; axis < rank; axis++) {
            axes.add(axis);
        }
        addressing.add(out, "g", 0, rank, "p", List.of(1, 2), axes);
        for (int axis : axes) {
            if (axis != kernel.axis()) {
                out.line("p0 += c" + axis + " * " + addressing.stride(0, axis) + ";");
            }
        }
        out.line("const long x = (long)b1[p1];").line(type + " v = 0;");
        out.open("if (x >= 0 && x < (long)" + layout.extent() + ") {");
        out.line("v = b0[p0 + (I)x * " + addressing.stride(0, kernel.axis()) + "];");
        out.close("} else {").open("");
        record(out);
        out.close();
        out.line("b2[p2] = v;").close().close();
        return new Rendered(out.toString(), layout, helpers, 4, target.maxParameterBytes());
    }

    // Which axes an operand of an indexed kernel varies along is not what the promises speak of.
    private static List<LayoutClass> general(List<LayoutClass> layouts) {
        return layouts.stream().map(layout -> LayoutClass.GENERAL).toList();
    }

    private Rendered scatter(Kernel.Scatter kernel, List<LayoutClass> layouts) {
        DType stored = kernel.type();
        List<DType> types = List.of(stored, kernel.index(), stored);
        Addressing addressing = new Addressing(layout, 0, 0, general(layouts), types);
        boolean set = kernel.op() == ScatterOp.SET;
        String type = set ? Lanes.bits(stored) : Lanes.storage(stored);
        int axis = kernel.axis();
        Text out = new Text();
        out.open(head("scatter", type, kernel.index())).line("#OPEN#").line("const I g = (I)get_global_id(0);");
        out.line("if (g >= " + layout.extra("lines") + ") return;");
        out.line("const I high = g / " + layout.extra("after") + ", low = g - high * " + layout.extra("after") + ";");
        addressing.declare(out, "p", List.of(0, 1, 2));
        addressing.add(out, "high", 0, axis, "p", List.of(0, 1, 2), Set.of());
        addressing.add(out, "low", axis + 1, rank, "p", List.of(0, 1, 2), Set.of());
        out.open("for (I n = 0; n < " + addressing.size(axis) + "; n++) {");
        out.line("const long x = (long)b1[p1];");
        out.open("if (x >= 0 && x < (long)" + layout.extent() + ") {");
        out.line("const I t = p2 + (I)x * " + addressing.stride(2, axis) + ";");
        out.line(set ? "b2[t] = b0[p0];" : combine(kernel.op(), stored));
        out.close("} else {").open("");
        record(out);
        out.close();
        out.line("p0 += " + addressing.stride(0, axis) + "; p1 += " + addressing.stride(1, axis) + ";");
        out.close().close();
        return new Rendered(out.toString(), layout, helpers, 4, target.maxParameterBytes());
    }

    private String combine(ScatterOp op, DType stored) {
        DType computed =
                switch (stored) {
                    case FLOAT16, BFLOAT16 -> DType.FLOAT32;
                    case INT16, INT8, UINT8 -> DType.INT32;
                    default -> stored;
                };
        ScalarOp scalar = op == ScatterOp.ADD ? ScalarOp.ADD : op == ScatterOp.MAX ? ScalarOp.MAX : ScalarOp.MIN;
        Casts casts = new Casts(Lanes.ONE, helpers);
        String a = casts.cast(stored, computed, Lanes.ONE.load(stored, "b2", "t"));
        String b = casts.cast(stored, computed, Lanes.ONE.load(stored, "b0", "p0"));
        String name = Lanes.scalar(computed);
        String sum = new ExprRenderer(Lanes.ONE, helpers).arithmetic(scalar, computed, "base", "value", "");
        return "{ const " + name + " base = " + a + ", value = " + b + "; "
                + Lanes.ONE.store(stored, casts.cast(computed, stored, sum), "b2", "t") + " }";
    }
}
