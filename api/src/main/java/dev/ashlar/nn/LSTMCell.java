// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of an {@link LSTM}; parameters are described at {@link RNNCellBase}.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.LSTMCell.html">torch.nn.LSTMCell</a>
 */
public final class LSTMCell extends RNNCellBase<LSTMCell> {
    /** Creates a step with biases. */
    public LSTMCell(long inputSize, long hiddenSize) {
        this(inputSize, hiddenSize, true);
    }

    public LSTMCell(long inputSize, long hiddenSize, boolean bias) {
        super(RecurrentCell.LSTM, inputSize, hiddenSize, bias);
    }

    /** Starts with a state of zeros. */
    public LSTM.State forward(Tensor input) {
        return forward(input, null);
    }

    /**
     * Returns the next state.
     *
     * @param input [samples, inputs] or [inputs]
     * @param state null for zeros
     */
    public LSTM.State forward(Tensor input, LSTM.@Nullable State state) {
        List<Tensor> next = state == null ? run(input) : run(input, state.hidden(), state.cell());
        return new LSTM.State(next.get(0), next.get(1));
    }
}
