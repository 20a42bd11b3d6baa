// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.tables;

import dev.ashlar.Normalized;
import dev.ashlar.Tensor;
import dev.ashlar.conformance.internal.vectors.Arguments;
import dev.ashlar.conformance.internal.vectors.Table;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.List;

/** The calls of the group normalization. */
public final class Normalization {
    private Normalization() {}

    private static List<Tensor> all(Normalized normalized) {
        return List.of(normalized.output(), normalized.mean(), normalized.rstd());
    }

    public static void addTo(Table table) {
        overTheBatch(table);
        overASample(table);
        table.add("nn.functional.local_response_norm", a -> a.tensor(0, "input").localResponseNorm(
                        a.integer(1, "size"), a.number(2, "alpha", 1e-4), a.number(3, "beta", 0.75), a.number(4, "k", 1)))
                .covers("localResponseNorm")
                .refuses("no channels", ShapeMismatchException.class, "at least 3", () -> Tensor.ones(2, 3).localResponseNorm(2))
                .refuses("a size of 0", InvalidArgumentException.class, "at least 1", () -> Tensor.ones(2, 3, 4).localResponseNorm(0));
    }

    private static void overTheBatch(Table table) {
        table.add("nn.functional.batch_norm", a -> a.tensor(0, "input").batchNorm(
                        a.tensorOrNull(1, "running_mean"), a.tensorOrNull(2, "running_var"), a.tensorOrNull(3, "weight"),
                        a.tensorOrNull(4, "bias"), a.flag(5, "training", false), a.number(6, "momentum", 0.1), a.number(7, "eps", 1e-5)))
                .covers("batchNorm")
                .refuses("one value per channel", InvalidArgumentException.class, "more than one value",
                        () -> Tensor.ones(1, 3).batchNorm(null, null, null, null, true))
                .refuses("no statistics", InvalidArgumentException.class, "running statistics",
                        () -> Tensor.ones(2, 3).batchNorm(null, null, null, null, false))
                .refuses("a weight of another size", ShapeMismatchException.class, "weight of shape [3]",
                        () -> Tensor.ones(2, 3).batchNorm(null, null, Tensor.ones(2), null, true));
        table.add("_native_batch_norm_legit", Normalization::batch).covers("nativeBatchNormLegit")
                .refuses("integers", DTypeMismatchException.class, "floating-point", () ->
                        Tensor.of(new long[4], 2, 2).nativeBatchNormLegit(null, null, null, null, true, 0.1, 1e-5));
        table.add("nn.functional.instance_norm", a -> a.tensor(0, "input").instanceNorm(
                        a.tensorOrNull(1, "running_mean"), a.tensorOrNull(2, "running_var"), a.tensorOrNull(3, "weight"),
                        a.tensorOrNull(4, "bias"), a.flag(5, "use_input_stats", true), a.number(6, "momentum", 0.1),
                        a.number(7, "eps", 1e-5)))
                .covers("instanceNorm")
                .refuses("one value per channel", InvalidArgumentException.class, "more than one value",
                        () -> Tensor.ones(2, 3, 1).instanceNorm());
    }

    /** There are two forms: with running statistics, and without, where what follows stands two places earlier. */
    private static Object batch(Arguments a) {
        boolean plain = a.isFlag(3, "training");
        int at = plain ? 3 : 5;
        return all(a.tensor(0, "input").nativeBatchNormLegit(
                a.tensorOrNull(1, "weight"), a.tensorOrNull(2, "bias"),
                plain ? null : a.tensorOrNull(3, "running_mean"), plain ? null : a.tensorOrNull(4, "running_var"),
                a.flag(at, "training", false), a.number(at + 1, "momentum"), a.number(at + 2, "eps")));
    }

    private static void overASample(Table table) {
        table.add("nn.functional.layer_norm", a -> a.tensor(0, "input").layerNorm(
                        a.integers(1, "normalized_shape"), a.tensorOrNull(2, "weight"), a.tensorOrNull(3, "bias"),
                        a.number(4, "eps", 1e-5)))
                .covers("layerNorm")
                .refuses("other sizes", ShapeMismatchException.class, "last dimensions are [2]", () -> Tensor.ones(2, 3).layerNorm(2))
                .refuses("integers", DTypeMismatchException.class, "floating-point", () -> Tensor.of(new long[3]).layerNorm(3));
        table.add("native_layer_norm", a -> all(a.tensor(0, "input").nativeLayerNorm(
                        a.integers(1, "normalized_shape"), a.tensorOrNull(2, "weight"), a.tensorOrNull(3, "bias"), a.number(4, "eps"))))
                .covers("nativeLayerNorm")
                .refuses("a bias of another size", ShapeMismatchException.class, "bias of shape [3]",
                        () -> Tensor.ones(2, 3).nativeLayerNorm(new long[] {3}, null, Tensor.ones(2), 1e-5));
        table.add("nn.functional.group_norm", a -> a.tensor(0, "input").groupNorm(
                        a.integer(1, "num_groups"), a.tensorOrNull(2, "weight"), a.tensorOrNull(3, "bias"), a.number(4, "eps", 1e-5)))
                .covers("groupNorm")
                .refuses("groups that do not divide", InvalidArgumentException.class, "divides the 3",
                        () -> Tensor.ones(2, 3).groupNorm(2));
        table.add("native_group_norm", a -> all(a.tensor(0, "input").nativeGroupNorm(
                        a.tensorOrNull(1, "weight"), a.tensorOrNull(2, "bias"), a.integer(3, "N"), a.integer(4, "C"),
                        a.integer(5, "HxW"), a.integer(6, "group"), a.number(7, "eps"))))
                .covers("nativeGroupNorm")
                .refuses("other sizes", ShapeMismatchException.class, "the sizes of shape [2, 3]",
                        () -> Tensor.ones(2, 3).nativeGroupNorm(null, null, 2, 4, 1, 1, 1e-5));
        table.add("nn.functional.rms_norm", a -> a.tensor(0, "input").rmsNorm(
                        a.integers(1, "normalized_shape"), a.tensorOrNull(2, "weight"), a.numberOrNull(3, "eps")))
                .covers("rmsNorm")
                .refuses("no dimension", ShapeMismatchException.class, "one at least", () -> Tensor.ones(2, 3).rmsNorm());
    }
}
