// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gated recurrent units: with r, z the sigmoids of {@code W_i x_t + b_i + W_h h_(t-1) + b_h}, {@code n = tanh(W_in x_t + b_in + r * (W_hn
 * h_(t-1) + b_hn))} and {@code h_t = (1 - z) * n + z * h_(t-1)}. Weights hold r, z, n one below the other; see {@link RNNBase}.
 *
 * @see <a href="https://arxiv.org/abs/1406.1078">Cho et al.: Learning phrase representations using RNN encoder-decoder</a>
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.GRU.html">torch.nn.GRU</a>
 */
public final class GRU extends RNNBase<GRU> {
    /** Creates one layer. */
    public GRU(long inputSize, long hiddenSize) {
        this(inputSize, hiddenSize, RecurrentOptions.defaults());
    }

    public GRU(long inputSize, long hiddenSize, RecurrentOptions options) {
        super(RecurrentCell.GRU, inputSize, hiddenSize, options);
    }

    /** Starts with states of zeros. */
    public RNN.Result forward(Tensor input) {
        return forward(input, null);
    }

    /**
     * @param input [steps, samples, inputs], with {@code batchFirst} [samples, steps, inputs], or [steps, inputs]
     * @param hidden where to start, of the form of {@link RNN.Result#hidden}; null for zeros
     */
    public RNN.Result forward(Tensor input, @Nullable Tensor hidden) {
        List<Tensor> results = run(input, hidden, null);
        return new RNN.Result(results.get(0), results.get(1));
    }

    /** As {@link #forward(Tensor, Tensor)}, of sequences of different lengths. */
    public RNN.Packed forward(PackedSequence input, @Nullable Tensor hidden) {
        List<Tensor> results = run(input, hidden, null);
        return new RNN.Packed(input.with(results.get(0)), results.get(1));
    }
}
