// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.render;

import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.LayoutClass;
import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Folds. The reduced axes are cut into {@code splits} pieces of {@code chunk} elements, by shape alone. {@code @fold} folds one piece
 * for one result in one work-item, {@code @cols} (processors) several neighbouring results in vectors, {@code @tree} (others) one
 * piece in a work-group; {@code @last} folds the pieces if there are several. Whoever has the final value applies the epilogue.
 *
 * <p>The order in which elements meet depends on shape alone, too, so that a sum has the same bits however its operand lies in memory
 * and whatever is fused with it. On processors a piece is cut into blocks of 32768 elements; element r of a block goes to accumulator r
 * modulo two vectors, and the accumulators are folded in halves.
 *
 * <p>Extras: {@code kept}, {@code reduced}, {@code splits}, {@code chunk}, {@code vec}, {@code blocks} (of columns).
 */
final class ReduceRenderer {
    private static final int BLOCK = 32768;
    // With more columns in flight a processor runs out of registers; with longer prologues so does the compiler's patience.
    private static final int COLUMN_VECTORS = 4;
    private static final int SHORT_PROLOGUE = 16;

    private final Kernel.Reduce kernel;
    private final Target target;
    private final int rank;
    private final int kept;
    private final ArgLayout layout = new ArgLayout();
    private final Set<String> helpers = new LinkedHashSet<>();
    private final Addressing addressing;
    private final Fold fold;
    private final Set<Integer> read;
    private final Set<Integer> readByEpilogue;
    private final Set<Integer> axes;
    private final int output;

    private ReduceRenderer(Kernel.Reduce kernel, List<LayoutClass> layouts, int rank, Target target) {
        this.kernel = kernel;
        this.target = target;
        this.rank = rank;
        this.kept = rank - kernel.reducedAxes();
        List<DType> types = new ArrayList<>(kernel.inputs());
        types.add(kernel.output());
        this.addressing = new Addressing(layout, 0, 0, layouts, types);
        this.fold = new Fold(kernel.op(), kernel.op().isPosition() ? kernel.prologue().resultType(0) : kernel.accumulator(), helpers);
        this.read = Addressing.inputs(kernel.prologue());
        this.readByEpilogue = new TreeSet<>(Addressing.inputs(kernel.epilogue()));
        this.output = kernel.inputs().size();
        readByEpilogue.add(output);
        this.axes = new TreeSet<>(Addressing.axes(kernel.prologue()));
        axes.add(rank - 1);
    }

    static Rendered render(Kernel.Reduce kernel, List<LayoutClass> layouts, int rank, Target target) {
        return new ReduceRenderer(kernel, layouts, rank, target).render();
    }

    private Rendered render() {
        Text out = new Text();
        fold(out);
        if (target.loops() && !fold.isPosition() && kept > 0 && kernel.reducedAxes() > 0) {
            columns(out);
        }
        if (!target.loops()) {
            tree(out);
        }
        last(out);
        int pointers = output + 1 + (fold.isPosition() ? 2 : 1);
        return new Rendered(out.toString(), layout, helpers, pointers, target.maxParameterBytes());
    }

    private String head(String name) {
        String single = target.loops() ? "__attribute__((reqd_work_group_size(1, 1, 1))) " : "";
        return single + "kernel void @" + name + "(#ARGS#" + addressing.pointerParameters() + ", global " + fold.scalar() + "* part"
                + (fold.isPosition() ? ", global long* where" : "") + ") {";
    }

    private void fold(Text out) {
        out.open(head("fold")).line("#OPEN#").line("const I g = (I)get_global_id(0);");
        if (!target.loops()) {
            out.line("if (g >= " + layout.extra("kept") + " * " + layout.extra("splits") + ") return;");
        }
        piece(out, "g");
        addressing.declare(out, "p", read);
        addressing.add(out, "k", 0, kept, "p", read, axes);
        if (target.loops() && !fold.isPosition()) {
            blocks(out, "p", kernel.reducedAxes() > 0);
        } else {
            oneByOne(out, "p");
        }
        store(out, "k");
        out.close();
    }

