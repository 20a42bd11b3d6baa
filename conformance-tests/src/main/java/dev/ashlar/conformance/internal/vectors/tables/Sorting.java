// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.tables;

import dev.ashlar.Tensor;
import dev.ashlar.UniqueValues;
import dev.ashlar.conformance.internal.vectors.Arguments;
import dev.ashlar.conformance.internal.vectors.Table;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import dev.ashlar.type.TensorClosedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The calls of the group sorting. */
public final class Sorting {
    private Sorting() {}

    private static Tensor input(Arguments a) {
        return a.tensor(0, "input");
    }

    private static List<Tensor> parts(UniqueValues unique) {
        List<Tensor> list = new ArrayList<>(List.of(unique.values()));
        if (unique.inverse() != null) {
            list.add(unique.inverse());
        }
        if (unique.counts() != null) {
            list.add(unique.counts());
        }
        return list;
    }

    private static @Nullable Integer dim(Arguments a, int position) {
        return a.has(position, "dim") ? a.dim(position, "dim") : null;
    }

    private static boolean right(Arguments a) {
        return a.has(-1, "side") ? a.text(-1, "side").equals("right") : a.flag(-1, "right", false);
    }

    public static void addTo(Table table) {
        sorts(table);
        unique(table);
        searches(table);
        counts(table);
    }

    private static void sorts(Table table) {
        table.add("sort", a -> Scans.both(
                        input(a).sort(a.dim(1, "dim", -1), a.flag(2, "descending", false), a.flag(-1, "stable", false))))
                .covers("sort")
                .refuses("a dimension that is not there", InvalidArgumentException.class, "[sort]", () -> Tensor.ones(2, 3).sort(2, true));
        table.add("argsort", a -> input(a).argsort(a.dim(1, "dim", -1), a.flag(2, "descending", false), a.flag(-1, "stable", false)))
                .covers("argsort")
                .noGradient("an index does not change smoothly")
                .refuses("a dimension that is not there", InvalidArgumentException.class, "[argsort]",
                        () -> Tensor.ones(2, 3).argsort(2, true));
        table.add("msort", a -> input(a).msort())
                .covers("msort")
                .refuses("a closed tensor", TensorClosedException.class, "closed", () -> closed().msort());
        table.add("topk", a -> Scans.both(input(a).topk(
                        a.integer(1, "k"), a.dim(2, "dim", -1), a.flag(3, "largest", true), a.flag(4, "sorted", true))))
                .covers("topk")
                .pointing(a -> a.dim(2, "dim", -1))
                .refuses("more than there are", InvalidArgumentException.class, "[topk]", () -> Tensor.ones(2).topk(3));
    }

    private static Tensor closed() {
        Tensor tensor = Tensor.of(new float[] {1, 2});
        tensor.close();
        return tensor;
    }

    private static void unique(Table table) {
        String reason = "which values are equal does not change smoothly";
        table.add("unique", a -> parts(input(a).unique(
                        a.flag(1, "sorted", true), a.flag(2, "return_inverse", false), a.flag(3, "return_counts", false), dim(a, 4))))
                .covers("unique")
                .noGradient(reason)
                .refuses("slices of nothing", ShapeMismatchException.class, "[unique]",
                        () -> Tensor.ones(2, 0).unique(true, false, false, 0))
                .refuses("a dimension that is not there", InvalidArgumentException.class, "[unique]",
                        () -> Tensor.ones(2, 3).unique(true, false, false, 2));
        table.add("unique_consecutive", a -> parts(input(a).uniqueConsecutive(
                        a.flag(1, "return_inverse", false), a.flag(2, "return_counts", false), dim(a, 3))))
                .covers("uniqueConsecutive")
                .noGradient(reason)
                .refuses("slices of nothing", ShapeMismatchException.class, "[uniqueConsecutive]",
                        () -> Tensor.ones(2, 0).uniqueConsecutive(false, false, 0));
    }

    private static void searches(Table table) {
        String reason = "an index does not change smoothly";
        table.add("searchsorted", a -> a.isTensor(1, "input")
                        ? a.tensor(0, "sorted_sequence").searchsorted(
                                a.tensor(1, "input"), a.flag(-1, "out_int32", false), right(a), a.tensorOrNull(-1, "sorter"))
                        : a.tensor(0, "sorted_sequence").searchsorted(
                                a.number(1, "input"), a.flag(-1, "out_int32", false), right(a), a.tensorOrNull(-1, "sorter")))
                .covers("searchsorted")
                .noGradient(reason)
                .refuses("other rows", ShapeMismatchException.class, "[searchsorted]",
                        () -> Tensor.ones(2, 3).searchsorted(Tensor.ones(3, 1)))
                .refuses("a scalar", ShapeMismatchException.class, "[searchsorted]",
                        () -> Tensor.scalar(1).searchsorted(Tensor.ones(3)))
                .refuses("a sorter of another shape", ShapeMismatchException.class, "[searchsorted]",
                        () -> Tensor.ones(3).searchsorted(Tensor.ones(3), false, false, Tensor.arange(2)));
        table.add("bucketize", a -> a.isTensor(0, "input")
                        ? input(a).bucketize(a.tensor(1, "boundaries"), a.flag(-1, "out_int32", false), right(a))
                        : a.tensor(1, "boundaries").searchsorted(a.number(0, "input"), a.flag(-1, "out_int32", false), right(a), null))
                .covers("bucketize")
                .noGradient(reason)
                .refuses("a matrix of boundaries", ShapeMismatchException.class, "[bucketize]",
                        () -> Tensor.ones(3).bucketize(Tensor.ones(2, 2)));
        table.add("isin", a -> a.isTensor(1, "test_elements")
                        ? a.tensor(0, "elements").isin(
                                a.tensor(1, "test_elements"), a.flag(-1, "assume_unique", false), a.flag(-1, "invert", false))
                        : a.tensor(0, "elements").isin(
                                a.number(1, "test_elements"), a.flag(-1, "assume_unique", false), a.flag(-1, "invert", false)))
                .covers("isin")
                .noGradient("truth does not change smoothly")
                .refuses("a closed tensor", TensorClosedException.class, "closed", () -> closed().isin(Tensor.ones(2)));
    }

    private static void counts(Table table) {
        String reason = "a number of elements does not change smoothly";
        table.add("histc", a -> input(a).histc(a.integer(1, "bins", 100), a.number(2, "min", 0), a.number(3, "max", 0)))
                .covers("histc")
                .noGradient(reason)
                .refuses("no bins", InvalidArgumentException.class, "[histc]", () -> Tensor.ones(2).histc(0, 0, 1))
                .refuses("exchanged limits", InvalidArgumentException.class, "[histc]", () -> Tensor.ones(2).histc(2, 1, 0))
                .refuses("integers", DTypeMismatchException.class, "[histc]", () -> Tensor.ones(2).to(DType.INT64).histc());
        table.add("bincount", a -> input(a).bincount(a.tensorOrNull(1, "weights"), a.integer(2, "minlength", 0)))
                .covers("bincount")
                .noGradient(reason)
                .refuses("fractions", DTypeMismatchException.class, "[bincount]", () -> Tensor.ones(2).bincount())
                .refuses("a matrix", ShapeMismatchException.class, "[bincount]", () -> Tensor.ones(2, 2).to(DType.INT64).bincount())
                .refuses("negative numbers", InvalidArgumentException.class, "[bincount]", () -> Tensor.of(new long[] {-1}).bincount());
    }
}
