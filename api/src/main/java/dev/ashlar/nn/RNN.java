// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recurrent network of Elman: {@code h_t = tanh(W_ih x_t + b_ih + W_hh h_(t-1) + b_hh)}, or with relu instead of tanh. Parameters are
 * described at {@link RNNBase}.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.RNN.html">torch.nn.RNN</a>
 */
public final class RNN extends RNNBase<RNN> {

    /**
     * What {@link RNN} and {@link GRU} result in.
     *
     * @param output the last layer's hidden states of all steps, both directions side by side: [steps, samples, directions * size], or in
     *     the form of the input
     * @param hidden the last hidden state of each layer and direction: [layers * directions, samples, size], for a single sample without
     *     samples
     */
    public record Result(Tensor output, Tensor hidden) {}

    /** What they result in for packed sequences; the last states are those at the ends of the sequences, in the given order. */
    public record Packed(PackedSequence output, Tensor hidden) {}

    /** Creates one layer with tanh. */
    public RNN(long inputSize, long hiddenSize) {
        this(inputSize, hiddenSize, RecurrentOptions.defaults());
    }

    public RNN(long inputSize, long hiddenSize, RecurrentOptions options) {
        super(RecurrentCell.of(options.nonlinearity()), inputSize, hiddenSize, options);
    }

    /** Starts with states of zeros. */
    public Result forward(Tensor input) {
        return forward(input, null);
    }

    /**
     * @param input [steps, samples, inputs], with {@code batchFirst} [samples, steps, inputs], or [steps, inputs]
     * @param hidden where to start, of the form of {@link Result#hidden}; null for zeros
     */
    public Result forward(Tensor input, @Nullable Tensor hidden) {
        List<Tensor> results = run(input, hidden, null);
        return new Result(results.get(0), results.get(1));
    }

    /** As {@link #forward(Tensor, Tensor)}, of sequences of different lengths. */
    public Packed forward(PackedSequence input, @Nullable Tensor hidden) {
        List<Tensor> results = run(input, hidden, null);
        return new Packed(input.with(results.get(0)), results.get(1));
    }
}
