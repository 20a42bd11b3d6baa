// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Long short-term memory: with i, f, o the sigmoids and g the tanh of {@code W_i x_t + b_i + W_h h_(t-1) + b_h}, {@code c_t = f * c_(t-1) +
 * i * g} and {@code h_t = o * tanh(c_t)}, which is multiplied with another weight if {@link RecurrentOptions#projSize} is given. Weights
 * hold i, f, g, o one below the other; see {@link RNNBase}.
 *
 * @see <a href="https://doi.org/10.1162/neco.1997.9.8.1735">Hochreiter, Schmidhuber: Long short-term memory</a>
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.LSTM.html">torch.nn.LSTM</a>
 */
public final class LSTM extends RNNBase<LSTM> {

    /**
     * What is carried from step to step.
     *
     * @param hidden of {@link LSTM} [layers * directions, samples, width], of {@link LSTMCell} [samples, size]
     * @param cell of {@link LSTM} [layers * directions, samples, size], of {@link LSTMCell} [samples, size]; without samples for a single
     *     one
     */
    public record State(Tensor hidden, Tensor cell) {}

    /**
     * What an LSTM results in.
     *
     * @param output the last layer's hidden states of all steps, both directions side by side: [steps, samples, directions * width], or in
     *     the form of the input
     * @param state the last state of each layer and direction
     */
    public record Result(Tensor output, State state) {}

    /** What it results in for packed sequences; the last state is that at the ends of the sequences, in the given order. */
    public record Packed(PackedSequence output, State state) {}

    /** Creates one layer. */
    public LSTM(long inputSize, long hiddenSize) {
        this(inputSize, hiddenSize, RecurrentOptions.defaults());
    }

    public LSTM(long inputSize, long hiddenSize, RecurrentOptions options) {
        super(RecurrentCell.LSTM, inputSize, hiddenSize, options);
    }

    /** Starts with states of zeros. */
    public Result forward(Tensor input) {
        return forward(input, null);
    }

    /**
     * @param input [steps, samples, inputs], with {@code batchFirst} [samples, steps, inputs], or [steps, inputs]
     * @param state where to start; null for zeros
     */
    public Result forward(Tensor input, @Nullable State state) {
        List<Tensor> results = run(input, state == null ? null : state.hidden(), state == null ? null : state.cell());
        return new Result(results.get(0), new State(results.get(1), results.get(2)));
    }

    /** As {@link #forward(Tensor, State)}, of sequences of different lengths. */
    public Packed forward(PackedSequence input, @Nullable State state) {
        List<Tensor> results = run(input, state == null ? null : state.hidden(), state == null ? null : state.cell());
        return new Packed(input.with(results.get(0)), new State(results.get(1), results.get(2)));
    }
}
