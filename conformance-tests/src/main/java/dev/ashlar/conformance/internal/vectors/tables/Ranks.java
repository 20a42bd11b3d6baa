// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.tables;

import dev.ashlar.Interpolation;
import dev.ashlar.Tensor;
import dev.ashlar.conformance.internal.vectors.Arguments;
import dev.ashlar.conformance.internal.vectors.Table;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The calls of the group reductions that choose elements by their rank or frequency. */
final class Ranks {
    private Ranks() {}

    private static Tensor input(Arguments a) {
        return a.tensor(0, "input");
    }

    private static boolean keep(Arguments a) {
        return a.flag(2, "keepdim", false);
    }

    private static Interpolation interpolation(Arguments a) {
        return Interpolation.valueOf(a.text(-1, "interpolation", "linear").toUpperCase(Locale.ROOT));
    }

    private static @Nullable Integer dim(Arguments a) {
        return a.has(2, "dim") ? a.dim(2, "dim") : null;
    }

    static void addTo(Table table) {
        table.add("median", a -> a.has(1, "dim") ? Scans.both(input(a).median(a.dim(1, "dim"), keep(a))) : input(a).median())
                .covers("median")
                .refuses("nothing to choose from", InvalidArgumentException.class, "[median]", () -> Tensor.ones(2, 0).median(1));
        table.add("nanmedian", a -> a.has(1, "dim") ? Scans.both(input(a).nanmedian(a.dim(1, "dim"), keep(a))) : input(a).nanmedian())
                .covers("nanmedian")
                .refuses("nothing to choose from", InvalidArgumentException.class, "[nanmedian]", () -> Tensor.ones(2, 0).nanmedian(1));
        table.add("mode", a -> Scans.both(input(a).mode(a.dim(1, "dim", -1), keep(a))))
                .covers("mode")
                .refuses("nothing to choose from", InvalidArgumentException.class, "[mode]", () -> Tensor.ones(2, 0).mode());
        table.add("kthvalue", a -> Scans.both(input(a).kthvalue(a.integer(1, "k"), a.dim(2, "dim", -1), a.flag(3, "keepdim", false))))
                .covers("kthvalue")
                .pointing(a -> a.dim(2, "dim", -1))
                .refuses("more than there are", InvalidArgumentException.class, "[kthvalue]", () -> Tensor.ones(2).kthvalue(3));
        table.add("quantile", a -> a.isTensor(1, "q")
                        ? input(a).quantile(a.tensor(1, "q"), dim(a), a.flag(3, "keepdim", false), interpolation(a))
                        : input(a).quantile(a.number(1, "q"), dim(a), a.flag(3, "keepdim", false), interpolation(a)))
                .covers("quantile")
                .refuses("a percentage", InvalidArgumentException.class, "[quantile]", () -> Tensor.ones(2).quantile(50))
                .refuses("integers", DTypeMismatchException.class, "[quantile]", () -> Tensor.ones(2).to(DType.INT64).quantile(0.5))
                .refuses("a matrix of fractions", ShapeMismatchException.class, "[quantile]",
                        () -> Tensor.ones(2).quantile(Tensor.zeros(1, 1), null, false, Interpolation.LINEAR));
        table.add("nanquantile", a -> a.isTensor(1, "q")
                        ? input(a).nanquantile(a.tensor(1, "q"), dim(a), a.flag(3, "keepdim", false), interpolation(a))
                        : input(a).nanquantile(a.number(1, "q"), dim(a), a.flag(3, "keepdim", false), interpolation(a)))
                .covers("nanquantile")
                .refuses("a percentage", InvalidArgumentException.class, "[nanquantile]", () -> Tensor.ones(2).nanquantile(50))
                .refuses("nothing to choose from", InvalidArgumentException.class, "[nanquantile]", () -> Tensor.ones(0).nanquantile(0.5));
    }
}
