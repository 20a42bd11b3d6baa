// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.tables;

import dev.ashlar.NormKind;
import dev.ashlar.SpreadAndMean;
import dev.ashlar.Tensor;
import dev.ashlar.conformance.internal.vectors.Arguments;
import dev.ashlar.conformance.internal.vectors.Table;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The calls of the group reductions that are statistics: variances, norms, covariances, integrals. */
final class Statistics {
    private Statistics() {}

    private static Tensor input(Arguments a) {
        return a.tensor(0, "input");
    }

    /** Returns the dimensions of a variance, whose second argument may be the old flag instead. */
    private static int @Nullable [] dims(Arguments a) {
        return a.isFlag(1, "dim") ? null : a.dimsOrNull(1, "dim");
    }

    private static double correction(Arguments a) {
        if (a.isFlag(1, "dim")) {
            return a.flag(1, "dim", true) ? 1 : 0;
        }
        if (a.isFlag(2, "unbiased")) {
            return a.flag(2, "unbiased", true) ? 1 : 0;
        }
        return a.number(-1, "correction", 1);
    }

    private static boolean keep(Arguments a) {
        return a.flag(a.isFlag(2, "unbiased") && a.count() > 2 ? 3 : -1, "keepdim", false);
    }

    private static List<Tensor> both(SpreadAndMean pair) {
        return List.of(pair.spread(), pair.mean());
    }

    private static NormKind kind(String name) {
        return name.equals("nuc") ? NormKind.NUCLEAR : NormKind.FROBENIUS;
    }

    static void addTo(Table table) {
        variances(table);
        norms(table);
        pairs(table);
    }

    private static void variances(Table table) {
        table.add("var", a -> input(a).var(dims(a), correction(a), keep(a)))
                .covers("var")
                .refuses("a dimension that is not there", InvalidArgumentException.class, "[var]", () -> Tensor.ones(2, 3).var(2, true));
        table.add("std", a -> input(a).std(dims(a), correction(a), keep(a)))
                .covers("std")
                .refuses("a dimension that is not there", InvalidArgumentException.class, "[std]", () -> Tensor.ones(2, 3).std(2, true));
        table.add("var_mean", a -> both(input(a).varMean(dims(a), correction(a), keep(a))))
                .covers("varMean")
                .refuses("a dimension that is not there", InvalidArgumentException.class, "[varMean]",
                        () -> Tensor.ones(2, 3).varMean(new int[] {2}, 1, true));
        table.add("std_mean", a -> both(input(a).stdMean(dims(a), correction(a), keep(a))))
                .covers("stdMean")
                .refuses("a dimension that is not there", InvalidArgumentException.class, "[stdMean]",
                        () -> Tensor.ones(2, 3).stdMean(new int[] {2}, 1, true));
        table.add("cov", a -> input(a).cov(a.integer(-1, "correction", 1), a.tensorOrNull(-1, "fweights"), a.tensorOrNull(-1, "aweights")))
                .covers("cov")
                .refuses("three dimensions", ShapeMismatchException.class, "[cov]", () -> Tensor.ones(2, 3, 4).cov())
                .refuses("weights of another number", ShapeMismatchException.class, "[cov]",
                        () -> Tensor.ones(2, 3).cov(1, null, Tensor.ones(2)))
                .refuses("counts that are no integers", DTypeMismatchException.class, "[cov]",
                        () -> Tensor.ones(2, 3).cov(1, Tensor.ones(3), null));
        table.add("corrcoef", a -> input(a).corrcoef())
                .covers("corrcoef")
                .refuses("three dimensions", ShapeMismatchException.class, "[corrcoef]", () -> Tensor.ones(2, 3, 4).corrcoef());
    }

    private static Tensor norm(Arguments a) {
        boolean keep = a.flag(3, "keepdim", false);
        DType type = a.typeOrNull(4, "dtype");
        return a.isText(1, "p")
                ? input(a).norm(kind(a.text(1, "p")), a.dimsOrNull(2, "dim"), keep, type)
                : input(a).norm(a.number(1, "p", 2), a.dimsOrNull(2, "dim"), keep, type);
    }