    /** Declares result k, split s and the piece's range [r0, r1). */
    private void piece(Text out, String index) {
        out.line("const I s = " + index + " / " + layout.extra("kept") + ", k = " + index + " - s * " + layout.extra("kept") + ";");
        range(out);
    }

    private void range(Text out) {
        out.line("const I r0 = s * " + layout.extra("chunk") + ", r1 = min(r0 + " + layout.extra("chunk") + ", "
                + layout.extra("reduced") + ");");
        out.line("const I r0first = r0, r1last = r1;");
    }

    private void openRuns(Text out, String base) {
        addressing.openRuns(out, base, read, kept, rank, axes, 0);
    }

    private void advance(Text out, int by) {
        if (kernel.reducedAxes() > 0) {
            addressing.advance(out, read, rank - 1, by);
        }
    }

    /** Renders the prologue and returns its value in the accumulator's type. */
    private String prologue(Text out, Lanes lanes, int vectorAxis, String vectorIndex) {
        int inner = kernel.reducedAxes() == 0 ? -1 : rank - 1;
        ExprRenderer.Leaves leaves = addressing.leaves(
                lanes, "q", vectorAxis, vectorIndex, "", axis -> axis == inner ? "(c" + axis + " + i)" : "c" + axis);
        String value = new ExprRenderer(lanes, helpers).render(kernel.prologue(), leaves, "v", out).getFirst();
        return fold.isPosition() ? value : new Casts(lanes, helpers).cast(kernel.prologue().resultType(0), fold.type(), value);
    }

    /** Folds a range in its order. */
    private void oneByOne(Text out, String base) {
        fold.declare(out, Lanes.ONE, "a");
        openRuns(out, base);
        out.open("for (I i = 0; i < run; i++) {");
        fold.accept(out, Lanes.ONE, "a", prologue(out, Lanes.ONE, -1, ""), "r + i");
        advance(out, 1);
        out.close();
        Addressing.closeRuns(out);
        fold.finish(out, Lanes.ONE, "a");
    }

    private int accumulators() {
        return 2 * target.lanes();
    }

    /** Folds a range block by block; {@code a} is the result. */
    private void blocks(Text out, String base, boolean vectors) {
        fold.declare(out, Lanes.ONE, "a");
        openBlocks(out);
        out.line(fold.scalar() + " l[" + accumulators() + "];");
        out.line("for (int j = 0; j < " + accumulators() + "; j++) l[j] = " + fold.identity(Lanes.ONE) + ";");
        openRuns(out, base);
        out.line("I i = 0;");
        out.open("while (i < run) {");
        out.line("const int j = (int)((r + i - from) & " + (accumulators() - 1) + ");");
        if (vectors) {
            vectors(out);
        }
        out.open("{");
        out.line("l[j] = " + fold.combine(Lanes.ONE, "l[j]", prologue(out, Lanes.ONE, -1, "")) + ";");
        advance(out, 1);
        out.line("i++;").close().close();
        Addressing.closeRuns(out);
        out.line("const int n = (int)min((I)" + accumulators() + ", to - from);");
        // What no element went to is the identity and changes nothing.
        out.line("for (int h = " + accumulators() / 2 + "; h > 0; h >>= 1) for (int e = 0; e + h < min(n, 2 * h); e++) l[e] = "
                + fold.combine(Lanes.ONE, "l[e]", "l[e + h]") + ";");
        closeBlocks(out, Lanes.ONE, "a", "l[0]");
    }

    /** Opens a loop over blocks of the range [r0, r1); each is the range [from, to), which runs then walk along. */
    private static void openBlocks(Text out) {
        out.open("for (I from = r0first; from < r1last; from += " + BLOCK + ") {");
        out.line("const I to = min(from + (I)" + BLOCK + ", r1last), r0 = from, r1 = to;");
    }

    private void closeBlocks(Text out, Lanes lanes, String state, String value) {
        if (fold.isCompensated()) {
            fold.flush(out, lanes, state, value);
        } else {
            out.line(state + " = " + fold.combine(lanes, state, value) + ";");
        }
        out.close();
        if (fold.isCompensated()) {
            fold.settle(out, state);
        }
    }

