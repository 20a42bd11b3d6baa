// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.modules;

import dev.ashlar.BagMode;
import dev.ashlar.conformance.internal.vectors.Arguments;
import dev.ashlar.nn.Embedding;
import dev.ashlar.nn.EmbeddingBag;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Entries of the group {@code embedding}. */
final class EmbeddingModules {
    private EmbeddingModules() {}

    private static @Nullable Long padding(Arguments a, int position) {
        return a.has(position, "padding_idx") ? (Long) a.integer(position, "padding_idx") : null;
    }

    static void addTo(ModuleTable table) {
        table.add("Embedding", a -> new Embedding(a.integer(0, "num_embeddings"), a.integer(1, "embedding_dim"), padding(a, 2),
                a.numberOrNull(3, "max_norm"), a.number(4, "norm_type", 2), a.flag(5, "scale_grad_by_freq", false)));
        table.add("EmbeddingBag",
                a -> new EmbeddingBag(a.integer(0, "num_embeddings"), a.integer(1, "embedding_dim"), a.numberOrNull(2, "max_norm"),
                        a.number(3, "norm_type", 2), a.flag(4, "scale_grad_by_freq", false),
                        BagMode.valueOf(a.text(5, "mode", "mean").toUpperCase(Locale.ROOT)),
                        a.flag(8, "include_last_offset", false), padding(a, 9)),
                (module, a) -> module.forward(
                        a.tensor(0, "input"), a.tensorOrNull(1, "offsets"), a.tensorOrNull(2, "per_sample_weights")));
    }
}
