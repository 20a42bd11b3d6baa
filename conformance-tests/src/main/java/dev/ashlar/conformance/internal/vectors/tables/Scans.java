// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.tables;

import dev.ashlar.Tensor;
import dev.ashlar.ValuesAndIndices;
import dev.ashlar.conformance.internal.vectors.Table;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.List;

/** The calls of the group scans. */
public final class Scans {
    private Scans() {}

    /** Takes a pair apart. */
    static List<Tensor> both(ValuesAndIndices pair) {
        return List.of(pair.values(), pair.indices());
    }

    public static void addTo(Table table) {
        table.add("cumsum", a -> a.tensor(0, "input").cumsum(a.dim(1, "dim"), a.typeOrNull(2, "dtype")))
                .covers("cumsum")
                .refuses("a dimension that is not there", InvalidArgumentException.class, "[cumsum]", () -> Tensor.ones(2, 3).cumsum(2));
        table.add("cumprod", a -> a.tensor(0, "input").cumprod(a.dim(1, "dim"), a.typeOrNull(2, "dtype")))
                .covers("cumprod")
                .refuses("a dimension that is not there", InvalidArgumentException.class, "[cumprod]", () -> Tensor.ones(2, 3).cumprod(-3));
        table.add("cummax", a -> both(a.tensor(0, "input").cummax(a.dim(1, "dim"))))
                .covers("cummax")
                .refuses("a dimension that is not there", InvalidArgumentException.class, "[cummax]", () -> Tensor.ones(2, 3).cummax(2));
        table.add("cummin", a -> both(a.tensor(0, "input").cummin(a.dim(1, "dim"))))
                .covers("cummin")
                .refuses("a dimension that is not there", InvalidArgumentException.class, "[cummin]", () -> Tensor.ones(2, 3).cummin(2));
        table.add("logcumsumexp", a -> a.tensor(0, "input").logcumsumexp(a.dim(1, "dim")))
                .covers("logcumsumexp")
                .refuses("integers", DTypeMismatchException.class, "[logcumsumexp]",
                        () -> Tensor.ones(2, 3).to(DType.INT64).logcumsumexp(0))
                .refuses("a dimension that is not there", InvalidArgumentException.class, "[logcumsumexp]",
                        () -> Tensor.ones(2, 3).logcumsumexp(2));
        table.add("diff", a -> a.tensor(0, "input").diff(a.dim(1, "n", 1), a.dim(2, "dim", -1), a.tensorOrNull(3, "prepend"),
                        a.tensorOrNull(4, "append")))
                .covers("diff")
                .refuses("a scalar", ShapeMismatchException.class, "[diff]", () -> Tensor.scalar(1).diff())
                .refuses("a negative order", InvalidArgumentException.class, "[diff]", () -> Tensor.ones(2).diff(-1, 0))
                .refuses("an end that does not fit", ShapeMismatchException.class, "[diff]",
                        () -> Tensor.ones(2, 3).diff(1, 0, Tensor.ones(1, 2), null));
    }
}
