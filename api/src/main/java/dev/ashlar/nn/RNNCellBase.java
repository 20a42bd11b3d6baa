// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What single recurrent steps share: {@code weight_ih} [gates * size, inputs], {@code weight_hh} [gates * size, size], {@code bias_ih} and
 * {@code bias_hh} [gates * size], which all start evenly in plus or minus 1 / sqrt(size).
 *
 * @param <M> the module's own class
 */
public abstract sealed class RNNCellBase<M extends RNNCellBase<M>> extends ConcreteModule<M> permits RNNCell, LSTMCell, GRUCell {
    private final RecurrentCell cell;
    private final long inputs;
    private final long size;
    private final Parameter inputWeight;
    private final Parameter hiddenWeight;
    private final @Nullable Parameter inputBias;
    private final @Nullable Parameter hiddenBias;

    RNNCellBase(RecurrentCell cell, long inputSize, long hiddenSize, boolean bias) {
        if (inputSize < 1 || hiddenSize < 1) {
            throw new InvalidArgumentException("[" + cell.title() + "Cell] expected sizes >= 1, got " + inputSize + " inputs and "
                    + hiddenSize + " hidden; name how many numbers a step has");
        }
        this.cell = cell;
        inputs = inputSize;
        size = hiddenSize;
        long rows = cell.gates() * size;
        inputWeight = drawn("weight_ih", rows, inputs);
        hiddenWeight = drawn("weight_hh", rows, size);
        inputBias = bias ? drawn("bias_ih", rows) : null;
        hiddenBias = bias ? drawn("bias_hh", rows) : null;
    }

    private Parameter drawn(String name, long... sizes) {
        return registerParameter(name, Init.drawUniform(1 / Math.sqrt(size), sizes));
    }

    /** Returns the next state. */
    final List<Tensor> run(Tensor input, @Nullable Tensor... state) {
        List<Tensor> given = new ArrayList<>(List.of(input));
        Arrays.stream(state).filter(tensor -> tensor != null).forEach(given::add);
        return hookedAll(given, this::compute);
    }

    private List<Tensor> compute(List<Tensor> given) {
        Tensor input = given.getFirst();
        boolean single = input.dim() == 1;
        if (input.dim() != 1 && input.dim() != 2 || input.size(-1) != inputs) {
            throw new ShapeMismatchException("[" + cell.title() + "Cell] expected a step [samples, " + inputs + "] or [" + inputs
                    + "], got "
                    + input.shape() + "; give sequences to the module of several steps");
        }
        Tensor x = single ? input.unsqueeze(0) : input;
        Shape expected = Shape.of(x.size(0), size);
        Tensor[] state = new Tensor[cell.states()];
        for (int i = 0; i < state.length; i++) {
            Tensor known = given.size() > 1 ? given.get(1 + i) : null;
            state[i] = known == null ? Tensor.zeros(expected, x.dtype(), x.device()) : single ? known.unsqueeze(0) : known;
            if (!state[i].shape().equals(expected)) {
                throw new ShapeMismatchException("[" + cell.title() + "Cell] expected a state " + (single ? Shape.of(size) : expected)
                        + " for an input " + input.shape() + ", got " + given.get(1 + i).shape() + "; give one for each sample");
            }
        }
        Tensor[] results = cell.layer(
                false,
                x.unsqueeze(0),
                state,
                inputWeight.tensor(),
                hiddenWeight.tensor(),
                RNNBase.tensor(inputBias),
                RNNBase.tensor(hiddenBias),
                null,
                null);
        return Arrays.stream(results).skip(1).map(next -> single ? next.squeeze(0) : next).toList();
    }

    @Override
    public String extraRepr() {
        return inputs + ", " + size + (inputBias == null ? ", bias=False" : "")
                + (cell == RecurrentCell.RELU ? ", nonlinearity=relu" : "");
    }
}
