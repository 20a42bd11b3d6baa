// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.render;

import dev.ashlar.spi.Expr;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.LayoutClass;
import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Maps, one or several in one launch. On processors a work-item takes a piece of a row, in vectors wherever the strides along the row
 * are 0 or 1; elsewhere it takes one element.
 */
final class MapRenderer {
    private final Target target;
    private final int rank;
    private final ArgLayout layout = new ArgLayout();
    private final Set<String> helpers = new LinkedHashSet<>();

    private MapRenderer(Target target, int rank) {
        this.target = target;
        this.rank = rank;
    }

    /**
     * Renders independent maps as the function {@code @map}. Its extras, each followed by the member's number, are {@code end} (of the
     * member's items, or groups), and {@code chunk}, {@code chunks} (per row) and {@code vec} or {@code total}.
     *
     * @param layouts of the members one after the other
     */
    static Rendered render(List<Kernel.Map> members, List<LayoutClass> layouts, int rank, Target target) {
        return new MapRenderer(target, rank).render(members, layouts);
    }

    private Rendered render(List<Kernel.Map> members, List<LayoutClass> layouts) {
        Text body = new Text();
        StringBuilder parameters = new StringBuilder();
        int first = 0;
        String start = "0";
        body.open("{").line("#OPEN#");
        body.line("const I g = (I)" + (target.loops() ? "get_global_id(0);" : "get_group_id(0);"));
        for (int m = 0; m < members.size(); m++) {
            Kernel.Map map = members.get(m);
            int bindings = map.inputs().size() + map.outputs().size();
            List<DType> types = new ArrayList<>(map.inputs());
            types.addAll(map.outputs());
            Addressing addressing = new Addressing(layout, m, first, layouts.subList(first, first + bindings), types);
            parameters.append(addressing.pointerParameters());
            boolean last = m == members.size() - 1;
            String end = last ? "" : layout.extra("end" + m);
            body.open(last ? "{" : "if (g < " + end + ") {");
            String item = m == 0 ? "g" : "(g - " + start + ")";
            if (target.loops()) {
                loops(body, map, m, addressing, item);
            } else {
                groups(body, map, m, addressing, item);
            }
            body.close(last ? "}" : "} else");
            start = end;
            first += bindings;
        }
        body.close();
        String head = target.loops()
                ? "__attribute__((reqd_work_group_size(1, 1, 1))) kernel void @map(#ARGS#"
                : "kernel void @map(#ARGS#";
        return new Rendered(head + parameters + ") " + body, layout, helpers, first, target.maxParameterBytes());
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private void loops(Text out, Kernel.Map map, int m, Addressing addressing, String item) {
        Lanes lanes = Lanes.of(target.lanes());
        int inputs = map.inputs().size();
        List<Integer> all = range(0, inputs + map.outputs().size());
        Set<Integer> axes = Addressing.axes(map.body());
        int inner = rank - 1;
        out.line("const I row = " + item + " / " + layout.extra("chunks" + m) + ";");
        out.line("const I i0 = (" + item + " - row * " + layout.extra("chunks" + m) + ") * " + layout.extra("chunk" + m) + ";");
        String size = rank == 0 ? "1" : addressing.size(inner);
        out.line("const I i1 = min(i0 + " + layout.extra("chunk" + m) + ", (I)" + size + ");");
        addressing.declare(out, "p", all);
        if (rank > 1) {
            addressing.add(out, "row", 0, inner, "p", all, axes);
        }
        for (int binding : all) {
            if (rank > 0 && !addressing.isBroadcast(binding)) {
                out.line("p" + binding + " += i0 * " + addressing.innerStride(binding, inner) + ";");
            }
        }
        out.line("I i = i0;");
        if (rank > 0) {
            out.open("if (" + layout.extra("vec" + m) + ") for (; i + " + lanes.count() + " <= i1; i += " + lanes.count() + ") {");
            body(out, map, addressing, lanes, inner, inputs);
            advance(out, addressing, all, inner, lanes.count());
            out.close();
        }
        out.open("for (; i < i1; i++) {");
        body(out, map, addressing, Lanes.ONE, inner, inputs);
        if (rank > 0) {
            advance(out, addressing, all, inner, 1);
        }
        out.close();
    }

    private static void advance(Text out, Addressing addressing, List<Integer> bindings, int inner, int by) {
        for (int binding : bindings) {
            if (!addressing.isBroadcast(binding)) {
                String stride = addressing.innerStride(binding, inner);
                out.line("p" + binding + " += " + (stride.equals("1") ? Integer.toString(by) : by + " * " + stride) + ";");
            }
        }
    }

    private void body(Text out, Kernel.Map map, Addressing addressing, Lanes lanes, int inner, int inputs) {
        Expr body = map.body();
        List<String> results = new ExprRenderer(lanes, helpers)
                .render(body, addressing.leaves(lanes, "p", inner, "i", ""), "v", out);
        for (int i = 0; i < results.size(); i++) {
            int binding = inputs + i;
            out.line(lanes.store(map.outputs().get(i), results.get(i), addressing.pointer(binding), "p" + binding));
        }
    }

    private void groups(Text out, Kernel.Map map, int m, Addressing addressing, String group) {
        int inputs = map.inputs().size();
        List<Integer> all = range(0, inputs + map.outputs().size());
        Set<Integer> axes = Addressing.axes(map.body());
        boolean linear = axes.isEmpty() && all.stream().allMatch(addressing::isLinear);
        out.line("const I i = " + group + " * (I)get_local_size(0) + (I)get_local_id(0);");
        out.open("if (i < " + layout.extra("total" + m) + ") {");
        addressing.declare(out, "p", all);
        if (linear) {
            for (int binding : all) {
                if (!addressing.isBroadcast(binding)) {
                    out.line("p" + binding + " += i;");
                }
            }
        } else if (rank > 0) {
            addressing.add(out, "i", 0, rank, "p", all, axes);
        }
        body(out, map, addressing, Lanes.ONE, -1, inputs);
        out.close();
    }
}
