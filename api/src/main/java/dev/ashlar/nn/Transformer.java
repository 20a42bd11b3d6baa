// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import dev.ashlar.type.ShapeMismatchException;
import org.jspecify.annotations.Nullable;

/**
 * An encoder that reads one sequence, and a decoder that makes another one of it. All parameters of two or more dimensions start with
 * {@link Init#xavierUniform}.
 *
 * <p>Sequences are [steps, samples, size], with {@link TransformerOptions#batchFirst} [samples, steps, size], or [steps, size].
 *
 * @see <a href="https://arxiv.org/abs/1706.03762">Vaswani et al.: Attention is all you need</a>
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.Transformer.html">torch.nn.Transformer</a>
 */
public final class Transformer extends ConcreteModule<Transformer> {
    private final long size;
    private final boolean batchFirst;
    private final TransformerEncoder encoder;
    private final TransformerDecoder decoder;

    /** Creates the model of the paper: size 512, 8 heads, 6 layers each, {@link TransformerOptions#defaults()}. */
    public Transformer() {
        this(512, 8, 6, 6, TransformerOptions.defaults());
    }

    /** Creates a model; see the full constructor. */
    public Transformer(long dModel, long nhead, int numEncoderLayers, int numDecoderLayers, TransformerOptions options) {
        this(dModel, nhead, numEncoderLayers, numDecoderLayers, options, null, null);
    }

    /**
     * @param dModel size of a step
     * @param nhead number of heads; divides the size
     * @param customEncoder takes the place of the encoder, or null
     * @param customDecoder takes the place of the decoder, or null
     */
    public Transformer(
            long dModel,
            long nhead,
            int numEncoderLayers,
            int numDecoderLayers,
            TransformerOptions options,
            @Nullable TransformerEncoder customEncoder,
            @Nullable TransformerDecoder customDecoder) {
        size = dModel;
        batchFirst = options.batchFirst();
        encoder = register("encoder", customEncoder != null ? customEncoder
                : new TransformerEncoder(new TransformerEncoderLayer(dModel, nhead, options), numEncoderLayers, options.norm(dModel)));
        decoder = register("decoder", customDecoder != null ? customDecoder
                : new TransformerDecoder(new TransformerDecoderLayer(dModel, nhead, options), numDecoderLayers, options.norm(dModel)));
        for (Parameter parameter : parameters()) {
            if (parameter.shape().rank() > 1) {
                Init.xavierUniform(parameter.tensor(), 1);
            }
        }
    }

    /**
     * Returns the mask that is added to scores so that steps do not see later ones: float32 [size, size], minus infinity above the
     * diagonal, else 0. {@link AttentionMask#causal()} says the same without a tensor.
     */
    public static Tensor generateSquareSubsequentMask(long size) {
        Tensor steps = Tensor.arange(size);
        return Tensor.zeros(size, size).maskedFill(steps.gt(steps.unsqueeze(1)), Double.NEGATIVE_INFINITY);
    }

    /** Decodes without masks. */
    public Tensor forward(Tensor src, Tensor tgt) {
        return forward(src, tgt, AttentionMask.none(), AttentionMask.none(), AttentionMask.none());
    }

    /**
     * Encodes one sequence and decodes another one with it.
     *
     * @param srcMask for the attention of the source to itself
     * @param tgtMask for the attention of the target to itself, usually {@link AttentionMask#causal()}
     * @param memoryMask for the attention of the target to the encoded source
     * @return like the target
     */
    public Tensor forward(Tensor src, Tensor tgt, AttentionMask srcMask, AttentionMask tgtMask, AttentionMask memoryMask) {
        int samples = batchFirst ? 0 : 1;
        boolean fits = src.dim() == tgt.dim() && (src.dim() == 2 || src.dim() == 3) && src.size(-1) == size && tgt.size(-1) == size
                && (src.dim() == 2 || src.size(samples) == tgt.size(samples));
        if (!fits) {
            throw new ShapeMismatchException("[transformer] expected source and target " + (batchFirst ? "[samples, steps, " : "[steps,"
                    + " samples, ") + size + "] or [steps, " + size + "] with as many samples, got " + src.shape() + " and "
                    + tgt.shape() + "; embed them to the model's size");
        }
        return hooked(src, tgt, (x, y) -> decoder.forward(y, encoder.forward(x, srcMask), tgtMask, memoryMask));
    }

    /** Encodes and decodes, with arguments in PyTorch's order. */
    public Tensor forward(
            Tensor src,
            Tensor tgt,
            @Nullable Tensor srcMask,
            @Nullable Tensor tgtMask,
            @Nullable Tensor memoryMask,
            @Nullable Tensor srcKeyPaddingMask,
            @Nullable Tensor tgtKeyPaddingMask,
            @Nullable Tensor memoryKeyPaddingMask,
            boolean srcIsCausal,
            boolean tgtIsCausal,
            boolean memoryIsCausal) {
        return forward(
                src,
                tgt,
                new AttentionMask(srcMask, srcKeyPaddingMask, srcIsCausal),
                new AttentionMask(tgtMask, tgtKeyPaddingMask, tgtIsCausal),
                new AttentionMask(memoryMask, memoryKeyPaddingMask, memoryIsCausal));
    }
}