    /** Folds vectors for as long as elements lie side by side and go to neighbouring accumulators. */
    private void vectors(Text out) {
        Lanes lanes = Lanes.of(target.lanes());
        int count = lanes.count();
        String t = lanes.type(fold.type());
        String open = fold.type() == DType.BOOL ? "-" : "";
        String shut = fold.type() == DType.BOOL ? " & 1" : "";
        if (kernel.prologue().instructions().size() <= SHORT_PROLOGUE) {
            out.open("if (" + layout.extra("vec") + " && j == 0 && i + " + 2 * count + " <= run) {");
            out.line(t + " w0 = " + open + "vload" + count + "(0, l), w1 = " + open + "vload" + count + "(1, l);");
            out.open("for (; i + " + 2 * count + " <= run; i += " + 2 * count + ") {");
            for (int u = 0; u < 2; u++) {
                out.open("{");
                String value = prologue(out, lanes, rank - 1, "c" + (rank - 1) + " + i" + (u == 0 ? "" : " + " + count));
                out.line("w" + u + " = " + fold.combine(lanes, "w" + u, value) + ";");
                advance(out, count);
                out.close();
            }
            out.close();
            out.line("vstore" + count + "(w0" + shut + ", 0, l); vstore" + count + "(w1" + shut + ", 1, l);");
        } else {
            out.open("if (" + layout.extra("vec") + " && (j & " + (count - 1) + ") == 0 && i + " + count + " <= run) {");
            out.line("const " + t + " w = " + open + "vload" + count + "(0, l + j);");
            String value = prologue(out, lanes, rank - 1, "c" + (rank - 1) + " + i");
            out.line("vstore" + count + "((" + fold.combine(lanes, "w", value) + ")" + shut + ", 0, l + j);");
            advance(out, count);
            out.line("i += " + count + ";");
        }
        out.close("} else");
    }

    private void columns(Text out) {
        Lanes lanes = Lanes.of(target.lanes());
        int column = kept - 1;
        int vectors = columnVectors(kernel);
        int block = vectors * lanes.count();
        out.open(head("cols")).line("#OPEN#").line("const I g = (I)get_global_id(0);");
        String width = addressing.size(column);
        String blocks = layout.extra("blocks");
        out.line("const I all = " + layout.extra("kept") + " / " + width + " * " + blocks + ";");
        out.line("const I s = g / all, o = (g - s * all) / " + blocks + ", j0 = (g - s * all - o * " + blocks + ") * " + block + ";");
        out.line("const I width = min((I)" + block + ", " + width + " - j0);");
        range(out);
        addressing.declare(out, "p", read);
        if (column > 0) {
            addressing.add(out, "o", 0, column, "p", read, axes);
        }
        for (int binding : read) {
            out.line("p" + binding + " += j0 * " + addressing.stride(binding, column) + ";");
        }
        out.line(fold.scalar() + " results[" + block + "];").line("I e = 0;");
        if (vectors > 1) {
            out.open("if (width == " + block + ") {");
            columnVectors(out, lanes, column, vectors, "p");
            out.line("e = width;").close();
        }
        out.open("for (; e + " + lanes.count() + " <= width; e += " + lanes.count() + ") {");
        shift(out, column);
        columnVectors(out, lanes, column, 1, "d");
        out.close();
        out.open("for (; e < width; e++) {");
        out.line("const I c" + column + " = j0 + e;");
        shift(out, column);
        blocks(out, "d", false);
        out.line("results[e] = a;");
        out.close();
        out.open("for (e = 0; e < width; e++) {");
        out.line("const I k = o * " + width + " + j0 + e;");
        out.line("const " + fold.scalar() + " a = results[e];");
        store(out, "k");
        out.close();
        out.close();
    }

    /** Returns how many vectors of neighbouring results one work-item folds at once. */
    static int columnVectors(Kernel.Reduce kernel) {
        return kernel.prologue().instructions().size() <= SHORT_PROLOGUE ? COLUMN_VECTORS : 1;
    }

