// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.tables;

import dev.ashlar.GridIndexing;
import dev.ashlar.Tensor;
import dev.ashlar.conformance.internal.vectors.Arguments;
import dev.ashlar.conformance.internal.vectors.Table;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.IndexOutOfRangeException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import dev.ashlar.type.TensorClosedException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The calls of the group shapes: other arrangements of the same elements. Joining, parts and copies are in {@link Parts}. */
public final class Shapes {
    private Shapes() {}

    public static void addTo(Table table) {
        sizes(table);
        order(table);
        dimensions(table);
        Parts.addTo(table);
    }

    /** Calls with a tensor that was closed, which total operations refuse as well. */
    static Supplier<?> closed(UnaryOperator<Tensor> call) {
        return () -> {
            Tensor tensor = Tensor.ones(2, 3).add(1.0);
            tensor.close();
            return call.apply(tensor);
        };
    }

    /** The operation on one tensor, or on each of a list. */
    private static List<Tensor> each(Arguments a, UnaryOperator<Tensor> call) {
        Tensor[] tensors = a.isTensor(0, "tensors") ? a.tensorsFrom(0) : a.tensors(0, "tensors");
        return Arrays.stream(tensors).map(call).toList();
    }

    private static void sizes(Table table) {
        table.add("reshape", a -> a.tensor(0, "input").reshape(a.integers(1, "shape")))
                .covers("reshape")
                .refuses("another number of elements", ShapeMismatchException.class, "6 elements", () -> Tensor.ones(2, 3).reshape(4, 2))
                .refuses("two open sizes", ShapeMismatchException.class, "6 elements", () -> Tensor.ones(2, 3).reshape(-1, -1))
                .refuses("a negative size", ShapeMismatchException.class, "6 elements", () -> Tensor.ones(2, 3).reshape(-2, -3));
        table.add("view", a -> a.tensor(0, "input").view(a.integersFrom(1)))
                .covers("view")
                .refuses("another number of elements", ShapeMismatchException.class, "6 elements", () -> Tensor.ones(2, 3).view(5));
        table.add("reshape_as", a -> a.tensor(0, "input").reshapeAs(a.tensor(1, "other")))
                .covers("reshapeAs")
                .refuses("another number of elements", ShapeMismatchException.class, "6", () -> Tensor.ones(6).reshapeAs(Tensor.ones(5)));
        table.add("view_as", a -> a.tensor(0, "input").viewAs(a.tensor(1, "other")))
                .covers("viewAs")
                .refuses("another number of elements", ShapeMismatchException.class, "6", () -> Tensor.ones(6).viewAs(Tensor.ones(5)));
        table.add("flatten", a -> a.tensor(0, "input").flatten(a.dim(1, "start_dim", 0), a.dim(2, "end_dim", -1)))
                .covers("flatten")
                .refuses("dimensions in the wrong order", InvalidArgumentException.class, "1 and 0", () -> Tensor.ones(2, 3).flatten(1, 0))
                .refuses("no such dimension", InvalidArgumentException.class, "got 2", () -> Tensor.ones(2, 3).flatten(2));
        table.add("unflatten", a -> a.tensor(0, "input").unflatten(a.dim(1, "dim"), a.integers(2, "sizes")))
                .covers("unflatten")
                .refuses("another product", ShapeMismatchException.class, "3 elements", () -> Tensor.ones(2, 3).unflatten(1, 2, 2))
                .refuses("a scalar", ShapeMismatchException.class, "[]", () -> Tensor.scalar(1).unflatten(0, 1));
        table.add("ravel", a -> a.tensor(0, "input").ravel())
                .covers("ravel")
                .refuses("a closed tensor", TensorClosedException.class, "closed", closed(Tensor::ravel));
        table.add("resize_", a -> a.tensor(0, "input").resize(a.integersFrom(1)))
                .covers("resize")
                .noGradient("resizing in place is recorded for tensors without history only; here gradients flow back as through slice")
                .refuses("a negative size", InvalidArgumentException.class, "-1", () -> Tensor.ones(2, 3).resize(-1));
        table.add("clone", a -> a.tensor(0, "input").clone())
                .covers("clone")
                .refuses("a closed tensor", TensorClosedException.class, "closed", closed(Tensor::clone));
        table.add("alias_copy", a -> a.tensor(0, "input").clone())
                .covers("clone")
                .refuses("a closed tensor", TensorClosedException.class, "closed", closed(Tensor::clone));
    }

