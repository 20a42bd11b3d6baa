// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.render;

import dev.ashlar.type.DType;
import java.util.List;
import java.util.Set;

/**
 * The packed product for processors. Panels of {@link #ROWS} rows and {@link #width} columns, padded with copies or zeros, are laid
 * out in the order in which a register tile of that size reads them, so the innermost loop sees unit strides only. Its explicit vectors
 * matter: what the driver vectorises by itself uses half of the register width.
 *
 * <p>Extras: {@code sliceFrom} and {@code slices} (batches of this launch), {@code panelsA}, {@code panelsB}, {@code baseB} (where B's
 * panels start in scratch), {@code packDepth} and {@code packPieces} (of the sum per packing item), {@code blockRows},
 * {@code blockColumns}, {@code blockDepth}, {@code blocksI}, {@code blocksJ}, {@code vecB}, {@code vecC}.
 */
final class GemmRenderer {
    /** Rows of the register tile. */
    static final int ROWS = 6;

    /** Terms of a sum that are added in turn; sums of blocks are added in turn, too. */
    static final int BLOCK_DEPTH = 512;

    private static final int UNROLL = 4;

    private final ContractRenderer contract;
    private final ArgLayout layout;
    private final Addressing addressing;
    private final Lanes lanes;
    private final int vectors;

    GemmRenderer(ContractRenderer contract) {
        this.contract = contract;
        this.layout = contract.layout;
        this.addressing = contract.addressing;
        this.lanes = Lanes.of(contract.target.lanes());
        this.vectors = width(contract.target) / lanes.count();
    }

    /** Returns the columns of the register tile: accumulators, one row of B and one element of A fill the registers. */
    static int width(Target target) {
        return target.lanes() == 16 ? 64 : 16;
    }

    void render(Text out) {
        packA(out);
        packB(out);
        gemm(out);
    }

    /** Declares batch, panel and the range of the sum that a packing item takes. */
    private void packing(Text out, String panels) {
        out.line("#OPEN#").line("const I g = (I)get_global_id(0);");
        out.line("const I rest = g / " + panels + ", panel = g - rest * " + panels + ";");
        out.line("const I slice = rest / " + layout.extra("packPieces") + ", b = slice + " + layout.extra("sliceFrom") + ";");
        out.line("const I r0 = (rest - slice * " + layout.extra("packPieces") + ") * " + layout.extra("packDepth") + ";");
        out.line("const I r1 = min(r0 + " + layout.extra("packDepth") + ", " + layout.extra("depth") + ");");
    }

    private void packA(Text out) {
        out.open(contract.head("packA", ", global float* scratch"));
        packing(out, layout.extra("panelsA"));
        String panel = "(slice * " + layout.extra("panelsA") + " + panel) * " + layout.extra("depth");
        out.line("global float* d = scratch + (" + panel + " + r0) * " + ROWS + ";");
        out.line("I p0 = " + addressing.offset(0) + ";");
        addressing.add(out, "b", 0, contract.rowsFrom, "p", List.of(0), Set.of());
        out.line("I rows[" + ROWS + "];");
        out.open("for (int e = 0; e < " + ROWS + "; e++) {");
        out.line("const I i = min(panel * " + ROWS + " + e, " + layout.extra("rows") + " - 1);").line("I z0 = 0;");
        addressing.add(out, "i", contract.rowsFrom, contract.columnsFrom, "z", List.of(0), Set.of());
        out.line("rows[e] = z0;").close();
        addressing.openRuns(out, "p", List.of(0), contract.sumFrom, contract.rank, Set.of(), 0);
        out.open("for (I n = 0; n < run; n++) {");
        out.line("#pragma unroll");
        out.line("for (int e = 0; e < " + ROWS + "; e++) d[e] = " + contract.element(Lanes.ONE, 0, "q0 + rows[e]") + ";");
        out.line("d += " + ROWS + ";");
        advance(out, 0);
        out.close();
        Addressing.closeRuns(out);
        out.close();
    }

    private void advance(Text out, int operand) {
        if (contract.rank > contract.sumFrom) {
            addressing.advance(out, List.of(operand), contract.rank - 1, 1);
        }
    }

