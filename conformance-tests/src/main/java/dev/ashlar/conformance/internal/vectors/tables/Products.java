// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.tables;

import dev.ashlar.MatrixOps;
import dev.ashlar.Tensor;
import dev.ashlar.conformance.internal.vectors.Arguments;
import dev.ashlar.conformance.internal.vectors.Table;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import dev.ashlar.type.TensorClosedException;

/** The products among the calls of the group linear_algebra. */
final class Products {
    private Products() {}

    static void addTo(Table table) {
        simple(table);
        vectors(table);
        sums(table);
        general(table);
    }

    private static Tensor ones(long... sizes) {
        return Tensor.ones(sizes);
    }

    private static void simple(Table table) {
        table.add("matmul", a -> a.tensor(0, "input").matmul(a.tensor(1, "other")))
                .sums(a -> terms(a, 0, "input"))
                .covers("matmul")
                .refuses("inner sizes that differ", ShapeMismatchException.class, "inner", () -> ones(2, 3).matmul(ones(2, 3)));
        table.add("mm", a -> a.tensor(0, "input").mm(a.tensor(1, "mat2")))
                .sums(a -> terms(a, 0, "input"))
                .covers("mm")
                .refuses("a batch", ShapeMismatchException.class, "2 dimensions", () -> ones(2, 2, 2).mm(ones(2, 2)));
        table.add("bmm", a -> a.tensor(0, "input").bmm(a.tensor(1, "mat2")))
                .sums(a -> terms(a, 0, "input"))
                .covers("bmm")
                .refuses("batches of two sizes", ShapeMismatchException.class, "batches", () -> ones(1, 2, 2).bmm(ones(3, 2, 2)));
        table.add("mv", a -> a.tensor(0, "input").mv(a.tensor(1, "vec")))
                .sums(a -> terms(a, 0, "input"))
                .covers("mv")
                .refuses("a vector of another length", ShapeMismatchException.class, "inner", () -> ones(2, 3).mv(ones(2)));
        table.add("linalg.multi_dot", a -> MatrixOps.multiDot(a.tensors(0, "tensors")))
                .covers("multiDot")
                .refuses("a single matrix", InvalidArgumentException.class, "two", () -> MatrixOps.multiDot(ones(2, 2)))
                .refuses("sizes that do not agree", ShapeMismatchException.class, "order",
                        () -> MatrixOps.multiDot(ones(2, 3), ones(2, 3), ones(3)));
    }

    private static void vectors(Table table) {
        table.add("dot", a -> a.tensor(0, "input").dot(a.tensor(1, "tensor")))
                .sums(a -> terms(a, 0, "input"))
                .covers("dot")
                .refuses("another length", ShapeMismatchException.class, "inner", () -> ones(2).dot(ones(3)));
        table.add("vdot", a -> a.tensor(0, "input").vdot(a.tensor(1, "other")))
                .sums(a -> terms(a, 0, "input"))
                .covers("vdot")
                .refuses("a matrix", ShapeMismatchException.class, "1 dimensions", () -> ones(2, 2).vdot(ones(2)));
        table.add("inner", a -> a.tensor(0, "input").inner(a.tensor(1, "other")))
                .sums(a -> terms(a, 0, "input"))
                .covers("inner")
                .refuses("another length", ShapeMismatchException.class, "last dimensions", () -> ones(2, 3).inner(ones(2)));
        table.add("outer", a -> a.tensor(0, "input").outer(a.tensor(1, "vec2")))
                .covers("outer")
                .refuses("a matrix", ShapeMismatchException.class, "1 dimensions", () -> ones(2).outer(ones(2, 2)));
        table.add("linalg.vecdot", a -> a.tensor(0, "x").vecdot(a.tensor(1, "y"), a.dim(-1, "dim", -1)))
                .covers("vecdot")
                .refuses("shapes that do not broadcast", ShapeMismatchException.class, "broadcast", () -> ones(2).vecdot(ones(3)));
        table.add("linalg.cross", a -> a.tensor(0, "input").cross(a.tensor(1, "other"), a.dim(-1, "dim", -1)))
                .refuses("vectors of two elements", ShapeMismatchException.class, "size 3", () -> ones(4, 2).cross(ones(4, 2), -1));
        table.add("cross", a -> a.has(2, "dim")
                        ? a.tensor(0, "input").cross(a.tensor(1, "other"), a.dim(2, "dim"))
                        : a.tensor(0, "input").cross(a.tensor(1, "other")))
                .covers("cross")
                .refuses("another number of dimensions", ShapeMismatchException.class, "as many", () -> ones(2, 3).cross(ones(3)));
    }

    private static double beta(Arguments arguments) {
        return arguments.number(-1, "beta", 1);
    }

