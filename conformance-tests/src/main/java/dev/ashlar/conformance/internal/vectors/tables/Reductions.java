// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.tables;

import dev.ashlar.Extremes;
import dev.ashlar.Tensor;
import dev.ashlar.conformance.internal.vectors.Arguments;
import dev.ashlar.conformance.internal.vectors.Table;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The calls of the group reductions: folds. Statistics have a class of their own. */
public final class Reductions {
    private Reductions() {}

    private static Tensor input(Arguments a) {
        return a.tensor(0, "input");
    }

    private static boolean keep(Arguments a) {
        return a.flag(2, "keepdim", false);
    }

    private static @Nullable Integer dim(Arguments a) {
        return a.has(1, "dim") ? a.dim(1, "dim") : null;
    }

    private static List<Tensor> both(Extremes pair) {
        return List.of(pair.min(), pair.max());
    }

    public static void addTo(Table table) {
        sums(table);
        extremes(table);
        logic(table);
        Statistics.addTo(table);
        Ranks.addTo(table);
    }

    private static void sums(Table table) {
        table.add("sum", a -> input(a).sum(a.dimsOrNull(1, "dim"), keep(a), a.typeOrNull(3, "dtype")))
                .covers("sum")
                .refuses("a dimension twice", InvalidArgumentException.class, "each dimension once",
                        () -> Tensor.ones(2, 3).sum(new int[] {0, -2}, false))
                .refuses("a dimension that is not there", InvalidArgumentException.class, "[sum]", () -> Tensor.ones(2, 3).sum(2));
        table.add("nansum", a -> input(a).nansum(a.dimsOrNull(1, "dim"), keep(a), a.typeOrNull(3, "dtype")))
                .covers("nansum")
                .refuses("a dimension that is not there", InvalidArgumentException.class, "[nansum]",
                        () -> Tensor.ones(2, 3).nansum(new int[] {2}, false, null));
        table.add("mean", a -> input(a).mean(a.dimsOrNull(1, "dim"), keep(a), a.typeOrNull(3, "dtype")))
                .covers("mean")
                .refuses("integers", DTypeMismatchException.class, "[mean]", () -> Tensor.ones(2).to(DType.INT64).mean())
                .refuses("a dimension that is not there", InvalidArgumentException.class, "[mean]", () -> Tensor.ones(2, 3).mean(2));
        table.add("nanmean", a -> input(a).nanmean(a.dimsOrNull(1, "dim"), keep(a), a.typeOrNull(3, "dtype")))
                .covers("nanmean")
                .refuses("integers", DTypeMismatchException.class, "[nanmean]", () -> Tensor.ones(2).to(DType.INT64).nanmean())
                .refuses("a dimension that is not there", InvalidArgumentException.class, "[nanmean]",
                        () -> Tensor.ones(2, 3).nanmean(new int[] {2}, false, null));
        table.add("prod", a -> a.has(1, "dim")
                        ? input(a).prod(a.dim(1, "dim"), keep(a), a.typeOrNull(3, "dtype"))
                        : input(a).prod(a.typeOrNull(3, "dtype")))
                .covers("prod")
                .refuses("a dimension that is not there", InvalidArgumentException.class, "[prod]", () -> Tensor.ones(2, 3).prod(2));
        table.add("sum_to_size", a -> input(a).sumToSize(a.has(1, "size") ? a.integersFrom(1) : new long[0]))
                .covers("sumToSize")
                .refuses("a size that does not broadcast", ShapeMismatchException.class, "[sumToSize]",
                        () -> Tensor.ones(2, 3).sumToSize(2));
        table.add("logsumexp", a -> input(a).logSumExp(a.dims(1, "dim"), keep(a)))
                .covers("logSumExp")
                .refuses("a dimension that is not there", InvalidArgumentException.class, "[logSumExp]",
                        () -> Tensor.ones(2, 3).logSumExp(2, false));
        table.add("count_nonzero", a -> input(a).countNonzero(a.has(1, "dim") ? a.dims(1, "dim") : new int[0]))
                .covers("countNonzero")
                .noGradient("a number of elements does not change smoothly")
                .refuses("a dimension that is not there", InvalidArgumentException.class, "[countNonzero]",
                        () -> Tensor.ones(2, 3).countNonzero(2));
    }