    /** Declares the offsets {@code d} of column {@code e} of the block. */
    private void shift(Text out, int column) {
        for (int binding : read) {
            out.line("const I d" + binding + " = p" + binding + " + e * " + addressing.stride(binding, column) + ";");
        }
    }

    /**
     * Folds some vectors of columns, the first at the offsets {@code base}, into {@code results} from {@code e} on: each column in the
     * order of {@link #blocks}, its accumulators in memory.
     */
    private void columnVectors(Text out, Lanes lanes, int column, int vectors, String base) {
        int width = vectors * lanes.count();
        String lane = lanes.suffix();
        String open = fold.type() == DType.BOOL ? "-" : "";
        String shut = fold.type() == DType.BOOL ? " & 1" : "";
        for (int u = 0; u < vectors; u++) {
            fold.declare(out, lanes, "a" + u + "_");
        }
        openBlocks(out);
        out.line(fold.scalar() + " l[" + accumulators() * width + "];");
        out.line("const int n = (int)min((I)" + accumulators() + ", to - from);");
        out.line("for (int j = 0; j < n * " + width + "; j++) l[j] = " + fold.identity(Lanes.ONE) + ";");
        openRuns(out, base);
        out.open("for (I i = 0; i < run; i++) {");
        out.line("const int j = (int)((r + i - from) & " + (accumulators() - 1) + ") * " + vectors + ";");
        for (int u = 0; u < vectors; u++) {
            int ahead = u * lanes.count();
            out.open("{");
            for (int binding : read) {
                out.line("const I z" + binding + " = q" + binding + " + " + ahead + " * " + addressing.stride(binding, column) + ";");
            }
            String value = columnPrologue(out, lanes, column, "j0 + e + " + ahead);
            out.line("const " + lanes.type(fold.type()) + " w = " + open + "vload" + lane + "(j + " + u + ", l);");
            out.line("vstore" + lane + "((" + fold.combine(lanes, "w", value) + ")" + shut + ", j + " + u + ", l);");
            out.close();
        }
        advance(out, 1);
        out.close();
        Addressing.closeRuns(out);
        out.open("for (int h = " + accumulators() / 2 + "; h > 0; h >>= 1) for (int f = 0; f + h < min(n, 2 * h); f++) {");
        out.line("for (int c = 0; c < " + width + "; c++) l[f * " + width + " + c] = "
                + fold.combine(Lanes.ONE, "l[f * " + width + " + c]", "l[(f + h) * " + width + " + c]") + ";");
        out.close();
        for (int u = 0; u < vectors; u++) {
            String value = "(" + open + "vload" + lane + "(" + u + ", l))";
            String state = "a" + u + "_";
            if (fold.isCompensated()) {
                fold.flush(out, lanes, state, value);
            } else {
                out.line(state + " = " + fold.combine(lanes, state, value) + ";");
            }
        }
        out.close();
        for (int u = 0; u < vectors; u++) {
            String name = "a" + u + "_";
            if (fold.isCompensated()) {
                fold.settle(out, name);
            }
            out.line("vstore" + lane + "(" + name + shut + ", " + u + ", results + e);");
        }
    }

    private String columnPrologue(Text out, Lanes lanes, int column, String first) {
        int inner = rank - 1;
        ExprRenderer.Leaves plain = addressing.leaves(
                lanes, "z", column, first, "", axis -> axis == inner ? "(c" + axis + " + i)" : "c" + axis);
        String value = new ExprRenderer(lanes, helpers).render(kernel.prologue(), plain, "v", out).getFirst();
        return new Casts(lanes, helpers).cast(kernel.prologue().resultType(0), fold.type(), value);
    }