    private static void order(Table table) {
        table.add("permute", a -> a.tensor(0, "input").permute(a.dims(1, "dims")))
                .covers("permute")
                .refuses("a dimension twice", InvalidArgumentException.class, "each dimension", () -> Tensor.ones(2, 3).permute(0, -2))
                .refuses("too few dimensions", InvalidArgumentException.class, "2 dimensions", () -> Tensor.ones(2, 3).permute(0));
        table.add("transpose", a -> a.tensor(0, "input").transpose(a.dim(1, "dim0"), a.dim(2, "dim1")))
                .covers("transpose")
                .refuses("no such dimension", InvalidArgumentException.class, "got 2", () -> Tensor.ones(2, 3).transpose(0, 2));
        table.add("t", a -> a.tensor(0, "input").t())
                .covers("t")
                .refuses("three dimensions", ShapeMismatchException.class, "at most 2", () -> Tensor.ones(2, 3, 4).t());
        table.add("T", a -> a.tensor(0, "input").t())
                .covers("t")
                .refuses("three dimensions", ShapeMismatchException.class, "at most 2", () -> Tensor.ones(2, 3, 4).t());
        table.add("mT", a -> a.tensor(0, "input").mT())
                .covers("mT")
                .refuses("a vector", ShapeMismatchException.class, "a matrix", () -> Tensor.ones(2).mT());
        table.add("movedim", a -> a.isList(1, "source")
                        ? a.tensor(0, "input").movedim(a.dims(1, "source"), a.dims(2, "destination"))
                        : a.tensor(0, "input").movedim(a.dim(1, "source"), a.dim(2, "destination")))
                .covers("movedim")
                .refuses("a place twice", InvalidArgumentException.class, "each dimension once",
                        () -> Tensor.ones(2, 3).movedim(new int[] {0, 1}, new int[] {0, 0}))
                .refuses("fewer places", InvalidArgumentException.class, "as many",
                        () -> Tensor.ones(2, 3).movedim(new int[] {0, 1}, new int[] {0}));
        table.add("flip", a -> a.tensor(0, "input").flip(a.dims(1, "dims")))
                .covers("flip")
                .refuses("a dimension twice", InvalidArgumentException.class, "each dimension once", () -> Tensor.ones(2, 3).flip(0, -2));
        table.add("fliplr", a -> a.tensor(0, "input").fliplr())
                .covers("fliplr")
                .refuses("a vector", ShapeMismatchException.class, "at least 2", () -> Tensor.ones(2).fliplr());
        table.add("flipud", a -> a.tensor(0, "input").flipud())
                .covers("flipud")
                .refuses("a scalar", ShapeMismatchException.class, "at least 1", () -> Tensor.scalar(2).flipud());
        table.add("roll", a -> {
            Tensor x = a.tensor(0, "input");
            if (!a.has(2, "dims") || a.integers(2, "dims").length == 0) {
                return x.roll(a.integers(1, "shifts")[0]);
            }
            return a.isList(1, "shifts") || a.isList(2, "dims")
                    ? x.roll(a.integers(1, "shifts"), a.dims(2, "dims"))
                    : x.roll(a.integer(1, "shifts"), a.dim(2, "dims"));
        })
                .covers("roll")
                .refuses("fewer shifts", InvalidArgumentException.class, "one shift",
                        () -> Tensor.ones(2, 3).roll(new long[] {1}, new int[] {0, 1}))
                .refuses("no such dimension", InvalidArgumentException.class, "got 2", () -> Tensor.ones(2, 3).roll(1, 2));
        table.add("rot90", a -> {
            int[] dims = a.has(2, "dims") ? a.dims(2, "dims") : new int[] {0, 1};
            return a.has(1, "k") || a.has(2, "dims")
                    ? a.tensor(0, "input").rot90(a.dim(1, "k", 1), dims[0], dims[1])
                    : a.tensor(0, "input").rot90();
        })
                .covers("rot90")
                .refuses("a vector", ShapeMismatchException.class, "at least 2", () -> Tensor.ones(2).rot90())
                .refuses("one dimension", InvalidArgumentException.class, "each dimension once", () -> Tensor.ones(2, 3).rot90(1, 0, 0));
    }

