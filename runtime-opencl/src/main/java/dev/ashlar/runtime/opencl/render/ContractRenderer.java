// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.render;

import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.LayoutClass;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Products. {@code @dot} computes small ones straight from memory. Large ones go through {@code @packA}, {@code @packB} and
 * {@code @gemm} on processors: panels of both operands are laid out as the register tile reads them, whatever their strides were; on
 * other devices through {@code @tile}, which stages tiles in local memory.
 *
 * <p>Extras: {@code rows}, {@code columns}, {@code depth} and {@code batches} (sizes), {@code blocks}, {@code mode} of {@code @dot},
 * and those of the packed product, see {@link GemmRenderer}.
 */
final class ContractRenderer {
    private static final int FLUSH = 256;

    final Kernel.Contract kernel;
    final Target target;
    final int rowsFrom;
    final int columnsFrom;
    final int sumFrom;
    final int rank;
    final int output;
    final ArgLayout layout = new ArgLayout();
    final Set<String> helpers = new LinkedHashSet<>();
    final Addressing addressing;
    private final Set<Integer> stored;

    private ContractRenderer(Kernel.Contract kernel, List<LayoutClass> layouts, int rank, Target target) {
        this.kernel = kernel;
        this.target = target;
        this.rank = rank;
        this.rowsFrom = kernel.batchAxes();
        this.columnsFrom = rowsFrom + kernel.rowAxes();
        this.sumFrom = columnsFrom + kernel.columnAxes();
        this.output = kernel.inputs().size();
        List<DType> types = new ArrayList<>(kernel.inputs());
        types.add(kernel.output());
        this.addressing = new Addressing(layout, 0, 0, layouts, types);
        this.stored = new TreeSet<>(Addressing.inputs(kernel.epilogue()));
        stored.add(output);
    }

    static Rendered render(Kernel.Contract kernel, List<LayoutClass> layouts, int rank, Target target) {
        ContractRenderer renderer = new ContractRenderer(kernel, layouts, rank, target);
        Text out = new Text();
        renderer.dot(out);
        int pointers = renderer.output + 1;
        if (isPacked(kernel, target)) {
            new GemmRenderer(renderer).render(out);
            pointers++;
        }
        Tile tile = target.loops() ? null : Tile.of(target, kernel.accumulator());
        if (tile != null) {
            new TileRenderer(renderer, tile).render(out);
        }
        return new Rendered(out.toString(), renderer.layout, renderer.helpers, pointers, target.maxParameterBytes());
    }

    /** Returns whether there is a packed product for this kernel. */
    static boolean isPacked(Kernel.Contract kernel, Target target) {
        return target.loops() && kernel.accumulator() == DType.FLOAT32;
    }

    String type() {
        return Lanes.scalar(kernel.accumulator());
    }

    boolean isFloating() {
        return kernel.accumulator().isFloatingPoint();
    }

    /** Returns the start of a function's definition that takes all bindings. */
    String head(String name, String more) {
        String single = target.loops() ? "__attribute__((reqd_work_group_size(1, 1, 1))) " : "";
        return single + "kernel void @" + name + "(#ARGS#" + addressing.pointerParameters() + more + ") {";
    }

    /** Returns an element of an operand, or several adjacent ones, in the accumulator's type. */
    String element(Lanes lanes, int operand, String index) {
        return element(lanes, kernel.accumulator(), operand, index);
    }

    private String element(Lanes lanes, DType type, int operand, String index) {
        DType stored = addressing.type(operand);
        return new Casts(lanes, helpers).cast(stored, type, lanes.load(stored, addressing.pointer(operand), index));
    }

    /** Returns {@code sum + a * b}; floating point may be contracted where the surroundings allow it. */
    String multiplyAdd(Lanes lanes, String sum, String a, String b) {
        return multiplyAdd(lanes, kernel.accumulator(), sum, a, b);
    }