    private static Tensor matrixNorm(Arguments a) {
        int[] dims = a.has(2, "dim") ? a.dims(2, "dim") : new int[] {-2, -1};
        boolean keep = a.flag(3, "keepdim", false);
        DType type = a.typeOrNull(-1, "dtype");
        return a.isNumber(1, "ord")
                ? input(a).matrixNorm(a.number(1, "ord"), dims, keep, type)
                : input(a).matrixNorm(kind(a.text(1, "ord", "fro")), dims, keep, type);
    }

    private static Tensor linalgNorm(Arguments a) {
        int[] dims = a.dimsOrNull(2, "dim");
        boolean keep = a.flag(3, "keepdim", false);
        DType type = a.typeOrNull(-1, "dtype");
        if (!a.has(1, "ord")) {
            return input(a).linalgNorm(dims, keep, type);
        }
        return a.isText(1, "ord")
                ? input(a).linalgNorm(kind(a.text(1, "ord")), dims, keep, type)
                : input(a).linalgNorm(a.number(1, "ord"), dims, keep, type);
    }

    private static void norms(Table table) {
        table.add("norm", Statistics::norm)
                .covers("norm")
                .refuses("integers", DTypeMismatchException.class, "[norm]", () -> Tensor.ones(2).to(DType.INT64).norm())
                .refuses("a nuclear norm of one dimension", InvalidArgumentException.class, "[norm]",
                        () -> Tensor.ones(2, 3).norm(NormKind.NUCLEAR, new int[] {0}, false, null));
        table.add("linalg.vector_norm", a -> input(a).vectorNorm(
                        a.number(1, "ord", 2), a.dimsOrNull(2, "dim"), a.flag(3, "keepdim", false), a.typeOrNull(-1, "dtype")))
                .covers("vectorNorm")
                .refuses("integers", DTypeMismatchException.class, "[vectorNorm]", () -> Tensor.ones(2).to(DType.INT64).vectorNorm())
                .refuses("the largest of nothing", InvalidArgumentException.class, "[vectorNorm]",
                        () -> Tensor.ones(0).vectorNorm(Double.POSITIVE_INFINITY, null, false, null));
        table.add("linalg.matrix_norm", Statistics::matrixNorm)
                .covers("matrixNorm")
                .refuses("a vector", ShapeMismatchException.class, "[matrixNorm]", () -> Tensor.ones(2).matrixNorm())
                .refuses("an order that matrices do not have", InvalidArgumentException.class, "[matrixNorm]",
                        () -> Tensor.ones(2, 3).matrixNorm(3, new int[] {0, 1}, false, null));
        table.add("linalg.norm", Statistics::linalgNorm)
                .covers("linalgNorm")
                .refuses("an order for three dimensions", InvalidArgumentException.class, "[linalgNorm]",
                        () -> Tensor.ones(2, 3, 4).linalgNorm(2, null, false, null));
        table.add("dist", a -> a.tensor(0, "input").dist(a.tensor(1, "other"), a.number(2, "p", 2)))
                .covers("dist")
                .refuses("shapes that do not broadcast", ShapeMismatchException.class, "[", () -> Tensor.ones(2).dist(Tensor.ones(3)));
    }

    private static void pairs(Table table) {
        table.add("trapezoid", a -> a.isTensor(1, "x")
                        ? a.tensor(0, "y").trapezoid(a.tensor(1, "x"), a.dim(-1, "dim", -1))
                        : a.tensor(0, "y").trapezoid(a.number(-1, "dx", 1), a.dim(-1, "dim", -1)))
                .covers("trapezoid")
                .refuses("a scalar", ShapeMismatchException.class, "[trapezoid]", () -> Tensor.scalar(1).trapezoid())
                .refuses("too few points", ShapeMismatchException.class, "[trapezoid]",
                        () -> Tensor.ones(2, 3).trapezoid(Tensor.ones(2), -1));
    }
}
