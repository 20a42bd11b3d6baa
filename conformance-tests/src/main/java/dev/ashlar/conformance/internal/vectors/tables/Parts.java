// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.tables;

import dev.ashlar.Tensor;
import dev.ashlar.conformance.internal.vectors.Table;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.IndexOutOfRangeException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;

/** More calls of the group shapes: putting tensors together, taking them apart, repeating them, replacing parts. */
final class Parts {
    private Parts() {}

    static void addTo(Table table) {
        together(table);
        apart(table);
        copies(table);
        replaced(table);
    }

    private static void together(Table table) {
        table.add("cat", a -> Tensor.cat(a.dim(1, "dim", 0), a.tensors(0, "tensors")))
                .covers("cat")
                .refuses("sizes that differ", ShapeMismatchException.class, "[2, 3]",
                        () -> Tensor.cat(0, Tensor.ones(2, 3), Tensor.ones(2, 4)))
                .refuses("a scalar", ShapeMismatchException.class, "a scalar", () -> Tensor.cat(0, Tensor.scalar(1)))
                .refuses("nothing", InvalidArgumentException.class, "none", () -> Tensor.cat(0));
        table.add("stack", a -> Tensor.stack(a.dim(1, "dim", 0), a.tensors(0, "tensors")))
                .covers("stack")
                .refuses("shapes that differ", ShapeMismatchException.class, "one shape",
                        () -> Tensor.stack(0, Tensor.ones(2), Tensor.ones(1)))
                .refuses("no such place", InvalidArgumentException.class, "got 2", () -> Tensor.stack(2, Tensor.ones(2)));
        table.add("hstack", a -> Tensor.hstack(a.tensors(0, "tensors")))
                .covers("hstack")
                .refuses("sizes that differ", ShapeMismatchException.class, "[2, 3]",
                        () -> Tensor.hstack(Tensor.ones(2, 3), Tensor.ones(3, 3)));
        table.add("vstack", a -> Tensor.vstack(a.tensors(0, "tensors")))
                .covers("vstack")
                .refuses("sizes that differ", ShapeMismatchException.class, "[1, 3]", () -> Tensor.vstack(Tensor.ones(3), Tensor.ones(2)));
        table.add("dstack", a -> Tensor.dstack(a.tensors(0, "tensors")))
                .covers("dstack")
                .refuses("sizes that differ", ShapeMismatchException.class, "[1, 3, 1]",
                        () -> Tensor.dstack(Tensor.ones(3), Tensor.ones(2)));
        table.add("column_stack", a -> Tensor.columnStack(a.tensors(0, "tensors")))
                .covers("columnStack")
                .refuses("sizes that differ", ShapeMismatchException.class, "[3, 1]",
                        () -> Tensor.columnStack(Tensor.ones(3), Tensor.ones(2)));
    }

