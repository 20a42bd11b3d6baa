// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;

/**
 * What can be chosen about {@link Transformer} and its layers: {@code TransformerOptions.defaults().normFirst(true).dropout(0)}.
 *
 * @param dimFeedforward size between the two linear layers behind an attention; 2048
 * @param dropout the probability of being dropped in training mode, within attentions and behind them; 0.1
 * @param activation between the two linear layers; {@link Tensor#relu}. A module with state becomes a child
 * @param layerNormEps what normalisations add to the variance; 1e-5
 * @param batchFirst whether tensors are [samples, steps, size] instead of [steps, samples, size]; false
 * @param normFirst whether normalisations come before attentions and linear layers instead of behind them; false
 * @param bias whether linear layers, attentions and normalisations have a bias; true
 */
public record TransformerOptions(
        long dimFeedforward,
        double dropout,
        Layer activation,
        double layerNormEps,
        boolean batchFirst,
        boolean normFirst,
        boolean bias) {

    public TransformerOptions {
        if (dimFeedforward < 1) {
            throw new InvalidArgumentException("[transformer] expected a size of the feedforward layer >= 1, got " + dimFeedforward
                    + "; four times the model's size is usual");
        }
    }

    /** Returns what PyTorch assumes. */
    public static TransformerOptions defaults() {
        return new TransformerOptions(2048, 0.1, Tensor::relu, 1e-5, false, false, true);
    }

    public TransformerOptions dimFeedforward(long value) {
        return new TransformerOptions(value, dropout, activation, layerNormEps, batchFirst, normFirst, bias);
    }

    public TransformerOptions dropout(double value) {
        return new TransformerOptions(dimFeedforward, value, activation, layerNormEps, batchFirst, normFirst, bias);
    }

    public TransformerOptions activation(Layer value) {
        return new TransformerOptions(dimFeedforward, dropout, value, layerNormEps, batchFirst, normFirst, bias);
    }

    public TransformerOptions layerNormEps(double value) {
        return new TransformerOptions(dimFeedforward, dropout, activation, value, batchFirst, normFirst, bias);
    }

    public TransformerOptions batchFirst(boolean value) {
        return new TransformerOptions(dimFeedforward, dropout, activation, layerNormEps, value, normFirst, bias);
    }

    public TransformerOptions normFirst(boolean value) {
        return new TransformerOptions(dimFeedforward, dropout, activation, layerNormEps, batchFirst, value, bias);
    }

    public TransformerOptions bias(boolean value) {
        return new TransformerOptions(dimFeedforward, dropout, activation, layerNormEps, batchFirst, normFirst, value);
    }

    AttentionOptions attention() {
        return AttentionOptions.defaults().dropout(dropout).bias(bias).batchFirst(batchFirst);
    }

    LayerNorm norm(long size) {
        return new LayerNorm(Shape.of(size), layerNormEps, true, bias);
    }
}
