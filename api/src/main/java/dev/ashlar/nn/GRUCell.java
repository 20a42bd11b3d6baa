// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * One step of a {@link GRU}; parameters are described at {@link RNNCellBase}.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.GRUCell.html">torch.nn.GRUCell</a>
 */
public final class GRUCell extends RNNCellBase<GRUCell> {
    /** Creates a step with biases. */
    public GRUCell(long inputSize, long hiddenSize) {
        this(inputSize, hiddenSize, true);
    }

    public GRUCell(long inputSize, long hiddenSize, boolean bias) {
        super(RecurrentCell.GRU, inputSize, hiddenSize, bias);
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