    private static void extremes(Table table) {
        table.add("amax", a -> input(a).amax(a.dimsOrNull(1, "dim"), keep(a)))
                .covers("amax")
                .refuses("nothing to fold", InvalidArgumentException.class, "[amax]", () -> Tensor.ones(2, 0).amax(1, false))
                .refuses("a dimension that is not there", InvalidArgumentException.class, "[amax]", () -> Tensor.ones(2, 3).amax(2, true));
        table.add("amin", a -> input(a).amin(a.dimsOrNull(1, "dim"), keep(a)))
                .covers("amin")
                .refuses("nothing to fold", InvalidArgumentException.class, "[amin]", () -> Tensor.ones(2, 0).amin(1, false))
                .refuses("a dimension that is not there", InvalidArgumentException.class, "[amin]", () -> Tensor.ones(2, 3).amin(2, true));
        table.add("aminmax", a -> both(input(a).aminmax(dim(a), keep(a))))
                .covers("aminmax")
                .refuses("nothing to fold", InvalidArgumentException.class, "[aminmax]", () -> Tensor.ones(2, 0).aminmax());
        table.add("max", a -> !a.has(1, "dim") && !a.isTensor(1, "other") ? input(a).max()
                        : a.isTensor(1, "other") ? input(a).max(a.tensor(1, "other"))
                        : Scans.both(input(a).max(a.dim(1, "dim"), keep(a))))
                .covers("max")
                .refuses("nothing to fold", InvalidArgumentException.class, "[max]", () -> Tensor.ones(0).max())
                .refuses("a dimension that is not there", InvalidArgumentException.class, "[max]", () -> Tensor.ones(2, 3).max(2));
        table.add("min", a -> !a.has(1, "dim") && !a.isTensor(1, "other") ? input(a).min()
                        : a.isTensor(1, "other") ? input(a).min(a.tensor(1, "other"))
                        : Scans.both(input(a).min(a.dim(1, "dim"), keep(a))))
                .covers("min")
                .refuses("nothing to fold", InvalidArgumentException.class, "[min]", () -> Tensor.ones(0).min())
                .refuses("a dimension that is not there", InvalidArgumentException.class, "[min]", () -> Tensor.ones(2, 3).min(2));
        table.add("argmax", a -> input(a).argmax(dim(a), keep(a)))
                .covers("argmax")
                .noGradient("an index does not change smoothly")
                .refuses("nothing to fold", InvalidArgumentException.class, "[argmax]", () -> Tensor.ones(0).argmax());
        table.add("argmin", a -> input(a).argmin(dim(a), keep(a)))
                .covers("argmin")
                .noGradient("an index does not change smoothly")
                .refuses("nothing to fold", InvalidArgumentException.class, "[argmin]", () -> Tensor.ones(0).argmin());
    }

    private static void logic(Table table) {
        table.add("any", a -> a.has(1, "dim") ? input(a).any(a.dims(1, "dim"), keep(a)) : input(a).any())
                .covers("any")
                .noGradient("truth does not change smoothly")
                .refuses("a dimension that is not there", InvalidArgumentException.class, "[any]", () -> Tensor.ones(2, 3).any(2, true));
        table.add("all", a -> a.has(1, "dim") ? input(a).all(a.dims(1, "dim"), keep(a)) : input(a).all())
                .covers("all")
                .noGradient("truth does not change smoothly")
                .refuses("a dimension that is not there", InvalidArgumentException.class, "[all]", () -> Tensor.ones(2, 3).all(2, true));
    }
}