    private String multiplyAdd(Lanes lanes, DType type, String sum, String a, String b) {
        ExprRenderer renderer = new ExprRenderer(lanes, helpers);
        return renderer.arithmetic(ScalarOp.ADD, type, sum, renderer.arithmetic(ScalarOp.MUL, type, a, b, ""), "");
    }

    private String add(Lanes lanes, DType type, String a, String b) {
        return new ExprRenderer(lanes, helpers).arithmetic(ScalarOp.ADD, type, a, b, "");
    }

    /** Returns the type of small sums: doubles cost processors little here, where most time goes into reading. */
    private DType wide() {
        return kernel.accumulator() == DType.FLOAT32 && target.loops() && target.fp64() ? DType.FLOAT64 : kernel.accumulator();
    }

    private String rounded(Lanes lanes, String total) {
        return new Casts(lanes, helpers).cast(wide(), kernel.accumulator(), total);
    }

    /** Applies the epilogue to {@code value} at batch {@code b}, row {@code i}, column {@code j} and stores the result. */
    void epilogue(Text out, String value) {
        Set<Integer> axes = Addressing.axes(kernel.epilogue());
        out.line("{").line("#pragma OPENCL FP_CONTRACT OFF");
        addressing.declare(out, "e", stored);
        addressing.add(out, "b", 0, rowsFrom, "e", stored, axes);
        addressing.add(out, "i", rowsFrom, columnsFrom, "e", stored, axes);
        addressing.add(out, "j", columnsFrom, sumFrom, "e", stored, axes);
        apply(out, Lanes.ONE, -1, value);
        out.line("}");
    }

    /** Applies the epilogue at offsets {@code e} and stores the result. */
    void apply(Text out, Lanes lanes, int vectorAxis, String value) {
        String result = new ExprRenderer(lanes, helpers)
                .render(kernel.epilogue(), addressing.leaves(lanes, "e", vectorAxis, "j", value), "u", out)
                .getFirst();
        out.line(lanes.store(kernel.output(), result, addressing.pointer(output), "e" + output));
    }

    Set<Integer> stored() {
        return stored;
    }

    private void dot(Text out) {
        Lanes lanes = Lanes.of(target.loops() ? target.lanes() : 1);
        String columns = layout.extra("columns");
        out.open(head("dot", "")).line("#pragma OPENCL FP_CONTRACT ON").line("#OPEN#").line("const I g = (I)get_global_id(0);");
        if (!target.loops()) {
            out.line("if (g >= " + layout.extra("batches") + " * " + layout.extra("rows") + " * " + columns + ") return;");
        }
        String blocks = layout.extra("blocks");
        out.line("const I bi = g / " + blocks + ", j0 = (g - bi * " + blocks + ") * " + lanes.count() + ";");
        out.line("const I b = bi / " + layout.extra("rows") + ", i = bi - b * " + layout.extra("rows") + ";");
        out.line("const I width = min((I)" + lanes.count() + ", " + columns + " - j0);");
        out.line("const I K = " + layout.extra("depth") + ";");
        addressing.declare(out, "p", List.of(0, 1));
        addressing.add(out, "b", 0, rowsFrom, "p", List.of(0, 1), Set.of());
        addressing.add(out, "i", rowsFrom, columnsFrom, "p", List.of(0), Set.of());
        out.line(type() + " results[" + lanes.count() + "];");
        if (lanes.isVector()) {
            out.open("if (" + layout.extra("mode") + " == 1 && width == " + lanes.count() + ") {");
            out.line("p1 += j0;");
            sum(out, lanes, "p");
            out.line("vstore" + lanes.suffix() + "(" + rounded(lanes, "total") + ", 0, results);");
            out.close("} else");
        }
        out.open("for (I e = 0; e < width; e++) {");
        out.line("const I d0 = p0;").line("I d1 = p1;");
        addressing.add(out, "(j0 + e)", columnsFrom, sumFrom, "d", List.of(1), Set.of());
        sum(out, Lanes.ONE, "d");
        out.line("results[e] = " + rounded(Lanes.ONE, "total") + ";");
        out.close();
        out.open("for (I e = 0; e < width; e++) {");
        out.line("const I j = j0 + e;");
        epilogue(out, "results[e]");
        out.close();
        out.close();
    }