    private static double alpha(Arguments arguments) {
        return arguments.number(-1, "alpha", 1);
    }

    private static void sums(Table table) {
        table.add("addmm", a -> a.tensor(0, "input").addmm(a.tensor(1, "mat1"), a.tensor(2, "mat2"), beta(a), alpha(a)))
                .sums(a -> terms(a, 1, "mat1"))
                .covers("addmm")
                .refuses("inner sizes that differ", ShapeMismatchException.class, "inner", () -> ones(2, 3).addmm(ones(2, 2), ones(3, 3)));
        table.add("addmv", a -> a.tensor(0, "input").addmv(a.tensor(1, "mat"), a.tensor(2, "vec"), beta(a), alpha(a)))
                .sums(a -> terms(a, 1, "mat"))
                .covers("addmv")
                .refuses("an input of another size", ShapeMismatchException.class, "broadcast", () -> ones(3).addmv(ones(2, 2), ones(2)));
        table.add("addr", a -> a.tensor(0, "input").addr(a.tensor(1, "vec1"), a.tensor(2, "vec2"), beta(a), alpha(a)))
                .covers("addr")
                .refuses("an input that is larger", ShapeMismatchException.class, "broadcasts to",
                        () -> ones(2, 2, 2).addr(ones(2), ones(2)))
                .refuses("a fraction of integers", DTypeMismatchException.class, "whole",
                        () -> ones(2).to(DType.INT64).addr(ones(2).to(DType.INT64), ones(2).to(DType.INT64), 1, 0.5));
        table.add("addbmm", a -> a.tensor(0, "input").addbmm(a.tensor(1, "batch1"), a.tensor(2, "batch2"), beta(a), alpha(a)))
                .sums(a -> terms(a, 1, "batch1") * Math.max(1, a.tensor(1, "batch1").size(0)))
                .covers("addbmm")
                .refuses("batches of two sizes", ShapeMismatchException.class, "batches",
                        () -> ones(2, 2).addbmm(ones(1, 2, 2), ones(3, 2, 2)));
        table.add("baddbmm", a -> a.tensor(0, "input").baddbmm(a.tensor(1, "batch1"), a.tensor(2, "batch2"), beta(a), alpha(a)))
                .sums(a -> terms(a, 1, "batch1"))
                .covers("baddbmm")
                .refuses("a matrix", ShapeMismatchException.class, "3 dimensions", () -> ones(2, 2).baddbmm(ones(2, 2), ones(2, 2)));
    }

    private static void general(Table table) {
        table.add("einsum", a -> MatrixOps.einsum(a.text(0, "equation"), a.tensors(1, "operands")))
                .covers("einsum")
                .refuses("too few operands", InvalidArgumentException.class, "one term", () -> MatrixOps.einsum("ij,jk->ik", ones(2, 2)))
                .refuses("a letter that no operand has", InvalidArgumentException.class, "each letter",
                        () -> MatrixOps.einsum("ij->ik", ones(2, 2)))
                .refuses("too few dimensions", ShapeMismatchException.class, "letters", () -> MatrixOps.einsum("ijk->i", ones(2, 2)))
                .refuses("sizes that differ", ShapeMismatchException.class, "one size",
                        () -> MatrixOps.einsum("ij,jk->ik", ones(2, 3), ones(2, 3)));
        table.add("tensordot", a -> a.isList(2, "dims")
                        ? a.tensor(0, "a").tensordot(a.tensor(1, "b"), pair(a, 0), pair(a, 1))
                        : a.tensor(0, "a").tensordot(a.tensor(1, "b"), a.dim(2, "dims", 2)))
                .covers("tensordot")
                .refuses("sizes that differ", ShapeMismatchException.class, "agree", () -> ones(2, 3).tensordot(ones(2, 3), 1))
                .refuses("a dimension twice", InvalidArgumentException.class, "once",
                        () -> ones(2, 2).tensordot(ones(2, 2), new int[] {0, 0}, new int[] {0, 1}));
        table.add("kron", a -> a.tensor(0, "input").kron(a.tensor(1, "other")))
                .covers("kron")
                .refuses("a closed tensor", TensorClosedException.class, "closed", () -> {
                    Tensor x = ones(2);
                    x.close();
                    return x.kron(ones(2));
                });
    }

    private static int[] pair(Arguments arguments, int index) {
        var node = arguments.json(2, "dims").get(index);
        int[] dims = new int[node.isArray() ? node.size() : 1];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = node.isArray() ? node.get(i).asInt() : node.asInt();
        }
        return dims;
    }

    /** Returns how many products each result sums. */
    private static double terms(Arguments arguments, int position, String name) {
        Tensor first = arguments.tensor(position, name);
        return first.dim() == 0 ? 1 : first.size(-1);
    }
}
