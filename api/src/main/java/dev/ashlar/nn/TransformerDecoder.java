// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Decoder layers one behind the other.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.TransformerDecoder.html">torch.nn.TransformerDecoder</a>
 */
public final class TransformerDecoder extends ConcreteModule<TransformerDecoder> {
    private final ModuleList<TransformerDecoderLayer> layers;
    private final @Nullable Layer norm;

    /** Creates a stack without a normalisation at the end. */
    public TransformerDecoder(TransformerDecoderLayer decoderLayer, int numLayers) {
        this(decoderLayer, numLayers, null);
    }

    /**
     * @param decoderLayer what is copied, so that all layers start with the same values
     * @param numLayers &gt;= 1
     * @param norm what is applied at the end, or null
     */
    public TransformerDecoder(TransformerDecoderLayer decoderLayer, int numLayers, @Nullable Layer norm) {
        layers = register("layers", Clones.of(numLayers, decoderLayer::copy));
        this.norm = norm == null ? null : register("norm", norm);
    }

    /** Applies the layers without masks. */
    public Tensor forward(Tensor tgt, Tensor memory) {
        return forward(tgt, memory, AttentionMask.none(), AttentionMask.none());
    }

    /** Applies the layers, with arguments in PyTorch's order. */
    public Tensor forward(
            Tensor tgt,
            Tensor memory,
            @Nullable Tensor tgtMask,
            @Nullable Tensor memoryMask,
            @Nullable Tensor tgtKeyPaddingMask,
            @Nullable Tensor memoryKeyPaddingMask,
            boolean tgtIsCausal,
            boolean memoryIsCausal) {
        return forward(
                tgt,
                memory,
                new AttentionMask(tgtMask, tgtKeyPaddingMask, tgtIsCausal),
                new AttentionMask(memoryMask, memoryKeyPaddingMask, memoryIsCausal));
    }

    /** Applies the layers, each with the same masks; see {@link TransformerDecoderLayer}. */
    public Tensor forward(Tensor tgt, Tensor memory, AttentionMask tgtMask, AttentionMask memoryMask) {
        return hooked(tgt, memory, (x, encoded) -> {
            Tensor y = x;
            for (TransformerDecoderLayer layer : layers) {
                y = layer.forward(y, encoded, tgtMask, memoryMask);
            }
            return norm == null ? y : norm.forward(y);
        });
    }
}
