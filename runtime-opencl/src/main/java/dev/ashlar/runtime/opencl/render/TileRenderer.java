// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.render;

import java.util.List;
import java.util.Set;

/**
 * The product for devices with real work-groups: a group stages a tile of both operands in local memory, each item keeps a small block
 * of results in registers.
 *
 * <p>Extras: {@code tilesI}, {@code tilesJ}, {@code fastA} and {@code fastB} (1 if neighbouring items should read along the sum).
 */
final class TileRenderer {
    private final ContractRenderer contract;
    private final Tile tile;
    private final ArgLayout layout;
    private final Addressing addressing;

    TileRenderer(ContractRenderer contract, Tile tile) {
        this.contract = contract;
        this.tile = tile;
        this.layout = contract.layout;
        this.addressing = contract.addressing;
    }

    void render(Text out) {
        String t = contract.type();
        int across = tile.columns() / tile.itemColumns();
        int down = tile.rows() / tile.itemRows();
        out.open(contract.head("tile", "")).line("#pragma OPENCL FP_CONTRACT ON").line("#OPEN#");
        out.line("const I M = " + layout.extra("rows") + ", N = " + layout.extra("columns") + ", K = " + layout.extra("depth") + ";");
        out.line("const int lid = (int)get_local_id(0);");
        out.line("const I g = (I)get_group_id(0), rest = g / " + layout.extra("tilesJ") + ";");
        out.line("const I j0 = (g - rest * " + layout.extra("tilesJ") + ") * " + tile.columns() + ";");
        String tilesI = layout.extra("tilesI");
        out.line("const I b = rest / " + tilesI + ", i0 = (rest - b * " + tilesI + ") * " + tile.rows() + ";");
        out.line("const int row = lid / " + across + ", column = lid - row * " + across + ";");
        // One element more per line keeps the lines in different banks.
        out.line("local " + t + " as[" + tile.depth() * (tile.rows() + 1) + "], bs[" + tile.depth() * (tile.columns() + 1) + "];");
        addressing.declare(out, "p", List.of(0, 1));
        addressing.add(out, "b", 0, contract.rowsFrom, "p", List.of(0, 1), Set.of());
        out.line(t + " acc[" + tile.itemRows() + "][" + tile.itemColumns() + "];");
        out.line("#pragma unroll").line("for (int e = 0; e < " + tile.itemRows() + "; e++) {");
        out.line("#pragma unroll").line("for (int f = 0; f < " + tile.itemColumns() + "; f++) acc[e][f] = 0; }");
        out.open("for (I k0 = 0; k0 < K; k0 += " + tile.depth() + ") {");
        stage(out, 0, tile.rows(), "as", "fastA", "i0", "M", contract.rowsFrom, contract.columnsFrom);
        stage(out, 1, tile.columns(), "bs", "fastB", "j0", "N", contract.columnsFrom, contract.sumFrom);
        out.line("barrier(CLK_LOCAL_MEM_FENCE);");
        multiply(out, t, across, down);
        out.line("barrier(CLK_LOCAL_MEM_FENCE);");
        out.close();
        out.open("for (int e = 0; e < " + tile.itemRows() + "; e++) for (int f = 0; f < " + tile.itemColumns() + "; f++) {");
        out.line("const I i = i0 + row + e * " + down + ", j = j0 + column + f * " + across + ";");
        out.open("if (i < M && j < N) {");
        contract.epilogue(out, "acc[e][f]");
        out.close().close().close();
    }

    private void stage(Text out, int operand, int width, String store, String fast, String first, String size, int from, int to) {
        int depth = tile.depth();
        out.open("for (int x = lid; x < " + width * depth + "; x += " + tile.items() + ") {");
        out.line("const int m = " + layout.extra(fast) + " ? x / " + depth + " : x % " + width + ";");
        out.line("const int n = " + layout.extra(fast) + " ? x % " + depth + " : x / " + width + ";");
        out.line("const I line = " + first + " + m, r = k0 + n;");
        out.line(contract.type() + " y = 0;");
        out.open("if (line < " + size + " && r < K) {");
        out.line("I z" + operand + " = p" + operand + ";");
        addressing.add(out, "line", from, to, "z", List.of(operand), Set.of());
        addressing.add(out, "r", contract.sumFrom, contract.rank, "z", List.of(operand), Set.of());
        out.line("y = " + contract.element(Lanes.ONE, operand, "z" + operand) + ";");
        out.close();
        out.line(store + "[n * " + (width + 1) + " + m] = y;");
        out.close();
    }

    private void multiply(Text out, String t, int across, int down) {
        out.open("for (int n = 0; n < " + tile.depth() + "; n++) {");
        out.line(t + " x[" + tile.itemRows() + "], y[" + tile.itemColumns() + "];");
        out.line("#pragma unroll");
        out.line("for (int e = 0; e < " + tile.itemRows() + "; e++) x[e] = as[n * " + (tile.rows() + 1) + " + row + e * " + down + "];");
        out.line("#pragma unroll");
        out.line("for (int f = 0; f < " + tile.itemColumns() + "; f++) y[f] = bs[n * " + (tile.columns() + 1) + " + column + f * " + across
                + "];");
        out.line("#pragma unroll").line("for (int e = 0; e < " + tile.itemRows() + "; e++) {");
        out.line("#pragma unroll");
        out.line("for (int f = 0; f < " + tile.itemColumns() + "; f++) acc[e][f] = "
                + contract.multiplyAdd(Lanes.ONE, "acc[e][f]", "x[e]", "y[f]") + "; }");
        out.close();
    }
}