    private static void apart(Table table) {
        table.add("split", a -> a.isList(1, "split_size_or_sections")
                        ? a.tensor(0, "tensor").split(a.integers(1, "split_size_or_sections"), a.dim(2, "dim", 0))
                        : a.has(2, "dim")
                                ? a.tensor(0, "tensor").split(a.integer(1, "split_size_or_sections"), a.dim(2, "dim"))
                                : a.tensor(0, "tensor").split(a.integer(1, "split_size_or_sections")))
                .covers("split")
                .refuses("a size of 0", InvalidArgumentException.class, "got 0", () -> Tensor.ones(3).split(0))
                .refuses("another sum", InvalidArgumentException.class, "sum 3", () -> Tensor.ones(3).split(new long[] {1, 1}, 0));
        table.add("split_with_sizes", a -> a.tensor(0, "input").splitWithSizes(a.integers(1, "split_sizes"), a.dim(2, "dim", 0)))
                .covers("splitWithSizes")
                .refuses("another sum", InvalidArgumentException.class, "sum 3", () -> Tensor.ones(3).splitWithSizes(1, 1))
                .refuses("a scalar", ShapeMismatchException.class, "a scalar", () -> Tensor.scalar(1).splitWithSizes(1));
        table.add("chunk", a -> a.has(2, "dim") ? a.tensor(0, "input").chunk(a.dim(1, "chunks"), a.dim(2, "dim"))
                        : a.tensor(0, "input").chunk(a.dim(1, "chunks")))
                .covers("chunk")
                .refuses("no chunks", InvalidArgumentException.class, "got 0", () -> Tensor.ones(3).chunk(0));
        table.add("tensor_split", a -> {
            Tensor x = a.tensor(0, "input");
            String name = a.has(1, "sections") ? "sections" : a.has(-1, "indices") ? "indices" : "indices_or_sections";
            int dim = a.dim(2, "dim", 0);
            return a.isTensor(1, name) ? x.tensorSplit(a.tensor(1, name), dim)
                    : a.isList(1, name) ? x.tensorSplit(a.integers(1, name), dim) : x.tensorSplit(a.dim(1, name), dim);
        })
                .covers("tensorSplit")
                .refuses("no sections", InvalidArgumentException.class, "got 0", () -> Tensor.ones(3).tensorSplit(0, 0))
                .refuses("positions of floats", DTypeMismatchException.class, "int64",
                        () -> Tensor.ones(3).tensorSplit(Tensor.ones(1), 0));
        table.add("hsplit", a -> a.isList(1, "indices") ? a.tensor(0, "input").hsplit(a.integers(1, "indices"))
                        : a.tensor(0, "input").hsplit(a.dim(1, "sections")))
                .covers("hsplit")
                .refuses("unequal parts", InvalidArgumentException.class, "divides 3", () -> Tensor.ones(2, 3).hsplit(2))
                .refuses("a scalar", ShapeMismatchException.class, "at least 1", () -> Tensor.scalar(1).hsplit(1));
        table.add("vsplit", a -> a.isList(1, "indices") ? a.tensor(0, "input").vsplit(a.integers(1, "indices"))
                        : a.tensor(0, "input").vsplit(a.dim(1, "sections")))
                .covers("vsplit")
                .refuses("a vector", ShapeMismatchException.class, "at least 2", () -> Tensor.ones(4).vsplit(2));
        table.add("dsplit", a -> a.isList(1, "indices") ? a.tensor(0, "input").dsplit(a.integers(1, "indices"))
                        : a.tensor(0, "input").dsplit(a.dim(1, "sections")))
                .covers("dsplit")
                .refuses("a matrix", ShapeMismatchException.class, "at least 3", () -> Tensor.ones(4, 4).dsplit(2));
        table.add("unbind", a -> a.has(1, "dim") ? a.tensor(0, "input").unbind(a.dim(1, "dim")) : a.tensor(0, "input").unbind())
                .covers("unbind")
                .refuses("a scalar", ShapeMismatchException.class, "a scalar", () -> Tensor.scalar(1).unbind());
    }

    private static void copies(Table table) {
        table.add("repeat", a -> a.tensor(0, "input").repeat(a.integersFrom(1)))
                .covers("repeat")
                .refuses("too few counts", InvalidArgumentException.class, "at least 2", () -> Tensor.ones(2, 3).repeat(2))
                .refuses("a negative count", InvalidArgumentException.class, ">= 0", () -> Tensor.ones(2).repeat(-1));
        table.add("tile", a -> a.tensor(0, "input").tile(a.integersFrom(1)))
                .covers("tile")
                .refuses("a negative count", InvalidArgumentException.class, ">= 0", () -> Tensor.ones(2).tile(-1));
        table.add("repeat_interleave", a -> {
            Tensor x = a.tensor(0, "input");
            boolean along = a.has(2, "dim");
            int dim = a.dim(2, "dim", 0);
            if (!a.isTensor(1, "repeats")) {
                return along ? x.repeatInterleave(a.integer(1, "repeats"), dim) : x.repeatInterleave(a.integer(1, "repeats"));
            }
            Tensor repeats = a.tensor(1, "repeats");
            return a.has(-1, "output_size") ? x.repeatInterleave(repeats, dim, a.integer(-1, "output_size"))
                    : along ? x.repeatInterleave(repeats, dim) : x.repeatInterleave(repeats);
        })
                .covers("repeatInterleave")
                .refuses("a negative count", InvalidArgumentException.class, "got -1", () -> Tensor.ones(2).repeatInterleave(-1))
                .refuses("too few counts", ShapeMismatchException.class, "3 slices",
                        () -> Tensor.ones(3).repeatInterleave(Tensor.of(new long[] {1, 2})))
                .refuses("counts of floats", DTypeMismatchException.class, "int64",
                        () -> Tensor.ones(3).repeatInterleave(Tensor.ones(3)));
    }

