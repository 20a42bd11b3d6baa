// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.modules;

import dev.ashlar.Tensor;
import dev.ashlar.conformance.internal.vectors.Arguments;
import dev.ashlar.nn.AttentionMask;
import dev.ashlar.nn.AttentionOptions;
import dev.ashlar.nn.Layer;
import dev.ashlar.nn.LayerNorm;
import dev.ashlar.nn.MultiheadAttention;
import dev.ashlar.nn.Transformer;
import dev.ashlar.nn.TransformerDecoder;
import dev.ashlar.nn.TransformerDecoderLayer;
import dev.ashlar.nn.TransformerEncoder;
import dev.ashlar.nn.TransformerEncoderLayer;
import dev.ashlar.nn.TransformerOptions;
import dev.ashlar.type.Shape;
import org.jspecify.annotations.Nullable;

/** Entries of the group {@code attention}. */
final class AttentionModules {
    private AttentionModules() {}

    static void addTo(ModuleTable table) {
        table.add("MultiheadAttention",
                a -> new MultiheadAttention(a.integer(0, "embed_dim"), a.integer(1, "num_heads"), attention(a)),
                (module, a) -> module.forward(a.tensor(0, "query"), a.tensor(1, "key"), a.tensor(2, "value"),
                        a.tensorOrNull(3, "key_padding_mask"), a.flag(4, "need_weights", true), a.tensorOrNull(5, "attn_mask"),
                        a.flag(6, "average_attn_weights", true), a.flag(7, "is_causal", false)));
        table.add("TransformerEncoderLayer",
                a -> new TransformerEncoderLayer(a.integer(0, "d_model"), a.integer(1, "nhead"), options(a, 2)),
                (module, a) -> module.forward(a.tensor(0, "src"), a.tensorOrNull(1, "src_mask"),
                        a.tensorOrNull(2, "src_key_padding_mask"), a.flag(3, "is_causal", false)));
        table.add("TransformerDecoderLayer",
                a -> new TransformerDecoderLayer(a.integer(0, "d_model"), a.integer(1, "nhead"), options(a, 2)),
                (module, a) -> module.forward(a.tensor(0, "tgt"), a.tensor(1, "memory"),
                        mask(a, 2, "tgt_mask", 4, "tgt_key_padding_mask", 6, "tgt_is_causal"),
                        mask(a, 3, "memory_mask", 5, "memory_key_padding_mask", 7, "memory_is_causal")));
        // A stack's layer and normalisation, which are no values, are given as the arguments of the layer.
        table.add("TransformerEncoder",
                a -> new TransformerEncoder(
                        new TransformerEncoderLayer(a.integer(0, "d_model"), a.integer(1, "nhead"), options(a, 2)),
                        (int) a.integer(9, "num_layers"), norm(a)),
                (module, a) -> module.forward(a.tensor(0, "src"), a.tensorOrNull(1, "mask"),
                        a.tensorOrNull(2, "src_key_padding_mask"), a.flag(3, "is_causal", false)));
        table.add("TransformerDecoder",
                a -> new TransformerDecoder(
                        new TransformerDecoderLayer(a.integer(0, "d_model"), a.integer(1, "nhead"), options(a, 2)),
                        (int) a.integer(9, "num_layers"), norm(a)),
                (module, a) -> module.forward(a.tensor(0, "tgt"), a.tensor(1, "memory"),
                        mask(a, 2, "tgt_mask", 4, "tgt_key_padding_mask", 6, "tgt_is_causal"),
                        mask(a, 3, "memory_mask", 5, "memory_key_padding_mask", 7, "memory_is_causal")));
        table.add("Transformer",
                a -> new Transformer(a.integer(0, "d_model", 512), a.integer(1, "nhead", 8), (int) a.integer(2, "num_encoder_layers", 6),
                        (int) a.integer(3, "num_decoder_layers", 6), options(a, 4)),
                (module, a) -> module.forward(a.tensor(0, "src"), a.tensor(1, "tgt"),
                        mask(a, 2, "src_mask", 5, "src_key_padding_mask", 8, "src_is_causal"),
                        mask(a, 3, "tgt_mask", 6, "tgt_key_padding_mask", 9, "tgt_is_causal"),
                        mask(a, 4, "memory_mask", 7, "memory_key_padding_mask", 10, "memory_is_causal")));
    }

    private static AttentionOptions attention(Arguments a) {
        return new AttentionOptions(a.number(2, "dropout", 0), a.flag(3, "bias", true), a.flag(4, "add_bias_kv", false),
                a.flag(5, "add_zero_attn", false), size(a, 6, "kdim"), size(a, 7, "vdim"), a.flag(8, "batch_first", false));
    }

    private static @Nullable Long size(Arguments a, int position, String name) {
        return a.has(position, name) ? (Long) a.integer(position, name) : null;
    }

    /** The options of a layer; the first has this position. */
    private static TransformerOptions options(Arguments a, int from) {
        Layer activation = a.text(from + 2, "activation", "relu").equals("gelu") ? Tensor::gelu : Tensor::relu;
        return new TransformerOptions(a.integer(from, "dim_feedforward", 2048), a.number(from + 1, "dropout", 0.1), activation,
                a.number(from + 3, "layer_norm_eps", 1e-5), a.flag(from + 4, "batch_first", false), a.flag(from + 5, "norm_first", false),
                a.flag(from + 6, "bias", true));
    }

    private static @Nullable LayerNorm norm(Arguments a) {
        return a.flag(10, "norm", false)
                ? new LayerNorm(Shape.of(a.integer(0, "d_model")), a.number(5, "layer_norm_eps", 1e-5), true, a.flag(8, "bias", true))
                : null;
    }

    private static AttentionMask mask(Arguments a, int mask, String maskName, int padding, String paddingName, int causal, String name) {
        return new AttentionMask(a.tensorOrNull(mask, maskName), a.tensorOrNull(padding, paddingName), a.flag(causal, name, false));
    }
}
