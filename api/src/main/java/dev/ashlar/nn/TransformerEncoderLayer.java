// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Attention of a sequence to itself, then two linear layers at each step; around both a sum with their input and a normalisation.
 *
 * <p>Input and output are [steps, samples, size], with {@link TransformerOptions#batchFirst} [samples, steps, size], or [steps, size].
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.TransformerEncoderLayer.html">torch.nn.TransformerEncoderLayer</a>
 */
public final class TransformerEncoderLayer extends ConcreteModule<TransformerEncoderLayer> implements Layer {
    private final long size;
    private final long heads;
    private final TransformerOptions options;
    private final MultiheadAttention attention;
    private final Feedforward feedforward;
    private final LayerNorm norm1;
    private final LayerNorm norm2;
    private final Dropout dropout1;

    /** Creates a layer with {@link TransformerOptions#defaults()}. */
    public TransformerEncoderLayer(long dModel, long nhead) {
        this(dModel, nhead, TransformerOptions.defaults());
    }

    /**
     * @param dModel size of a step
     * @param nhead number of heads; divides the size
     */
    public TransformerEncoderLayer(long dModel, long nhead, TransformerOptions options) {
        size = dModel;
        heads = nhead;
        this.options = options;
        attention = register("self_attn", new MultiheadAttention(dModel, nhead, options.attention()));
        Linear linear1 = register("linear1", new Linear(dModel, options.dimFeedforward(), options.bias()));
        Dropout dropout = register("dropout", new Dropout(options.dropout()));
        Linear linear2 = register("linear2", new Linear(options.dimFeedforward(), dModel, options.bias()));
        norm1 = register("norm1", options.norm(dModel));
        norm2 = register("norm2", options.norm(dModel));
        dropout1 = register("dropout1", new Dropout(options.dropout()));
        Dropout dropout2 = register("dropout2", new Dropout(options.dropout()));
        if (options.activation() instanceof AbstractModule) {
            register("activation", options.activation());
        }
        feedforward = new Feedforward(linear1, dropout, linear2, dropout2, options.activation());
    }

    /** Returns a layer with parameters of its own that have the values of this one's; an activation with state is shared. */
    TransformerEncoderLayer copy() {
        return Clones.copy(this, () -> new TransformerEncoderLayer(size, heads, options));
    }

    /** Applies the layer without a mask. */
    @Override
    public Tensor forward(Tensor src) {
        return forward(src, AttentionMask.none());
    }

    /** Applies the layer, with arguments in PyTorch's order; {@code isCausal} makes the mask by itself if there is none. */
    public Tensor forward(Tensor src, @Nullable Tensor srcMask, @Nullable Tensor srcKeyPaddingMask, boolean isCausal) {
        return forward(src, new AttentionMask(srcMask, srcKeyPaddingMask, isCausal));
    }

    /** Applies the layer. */
    public Tensor forward(Tensor src, AttentionMask mask) {
        return hooked(src, x -> {
            if (options.normFirst()) {
                Tensor y = x.add(attend(norm1.forward(x), mask));
                return y.add(feedforward.forward(norm2.forward(y)));
            }
            Tensor y = norm1.forward(x.add(attend(x, mask)));
            return norm2.forward(y.add(feedforward.forward(y)));
        });
    }

    private Tensor attend(Tensor x, AttentionMask mask) {
        return dropout1.forward(attention.forward(x, mask));
    }
}