    private static void replaced(Table table) {
        table.add("as_strided", a -> a.tensor(0, "input")
                        .asStrided(a.integers(1, "size"), a.integers(2, "stride"), a.integer(3, "storage_offset", 0)))
                .covers("asStrided")
                .refuses("places beyond the end", InvalidArgumentException.class, "6 elements",
                        () -> Tensor.ones(2, 3).asStrided(new long[] {3}, new long[] {3}, 0))
                .refuses("fewer strides", InvalidArgumentException.class, "one stride",
                        () -> Tensor.ones(2, 3).asStrided(new long[] {3, 1}, new long[] {1}, 0));
        table.add("as_strided_scatter", a -> a.tensor(0, "input")
                        .asStridedScatter(a.tensor(1, "src"), a.integers(2, "size"), a.integers(3, "stride"),
                                a.integer(4, "storage_offset", 0)))
                .covers("asStridedScatter")
                .notApplicable(a -> a.tensor(0, "input").dtype() == DType.FLOAT64, "the recorded gradient of the first operand is that of"
                        + " the elements that were replaced, which do not influence the result, and 0 at those that stay")
                .refuses("another shape", ShapeMismatchException.class, "[2]",
                        () -> Tensor.ones(2, 3).asStridedScatter(Tensor.ones(3), new long[] {2}, new long[] {1}, 0));
        table.add("diagonal_scatter", a -> a.has(2, "offset") || a.has(3, "dim1") || a.has(4, "dim2")
                        ? a.tensor(0, "input").diagonalScatter(a.tensor(1, "src"), a.integer(2, "offset", 0), a.dim(3, "dim1", 0),
                                a.dim(4, "dim2", 1))
                        : a.tensor(0, "input").diagonalScatter(a.tensor(1, "src")))
                .covers("diagonalScatter")
                .refuses("another shape", ShapeMismatchException.class, "[2]", () -> Tensor.ones(2, 3).diagonalScatter(Tensor.ones(3)))
                .refuses("one dimension", InvalidArgumentException.class, "each dimension once",
                        () -> Tensor.ones(2, 2).diagonalScatter(Tensor.ones(2), 0, 1, 1));
        table.add("select_scatter", a -> a.tensor(0, "input").selectScatter(a.tensor(1, "src"), a.dim(2, "dim"), a.integer(3, "index")))
                .covers("selectScatter")
                .refuses("another shape", ShapeMismatchException.class, "[3]",
                        () -> Tensor.ones(2, 3).selectScatter(Tensor.ones(2), 0, 0))
                .refuses("an index beyond the end", IndexOutOfRangeException.class, "got 2",
                        () -> Tensor.ones(2, 3).selectScatter(Tensor.ones(3), 0, 2));
        table.add("slice_scatter", a -> a.tensor(0, "input").sliceScatter(a.tensor(1, "src"), a.dim(2, "dim", 0), a.integer(3, "start", 0),
                        a.integer(4, "end", Long.MAX_VALUE), a.integer(5, "step", 1)))
                .covers("sliceScatter")
                .refuses("another shape", ShapeMismatchException.class, "[1, 3]",
                        () -> Tensor.ones(2, 3).sliceScatter(Tensor.ones(3), 0, 0, 1, 1))
                .refuses("a step of 0", InvalidArgumentException.class, "got 0",
                        () -> Tensor.ones(2, 3).sliceScatter(Tensor.ones(1, 3), 0, 0, 1, 0));
    }
}