    private void tree(Text out) {
        String t = fold.scalar();
        out.open(head("tree")).line("#OPEN#").line("const I g = (I)get_group_id(0);");
        out.line("const int lid = (int)get_local_id(0), group = (int)get_local_size(0);");
        out.line("local " + t + " values[" + target.group() + "];");
        if (fold.isPosition()) {
            out.line("local long indices[" + target.group() + "];");
        }
        piece(out, "g");
        addressing.declare(out, "p", read);
        addressing.add(out, "k", 0, kept, "p", read, axes);
        fold.declare(out, Lanes.ONE, "a");
        out.open("for (I r = r0 + lid; r < r1; r += group) {");
        out.line("const I i = 0;");
        for (int binding : read) {
            out.line("I q" + binding + " = p" + binding + ";");
        }
        if (kernel.reducedAxes() > 0) {
            addressing.add(out, "r", kept, rank, "q", read, axes);
        }
        fold.accept(out, Lanes.ONE, "a", prologue(out, Lanes.ONE, -1, ""), "r");
        out.close();
        fold.finish(out, Lanes.ONE, "a");
        out.line("values[lid] = a;");
        if (fold.isPosition()) {
            out.line("indices[lid] = ai;");
        }
        out.line("barrier(CLK_LOCAL_MEM_FENCE);");
        out.open("for (int h = group >> 1; h > 0; h >>= 1) {");
        out.open("if (lid < h) {");
        if (fold.isPosition()) {
            out.line(t + " x = values[lid]; const " + t + " y = values[lid + h];");
            out.line("long xi = indices[lid]; const long yi = indices[lid + h];");
            fold.merge(out, "x", "y", "yi");
            out.line("values[lid] = x; indices[lid] = xi;");
        } else {
            out.line("values[lid] = " + fold.combine(Lanes.ONE, "values[lid]", "values[lid + h]") + ";");
        }
        out.close();
        out.line("barrier(CLK_LOCAL_MEM_FENCE);");
        out.close();
        out.open("if (lid == 0) {");
        out.line("a = values[0];");
        if (fold.isPosition()) {
            out.line("ai = indices[0];");
        }
        store(out, "k");
        out.close().close();
    }

    /** Keeps the state as a partial result, or finishes it if there is only one piece. */
    private void store(Text out, String result) {
        out.open("if (" + layout.extra("splits") + " > 1) {");
        out.line("part[s * " + layout.extra("kept") + " + " + result + "] = a;");
        if (fold.isPosition()) {
            out.line("where[" + behind() + " + s * " + layout.extra("kept") + " + " + result + "] = ai;");
        }
        out.close("} else {");
        out.open("");
        epilogue(out, result);
        out.close();
    }

    /** Returns where indices begin: behind all values, counted in elements of eight bytes. */
    private String behind() {
        return layout.extra("kept") + " * " + layout.extra("splits");
    }

    private void epilogue(Text out, String result) {
        addressing.declare(out, "e", readByEpilogue);
        addressing.add(out, result, 0, kept, "e", readByEpilogue, Addressing.axes(kernel.epilogue()));
        String value = fold.isPosition() ? "(ai < 0 ? 0L : ai)" : "a";
        String stored = new ExprRenderer(Lanes.ONE, helpers)
                .render(kernel.epilogue(), addressing.leaves(Lanes.ONE, "e", -1, "", value), "u", out)
                .getFirst();
        out.line(Lanes.ONE.store(kernel.output(), stored, addressing.pointer(output), "e" + output));
    }

    private void last(Text out) {
        out.open(head("last")).line("#OPEN#").line("const I k = (I)get_global_id(0);");
        if (!target.loops()) {
            out.line("if (k >= " + layout.extra("kept") + ") return;");
        }
        fold.declare(out, Lanes.ONE, "a");
        out.open("for (I s = 0; s < " + layout.extra("splits") + "; s++) {");
        out.line("const " + fold.scalar() + " y = part[s * " + layout.extra("kept") + " + k];");
        if (fold.isPosition()) {
            out.line("const long yi = where[" + behind() + " + s * " + layout.extra("kept") + " + k];");
        }
        fold.merge(out, "a", "y", "yi");
        out.close();
        fold.finish(out, Lanes.ONE, "a");
        epilogue(out, "k");
        out.close();
    }
}
