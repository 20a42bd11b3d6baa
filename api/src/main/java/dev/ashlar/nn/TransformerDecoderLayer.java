// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Attention of a sequence to itself, attention to what an encoder made of another one, then two linear layers at each step; around each of
 * these a sum with its input and a normalisation.
 *
 * <p>Tensors are [steps, samples, size], with {@link TransformerOptions#batchFirst} [samples, steps, size], or [steps, size].
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.TransformerDecoderLayer.html">torch.nn.TransformerDecoderLayer</a>
 */
public final class TransformerDecoderLayer extends ConcreteModule<TransformerDecoderLayer> {
    private final long size;
    private final long heads;
    private final TransformerOptions options;
    private final MultiheadAttention own;
    private final MultiheadAttention other;
    private final Feedforward feedforward;
    private final LayerNorm norm1;
    private final LayerNorm norm2;
    private final LayerNorm norm3;
    private final Dropout dropout1;
    private final Dropout dropout2;

    /** Creates a layer with {@link TransformerOptions#defaults()}. */
    public TransformerDecoderLayer(long dModel, long nhead) {
        this(dModel, nhead, TransformerOptions.defaults());
    }

    /**
     * @param dModel size of a step
     * @param nhead number of heads; divides the size
     */
    public TransformerDecoderLayer(long dModel, long nhead, TransformerOptions options) {
        size = dModel;
        heads = nhead;
        this.options = options;
        own = register("self_attn", new MultiheadAttention(dModel, nhead, options.attention()));
        other = register("multihead_attn", new MultiheadAttention(dModel, nhead, options.attention()));
        Linear linear1 = register("linear1", new Linear(dModel, options.dimFeedforward(), options.bias()));
        Dropout dropout = register("dropout", new Dropout(options.dropout()));
        Linear linear2 = register("linear2", new Linear(options.dimFeedforward(), dModel, options.bias()));
        norm1 = register("norm1", options.norm(dModel));
        norm2 = register("norm2", options.norm(dModel));
        norm3 = register("norm3", options.norm(dModel));
        dropout1 = register("dropout1", new Dropout(options.dropout()));
        dropout2 = register("dropout2", new Dropout(options.dropout()));
        Dropout dropout3 = register("dropout3", new Dropout(options.dropout()));
        if (options.activation() instanceof AbstractModule) {
            register("activation", options.activation());
        }
        feedforward = new Feedforward(linear1, dropout, linear2, dropout3, options.activation());
    }

    /** Returns a layer with parameters of its own that have the values of this one's; an activation with state is shared. */
    TransformerDecoderLayer copy() {
        return Clones.copy(this, () -> new TransformerDecoderLayer(size, heads, options));
    }

    /** Applies the layer without masks. */
    public Tensor forward(Tensor tgt, Tensor memory) {
        return forward(tgt, memory, AttentionMask.none(), AttentionMask.none());
    }

    /** Applies the layer, with arguments in PyTorch's order. */
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

    /**
     * Applies the layer.
     *
     * @param tgtMask for the attention of the sequence to itself
     * @param memoryMask for its attention to the memory
     */
    public Tensor forward(Tensor tgt, Tensor memory, AttentionMask tgtMask, AttentionMask memoryMask) {
        return hooked(tgt, memory, (x, encoded) -> {
            if (options.normFirst()) {
                Tensor y = x.add(dropout1.forward(own.forward(norm1.forward(x), tgtMask)));
                Tensor z = y.add(attend(norm2.forward(y), encoded, memoryMask));
                return z.add(feedforward.forward(norm3.forward(z)));
            }
            Tensor y = norm1.forward(x.add(dropout1.forward(own.forward(x, tgtMask))));
            Tensor z = norm2.forward(y.add(attend(y, encoded, memoryMask)));
            return norm3.forward(z.add(feedforward.forward(z)));
        });
    }

    private Tensor attend(Tensor x, Tensor memory, AttentionMask mask) {
        return dropout2.forward(other.forward(x, memory, memory, mask, false, true).output());
    }
}