    private void packB(Text out) {
        int width = width(contract.target);
        out.open(contract.head("packB", ", global float* scratch"));
        packing(out, layout.extra("panelsB"));
        out.line("const I j0 = panel * " + width + ";");
        out.line("global float* d = scratch + " + layout.extra("baseB") + " + ((slice * " + layout.extra("panelsB") + " + panel) * "
                + layout.extra("depth") + " + r0) * " + width + ";");
        out.line("I p1 = " + addressing.offset(1) + ";");
        addressing.add(out, "b", 0, contract.rowsFrom, "p", List.of(1), Set.of());
        out.open("if (" + layout.extra("vecB") + " && j0 + " + width + " <= " + layout.extra("columns") + ") {");
        out.line("p1 += j0;");
        addressing.openRuns(out, "p", List.of(1), contract.sumFrom, contract.rank, Set.of(), 0);
        out.open("for (I n = 0; n < run; n++) {");
        for (int v = 0; v < vectors; v++) {
            out.line("vstore" + lanes.suffix() + "(" + contract.element(lanes, 1, "q1 + " + v * lanes.count()) + ", " + v + ", d);");
        }
        out.line("d += " + width + ";");
        advance(out, 1);
        out.close();
        Addressing.closeRuns(out);
        out.close("} else for (int e = 0; e < " + width + "; e++) {").open("");
        out.line("global float* f = d + e;");
        out.open("if (j0 + e < " + layout.extra("columns") + ") {");
        out.line("I d1 = p1;");
        addressing.add(out, "(j0 + e)", contract.columnsFrom, contract.sumFrom, "d", List.of(1), Set.of());
        addressing.openRuns(out, "d", List.of(1), contract.sumFrom, contract.rank, Set.of(), 0);
        out.open("for (I n = 0; n < run; n++, f += " + width + ") {");
        out.line("*f = " + contract.element(Lanes.ONE, 1, "q1") + ";");
        advance(out, 1);
        out.close();
        Addressing.closeRuns(out);
        out.close("} else for (I n = r0; n < r1; n++, f += " + width + ") *f = 0.0f;");
        out.close();
        out.close();
    }

    private void gemm(Text out) {
        int width = width(contract.target);
        String vector = "float" + lanes.suffix();
        out.open(contract.head("gemm", ", global float* scratch")).line("#pragma OPENCL FP_CONTRACT ON").line("#OPEN#");
        out.line("const I M = " + layout.extra("rows") + ", N = " + layout.extra("columns") + ", K = " + layout.extra("depth") + ";");
        out.line("const I g = (I)get_global_id(0);");
        out.line("const I rest = g / " + layout.extra("blocksI") + ", slice = rest / " + layout.extra("blocksJ") + ";");
        out.line("const I b = slice + " + layout.extra("sliceFrom") + ";");
        out.line("const I i0 = (g - rest * " + layout.extra("blocksI") + ") * " + layout.extra("blockRows") + ";");
        out.line("const I j0 = (rest - slice * " + layout.extra("blocksJ") + ") * " + layout.extra("blockColumns") + ";");
        out.line("const I i1 = min(M, i0 + " + layout.extra("blockRows") + "), j1 = min(N, j0 + " + layout.extra("blockColumns") + ");");
        out.line("global const float* packedA = scratch + slice * " + layout.extra("panelsA") + " * K * " + ROWS + ";");
        String slice = "slice * " + layout.extra("panelsB") + " * K * " + width;
        out.line("global const float* packedB = scratch + " + layout.extra("baseB") + " + " + slice + ";");
        out.open("for (I k0 = 0; k0 < K; k0 += " + layout.extra("blockDepth") + ") {");
        out.line("const I kc = min(" + layout.extra("blockDepth") + ", K - k0);").line("const int done = k0 + kc >= K;");
        out.open("for (I jt = j0; jt < j1; jt += " + width + ") for (I it = i0; it < i1; it += " + ROWS + ") {");
        out.line("global const float* pa = packedA + ((it / " + ROWS + ") * K + k0) * " + ROWS + ";");
        out.line("global const float* pb = packedB + ((jt / " + width + ") * K + k0) * " + width + ";");
        out.line("float t[" + ROWS * width + "];");
        out.open("for (I s0 = 0; s0 < kc; s0 += " + BLOCK_DEPTH + ") {");
        out.line("const I sc = min((I)" + BLOCK_DEPTH + ", kc - s0);");
        product(out, vector, width);
        out.line("#pragma unroll");
        out.line("for (int e = 0; e < " + ROWS + "; e++) {");
        out.line("#pragma unroll");
        out.open("for (int v = 0; v < " + vectors + "; v++) {");
        String place = "e * " + vectors + " + v, t)";
        out.line("if (s0) c[e][v] = vload" + lanes.suffix() + "(" + place + " + c[e][v];");
        out.line("vstore" + lanes.suffix() + "(c[e][v], " + place + ";").close().line("}").close();
        out.line("const I height = min((I)" + ROWS + ", M - it), across = min((I)" + width + ", N - jt);");
        storeVectors(out, vector, width);
        storeScalars(out, width);
        out.close().close().close();
    }

