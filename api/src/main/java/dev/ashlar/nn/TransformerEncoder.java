// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Encoder layers one behind the other.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.TransformerEncoder.html">torch.nn.TransformerEncoder</a>
 */
public final class TransformerEncoder extends ConcreteModule<TransformerEncoder> implements Layer {
    private final ModuleList<TransformerEncoderLayer> layers;
    private final @Nullable Layer norm;

    /** Creates a stack without a normalisation at the end. */
    public TransformerEncoder(TransformerEncoderLayer encoderLayer, int numLayers) {
        this(encoderLayer, numLayers, null);
    }

    /**
     * @param encoderLayer what is copied, so that all layers start with the same values
     * @param numLayers &gt;= 1
     * @param norm what is applied at the end, or null
     */
    public TransformerEncoder(TransformerEncoderLayer encoderLayer, int numLayers, @Nullable Layer norm) {
        layers = register("layers", Clones.of(numLayers, encoderLayer::copy));
        this.norm = norm == null ? null : register("norm", norm);
    }

    /** Applies the layers without a mask. */
    @Override
    public Tensor forward(Tensor src) {
        return forward(src, AttentionMask.none());
    }

    /** Applies the layers, with arguments in PyTorch's order; {@code isCausal} makes the mask by itself if there is none. */
    public Tensor forward(Tensor src, @Nullable Tensor mask, @Nullable Tensor srcKeyPaddingMask, boolean isCausal) {
        return forward(src, new AttentionMask(mask, srcKeyPaddingMask, isCausal));
    }

    /** Applies the layers, each with the same mask. */
    public Tensor forward(Tensor src, AttentionMask mask) {
        return hooked(src, x -> {
            Tensor y = x;
            for (TransformerEncoderLayer layer : layers) {
                y = layer.forward(y, mask);
            }
            return norm == null ? y : norm.forward(y);
        });
    }
}
