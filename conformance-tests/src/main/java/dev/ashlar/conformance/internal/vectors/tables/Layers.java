// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.tables;

import dev.ashlar.BagMode;
import dev.ashlar.Tensor;
import dev.ashlar.conformance.internal.vectors.Arguments;
import dev.ashlar.conformance.internal.vectors.Table;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The calls of the group layers. */
public final class Layers {
    private Layers() {}

    public static void addTo(Table table) {
        table.add("nn.functional.linear", a -> a.tensor(0, "input").linear(a.tensor(1, "weight"), a.tensorOrNull(2, "bias")))
                .covers("linear")
                .refuses("sizes that differ", ShapeMismatchException.class, "transpose the weight",
                        () -> Tensor.ones(2, 3).linear(Tensor.ones(3, 2)));
        table.add("nn.functional.bilinear", a -> a.tensor(0, "input1").bilinear(
                        a.tensor(1, "input2"), a.tensor(2, "weight"), a.tensorOrNull(3, "bias")))
                .covers("bilinear")
                .refuses("batches that differ", ShapeMismatchException.class, "leading dimensions",
                        () -> Tensor.ones(2, 3).bilinear(Tensor.ones(4, 3), Tensor.ones(1, 3, 3), null));
        tables(table);
        table.add("nn.functional.scaled_dot_product_attention", a -> a.tensor(0, "query").scaledDotProductAttention(
                        a.tensor(1, "key"), a.tensor(2, "value"), a.tensorOrNull(3, "attn_mask"), a.number(4, "dropout_p", 0),
                        a.flag(5, "is_causal", false), a.numberOrNull(6, "scale"), a.flag(7, "enable_gqa", false), null))
                .covers("scaledDotProductAttention")
                // Weights are exponentials of sums of so many products. In float32 PyTorch itself is up to 1.5 tolerances away from its
                // own float64 here.
                .sums(a -> (double) a.tensor(0, "query").size(-1))
                .refuses("sizes that differ", ShapeMismatchException.class, "transpose the one",
                        () -> Tensor.ones(2, 3).scaledDotProductAttention(Tensor.ones(2, 4), Tensor.ones(2, 4)))
                .refuses("a mask and causal attention", InvalidArgumentException.class, "got both", () -> Tensor.ones(2, 3)
                        .scaledDotProductAttention(Tensor.ones(2, 3), Tensor.ones(2, 3), Tensor.ones(2, 2), 0, true, null, false, null));
    }

    private static @Nullable Long padding(Arguments a, int position) {
        return a.has(position, "padding_idx") ? a.integer(position, "padding_idx") : null;
    }

    private static Tensor bag(Arguments a) {
        return a.tensor(1, "weight").embeddingBag(
                a.tensor(0, "input"), a.tensorOrNull(2, "offsets"), a.numberOrNull(3, "max_norm"), a.number(4, "norm_type", 2),
                a.flag(5, "scale_grad_by_freq", false), BagMode.valueOf(a.text(6, "mode", "mean").toUpperCase(Locale.ROOT)),
                a.tensorOrNull(8, "per_sample_weights"), a.flag(9, "include_last_offset", false), padding(a, 10));
    }

    private static void tables(Table table) {
        table.add("nn.functional.embedding", a -> a.tensor(1, "weight").embedding(
                        a.tensor(0, "input"), padding(a, 2), a.numberOrNull(3, "max_norm"), a.number(4, "norm_type", 2),
                        a.flag(5, "scale_grad_by_freq", false)))
                .covers("embedding")
                .refuses("numbers of float", DTypeMismatchException.class, "int64 or int32",
                        () -> Tensor.ones(2, 3).embedding(Tensor.ones(2)))
                .refuses("a padding row that is not there", InvalidArgumentException.class, "[-2, 1]",
                        () -> Tensor.ones(2, 3).embedding(Tensor.of(new long[1]), 2L, null, 2, false));
        table.add("nn.functional.embedding_bag", Layers::bag).covers("embeddingBag")
                .refuses("no bags", ShapeMismatchException.class, "reshape the numbers",
                        () -> Tensor.ones(2, 3).embeddingBag(Tensor.of(new long[2]), null))
                .refuses("weights for a mean", InvalidArgumentException.class, "BagMode.SUM", () -> Tensor.ones(2, 3).embeddingBag(
                        Tensor.of(new long[2], 1, 2), null, null, 2, false, BagMode.MEAN, Tensor.ones(1, 2), false, null));
    }
}