    private void product(Text out, String vector, int width) {
        out.line(vector + " c[" + ROWS + "][" + vectors + "];");
        out.line("#pragma unroll").line("for (int e = 0; e < " + ROWS + "; e++) {");
        out.line("#pragma unroll").line("for (int v = 0; v < " + vectors + "; v++) c[e][v] = 0.0f; }");
        out.line("I n = 0;");
        out.open("for (; n + " + UNROLL + " <= sc; n += " + UNROLL + ") {");
        out.line("#pragma unroll").open("for (int u = 0; u < " + UNROLL + "; u++) {");
        step(out, vector);
        out.line("pb += " + width + "; pa += " + ROWS + ";").close().close();
        out.open("for (; n < sc; n++) {");
        step(out, vector);
        out.line("pb += " + width + "; pa += " + ROWS + ";").close();
    }

    private void step(Text out, String vector) {
        out.line(vector + " y[" + vectors + "];");
        out.line("#pragma unroll").line("for (int v = 0; v < " + vectors + "; v++) y[v] = vload" + lanes.suffix() + "(v, pb);");
        out.line("#pragma unroll").open("for (int e = 0; e < " + ROWS + "; e++) {");
        out.line("const " + vector + " x = (" + vector + ")(pa[e]);");
        out.line("#pragma unroll").line("for (int v = 0; v < " + vectors + "; v++) c[e][v] += x * y[v];");
        out.close();
    }

    /** Stores whole vectors of rows whose columns are adjacent in the output. */
    private void storeVectors(Text out, String vector, int width) {
        int column = contract.sumFrom - 1;
        boolean single = contract.kernel.columnAxes() > 0;
        if (!single) {
            return;
        }
        Set<Integer> stored = contract.stored();
        Set<Integer> axes = Addressing.axes(contract.kernel.epilogue());
        out.open("if (" + layout.extra("vecC") + ") for (int e = 0; e < height; e++) {");
        out.line("const I i = it + e;");
        out.line("I j = jt;");
        addressing.declare(out, "e", stored);
        addressing.add(out, "b", 0, contract.rowsFrom, "e", stored, axes);
        addressing.add(out, "i", contract.rowsFrom, contract.columnsFrom, "e", stored, axes);
        for (int binding : stored) {
            if (!addressing.isBroadcast(binding)) {
                out.line("e" + binding + " += jt * " + addressing.stride(binding, column) + ";");
            }
        }
        out.line("int v = 0;");
        out.open("for (; v + " + lanes.count() + " <= across; v += " + lanes.count() + ") {").line("#pragma OPENCL FP_CONTRACT OFF");
        out.line(vector + " x = vload" + lanes.suffix() + "(0, t + e * " + width + " + v);");
        piece(out, lanes, column);
        moveColumns(out, stored, column, lanes.count());
        out.close();
        out.open("for (; v < across; v++) {").line("#pragma OPENCL FP_CONTRACT OFF");
        out.line("float x = t[e * " + width + " + v];");
        piece(out, Lanes.ONE, column);
        moveColumns(out, stored, column, 1);
        out.close();
        out.close("} else");
    }

    private void moveColumns(Text out, Set<Integer> stored, int column, int by) {
        for (int binding : stored) {
            if (!addressing.isBroadcast(binding)) {
                out.line("e" + binding + " += " + by + " * " + addressing.stride(binding, column) + ";");
            }
        }
        out.line("j += " + by + ";");
    }

    /** Adds what earlier parts of the sum left in the output, and finishes or leaves the new partial sum there. */
    private void piece(Text out, Lanes width, int column) {
        int output = contract.output;
        if (contract.kernel.output() == DType.FLOAT32) {
            String pointer = addressing.pointer(output);
            out.line("if (k0) x += " + width.load(DType.FLOAT32, pointer, "e" + output) + ";");
            out.open("if (!done) {").line(width.store(DType.FLOAT32, "x", pointer, "e" + output)).close("} else {").open("");
            contract.apply(out, width, column, "x");
            out.close();
        } else {
            out.open("{");
            contract.apply(out, width, column, "x");
            out.close();
        }
    }

    private void storeScalars(Text out, int width) {
        Set<Integer> stored = contract.stored();
        Set<Integer> axes = Addressing.axes(contract.kernel.epilogue());
        out.open("for (int e = 0; e < height; e++) for (int v = 0; v < across; v++) {").line("#pragma OPENCL FP_CONTRACT OFF");
        out.line("const I i = it + e, j = jt + v;");
        out.line("float x = t[e * " + width + " + v];");
        addressing.declare(out, "e", stored);
        addressing.add(out, "b", 0, contract.rowsFrom, "e", stored, axes);
        addressing.add(out, "i", contract.rowsFrom, contract.columnsFrom, "e", stored, axes);
        addressing.add(out, "j", contract.columnsFrom, contract.sumFrom, "e", stored, axes);
        piece(out, Lanes.ONE, -1);
        out.close();
    }
}
