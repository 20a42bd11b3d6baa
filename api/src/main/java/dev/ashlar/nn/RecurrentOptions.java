// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.type.InvalidArgumentException;

/**
 * What can be chosen about {@link RNN}, {@link LSTM} and {@link GRU}: {@code RecurrentOptions.defaults().numLayers(2).batchFirst(true)}.
 *
 * @param numLayers how many layers are stacked; 1
 * @param nonlinearity {@link Nonlinearity#TANH} or {@link Nonlinearity#RELU}; the former for LSTM and GRU
 * @param bias whether there are biases; true
 * @param batchFirst whether sequences are [samples, steps, size] instead of [steps, samples, size]; states are not concerned; false
 * @param dropout the probability of being dropped, in training mode, behind each layer but the last; 0
 * @param bidirectional whether each layer also reads the sequence from its end; false
 * @param projSize the size that an LSTM's hidden states are projected to, or 0 for no projection; 0
 */
public record RecurrentOptions(
        int numLayers,
        Nonlinearity nonlinearity,
        boolean bias,
        boolean batchFirst,
        double dropout,
        boolean bidirectional,
        long projSize) {
    private static final RecurrentOptions DEFAULTS = new RecurrentOptions(1, Nonlinearity.TANH, true, false, 0, false, 0);

    public RecurrentOptions {
        if (numLayers < 1) {
            throw new InvalidArgumentException("[recurrent] expected a number of layers >= 1, got " + numLayers + "; 1 is usual");
        }
        if (!(dropout >= 0 && dropout <= 1)) {
            throw new InvalidArgumentException("[recurrent] expected a dropout in [0, 1], got " + dropout
                    + "; it is the probability of being dropped");
        }
        if (projSize < 0) {
            throw new InvalidArgumentException("[recurrent] expected a size of projections >= 0, got " + projSize + "; 0 stands for none");
        }
    }

    /** Returns what PyTorch assumes. */
    public static RecurrentOptions defaults() {
        return DEFAULTS;
    }

    public RecurrentOptions numLayers(int value) {
        return new RecurrentOptions(value, nonlinearity, bias, batchFirst, dropout, bidirectional, projSize);
    }

    public RecurrentOptions nonlinearity(Nonlinearity value) {
        return new RecurrentOptions(numLayers, value, bias, batchFirst, dropout, bidirectional, projSize);
    }

    public RecurrentOptions bias(boolean value) {
        return new RecurrentOptions(numLayers, nonlinearity, value, batchFirst, dropout, bidirectional, projSize);
    }

    public RecurrentOptions batchFirst(boolean value) {
        return new RecurrentOptions(numLayers, nonlinearity, bias, value, dropout, bidirectional, projSize);
    }

    public RecurrentOptions dropout(double value) {
        return new RecurrentOptions(numLayers, nonlinearity, bias, batchFirst, value, bidirectional, projSize);
    }

    public RecurrentOptions bidirectional(boolean value) {
        return new RecurrentOptions(numLayers, nonlinearity, bias, batchFirst, dropout, value, projSize);
    }

    public RecurrentOptions projSize(long value) {
        return new RecurrentOptions(numLayers, nonlinearity, bias, batchFirst, dropout, bidirectional, value);
    }
}