    /**
     * Computes {@code total}, one sum or adjacent ones. Terms are taken in an order that their number alone decides: within a block by
     * {@code slots} accumulators in turn, which are then added as a tree, whatever the operands' strides.
     */
    private void sum(Text out, Lanes columns, String base) {
        DType type = wide();
        // As many as registers hold vectors of.
        int slots = !target.loops() ? 1 : type == DType.FLOAT64 ? target.lanes() / 2 : target.lanes();
        String vector = columns.type(type);
        out.line(vector + " total = 0;");
        out.open("for (I k0 = 0; k0 < K; k0 += " + FLUSH * slots + ") {");
        out.line("const I r0 = k0, r1 = min(K, k0 + " + FLUSH * slots + ");");
        out.line(vector + " slot[" + slots + "];");
        out.line("for (int s = 0; s < " + slots + "; s++) slot[s] = 0;");
        addressing.openRuns(out, base, List.of(0, 1), sumFrom, rank, Set.of(), 0);
        out.line("I n = 0;");
        if (slots == 1) {
            terms(out, columns, "for (; n < run; n++) {", "0");
        } else {
            if (!columns.isVector()) {
                adjacent(out, Lanes.of(slots));
            }
            String slot = "(r + n & " + (slots - 1) + ")";
            terms(out, columns, "for (; n < run && " + slot + "; n++) {", slot);
            out.open("for (; n + " + slots + " <= run; n += " + slots + ") {").line("#pragma unroll");
            terms(out, columns, "for (int s = 0; s < " + slots + "; s++) {", "s");
            out.close();
            terms(out, columns, "for (; n < run; n++) {", slot);
        }
        Addressing.closeRuns(out);
        if (slots > 1) {
            out.line("#pragma unroll").line("for (int h = " + slots / 2 + "; h > 0; h >>= 1) for (int f = 0; f < h; f++) slot[f] = "
                    + add(columns, type, "slot[f]", "slot[f + h]") + ";");
        }
        out.line("total = " + add(columns, type, "total", "slot[0]") + ";");
        out.close();
    }

    /** Takes whole rounds of the slots with vectors, where both operands are adjacent along the sum. */
    private void adjacent(Text out, Lanes lanes) {
        out.open("if (" + layout.extra("mode") + " == 2 && run >= " + lanes.count() + ") {");
        DType type = wide();
        out.line(lanes.type(type) + " lane = 0;");
        out.open("for (; n + " + lanes.count() + " <= run; n += " + lanes.count() + ") {");
        out.line("lane = " + multiplyAdd(lanes, type, "lane", element(lanes, type, 0, "q0"), element(lanes, type, 1, "q1")) + ";");
        out.line("q0 += " + lanes.count() + "; q1 += " + lanes.count() + ";");
        out.close();
        out.line("vstore" + lanes.suffix() + "(lane, 0, slot);").close();
    }

    private void terms(Text out, Lanes columns, String loop, String slot) {
        out.open(loop);
        DType type = wide();
        String a = element(Lanes.ONE, type, 0, "q0");
        if (columns.isVector()) {
            a = columns.splat(type, a);
        }
        out.line("slot[" + slot + "] = " + multiplyAdd(columns, type, "slot[" + slot + "]", a, element(columns, type, 1, "q1")) + ";");
        advance(out, 1);
        out.close();
    }

    private void advance(Text out, int by) {
        if (rank > sumFrom) {
            addressing.advance(out, List.of(0, 1), rank - 1, by);
        }
    }
}