    private static void dimensions(Table table) {
        table.add("squeeze", a -> {
            Tensor x = a.tensor(0, "input");
            return !a.has(1, "dim") ? x.squeeze() : a.isList(1, "dim") ? x.squeeze(a.dims(1, "dim")) : x.squeeze(a.dim(1, "dim"));
        })
                .covers("squeeze")
                .refuses("no such dimension", InvalidArgumentException.class, "got 2", () -> Tensor.ones(2, 1).squeeze(2))
                .refuses("a dimension twice", InvalidArgumentException.class, "each dimension once", () -> Tensor.ones(2, 1).squeeze(1,
                        -1));
        table.add("unsqueeze", a -> a.tensor(0, "input").unsqueeze(a.dim(1, "dim")))
                .covers("unsqueeze")
                .refuses("no such place", InvalidArgumentException.class, "got 3", () -> Tensor.ones(2, 3).unsqueeze(3));
        table.add("expand", a -> a.tensor(0, "input").expand(a.integersFrom(1)))
                .covers("expand")
                .refuses("another size", ShapeMismatchException.class, "broadcasts to", () -> Tensor.ones(2, 3).expand(2, 4))
                .refuses("fewer dimensions", ShapeMismatchException.class, "broadcasts to", () -> Tensor.ones(2, 3).expand(3));
        table.add("expand_as", a -> a.tensor(0, "input").expandAs(a.tensor(1, "other")))
                .covers("expandAs")
                .refuses("another size", ShapeMismatchException.class, "broadcasts to", () -> Tensor.ones(2).expandAs(Tensor.ones(3)));
        table.add("broadcast_to", a -> a.tensor(0, "input").broadcastTo(a.integersFrom(1)))
                .covers("broadcastTo")
                .refuses("another size", ShapeMismatchException.class, "broadcasts to", () -> Tensor.ones(2, 3).broadcastTo(3, 3));
        table.add("broadcast_tensors", a -> Tensor.broadcastTensors(a.tensorsFrom(0)))
                .covers("broadcastTensors")
                .refuses("sizes that differ", ShapeMismatchException.class, "broadcast",
                        () -> Tensor.broadcastTensors(Tensor.ones(2), Tensor.ones(3)));
        table.add("atleast_1d", a -> each(a, Tensor::atleast1d))
                .covers("atleast1d")
                .refuses("a closed tensor", TensorClosedException.class, "closed", closed(x -> x.sum().atleast1d()));
        table.add("atleast_2d", a -> each(a, Tensor::atleast2d))
                .covers("atleast2d")
                .refuses("a closed tensor", TensorClosedException.class, "closed", closed(x -> x.sum().atleast2d()));
        table.add("atleast_3d", a -> each(a, Tensor::atleast3d))
                .covers("atleast3d")
                .refuses("a closed tensor", TensorClosedException.class, "closed", closed(Tensor::atleast3d));
        table.add("narrow", a -> a.isTensor(2, "start")
                        ? a.tensor(0, "input").narrow(a.dim(1, "dim"), a.tensor(2, "start"), a.integer(3, "length"))
                        : a.tensor(0, "input").narrow(a.dim(1, "dim"), a.integer(2, "start"), a.integer(3, "length")))
                .covers("narrow")
                .refuses("a part beyond the end", InvalidArgumentException.class, "start 1", () -> Tensor.ones(2, 3).narrow(1, 1, 3))
                .refuses("a start of floats", DTypeMismatchException.class, "whole number",
                        () -> Tensor.ones(2, 3).narrow(1, Tensor.scalar(1), 1));
        table.add("select", a -> a.tensor(0, "input").select(a.dim(1, "dim"), a.integer(2, "index")))
                .covers("select")
                .refuses("an index beyond the end", IndexOutOfRangeException.class, "got 3", () -> Tensor.ones(2, 3).select(1, 3))
                .refuses("a scalar", ShapeMismatchException.class, "a scalar", () -> Tensor.scalar(1).select(0, 0));
        table.add("slice", a -> a.tensor(0, "input")
                        .slice(a.dim(1, "dim", 0), a.integer(2, "start", 0), a.integer(3, "end", Long.MAX_VALUE), a.integer(4, "step", 1)))
                .covers("slice")
                .refuses("a step of 0", InvalidArgumentException.class, "got 0", () -> Tensor.ones(2, 3).slice(0, 0, 2, 0))
                .refuses("a scalar", ShapeMismatchException.class, "a scalar", () -> Tensor.scalar(1).slice(0, 0, 1));
        table.add("unfold", a -> a.tensor(0, "input").unfold(a.dim(1, "dimension"), a.integer(2, "size"), a.integer(3, "step")))
                .covers("unfold")
                .refuses("windows that are too large", InvalidArgumentException.class, "size 4", () -> Tensor.ones(2, 3).unfold(1, 4, 1))
                .refuses("a step of 0", InvalidArgumentException.class, "step 0", () -> Tensor.ones(2, 3).unfold(1, 1, 0));
        table.add("meshgrid", a -> Tensor.meshgrid(
                        a.text(-1, "indexing", "ij").equals("xy") ? GridIndexing.XY : GridIndexing.IJ,
                        a.isList(0, "tensors") ? a.tensors(0, "tensors") : a.tensorsFrom(0)))
                .covers("meshgrid")
                .refuses("a matrix", ShapeMismatchException.class, "[2, 3]", () -> Tensor.meshgrid(GridIndexing.IJ, Tensor.ones(2, 3)))
                .refuses("two types", DTypeMismatchException.class, "one type",
                        () -> Tensor.meshgrid(GridIndexing.IJ, Tensor.ones(2), Tensor.arange(2)));
        table.add("cartesian_prod", a -> Tensor.cartesianProd(a.tensorsFrom(0)))
                .covers("cartesianProd")
                .refuses("a matrix", ShapeMismatchException.class, "[2, 3]", () -> Tensor.cartesianProd(Tensor.ones(2, 3)));
        table.add("combinations", a -> a.has(1, "r") || a.has(2, "with_replacement")
                        ? a.tensor(0, "input").combinations(a.dim(1, "r", 2), a.flag(2, "with_replacement", false))
                        : a.tensor(0, "input").combinations())
                .covers("combinations")
                .refuses("a matrix", ShapeMismatchException.class, "a vector", () -> Tensor.ones(2, 3).combinations())
                .refuses("a negative number", InvalidArgumentException.class, "got -1", () -> Tensor.ones(2).combinations(-1, false));
    }
}
