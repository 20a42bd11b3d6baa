// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * One step of an {@link RNN}; parameters are described at {@link RNNCellBase}.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.RNNCell.html">torch.nn.RNNCell</a>
 */
public final class RNNCell extends RNNCellBase<RNNCell> {
    /** Creates a step with biases and tanh. */
    public RNNCell(long inputSize, long hiddenSize) {
        this(inputSize, hiddenSize, true, Nonlinearity.TANH);
    }

    /** @param nonlinearity {@link Nonlinearity#TANH} or {@link Nonlinearity#RELU} */
    public RNNCell(long inputSize, long hiddenSize, boolean bias, Nonlinearity nonlinearity) {
        super(RecurrentCell.of(nonlinearity), inputSize, hiddenSize, bias);
    }

    /** Starts with a state of zeros. */
    public Tensor forward(Tensor input) {
        return forward(input, null);
    }

    /**
     * Returns the next hidden state.
     *
     * @param input [samples, inputs] or [inputs]
     * @param hidden [samples, size] or [size]; null for zeros
     */
    public Tensor forward(Tensor input, @Nullable Tensor hidden) {
        return run(input, hidden).getFirst();
    }
}
