// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens in one step of a recurrent layer, and how gradients go back through it. */
enum RecurrentCell {
    /** The hidden state is the tanh of what comes in. */
    TANH("rnn", 1, 1) {
        @Override
        Step forward(Tensor sequence, Tensor product, Tensor[] state) {
            Tensor hidden = sequence.add(product).tanh();
            return new Step(new Tensor[] {hidden}, new Tensor[] {hidden});
        }

        @Override
        Back backward(Tensor[] kept, Tensor hidden, @Nullable Tensor cell) {
            Tensor gates = hidden.mul(kept[0].square().rsub(1));
            return new Back(gates, gates, null, null);
        }
    },

    /** The hidden state is what comes in, or 0 if that is negative. */
    RELU("rnn", 1, 1) {
        @Override
        Step forward(Tensor sequence, Tensor product, Tensor[] state) {
            Tensor hidden = sequence.add(product).relu();
            return new Step(new Tensor[] {hidden}, new Tensor[] {hidden});
        }

        @Override
        Back backward(Tensor[] kept, Tensor hidden, @Nullable Tensor cell) {
            Tensor gates = kept[0].gt(0.0).where(hidden, hidden.mul(0.0));
            return new Back(gates, gates, null, null);
        }
    },

    /** Long short-term memory: input, forget, cell and output gate. */
    LSTM("lstm", 4, 2) {
        @Override
        Step forward(Tensor sequence, Tensor product, Tensor[] state) {
            Tensor gates = sequence.add(product);
            Tensor input = gate(gates, 4, 0).sigmoid();
            Tensor forget = gate(gates, 4, 1).sigmoid();
            Tensor content = gate(gates, 4, 2).tanh();
            Tensor output = gate(gates, 4, 3).sigmoid();
            Tensor cell = forget.mul(state[1]).add(input.mul(content));
            Tensor curved = cell.tanh();
            return new Step(
                    new Tensor[] {output.mul(curved), cell}, new Tensor[] {input, forget, content, output, curved, state[1]});
        }

        @Override
        Back backward(Tensor[] kept, Tensor hidden, @Nullable Tensor cell) {
            Tensor input = kept[0];
            Tensor forget = kept[1];
            Tensor content = kept[2];
            Tensor output = kept[3];
            Tensor curved = kept[4];
            Tensor through = hidden.mul(output).mul(curved.square().rsub(1));
            Tensor total = cell == null ? through : cell.add(through);
            Tensor gates = Tensor.cat(
                    1,
                    sigmoid(total.mul(content), input),
                    sigmoid(total.mul(kept[5]), forget),
                    total.mul(input).mul(content.square().rsub(1)),
                    sigmoid(hidden.mul(curved), output));
            return new Back(gates, gates, null, total.mul(forget));
        }
    },

    /** Gated recurrent unit: reset, update and new gate. */
    GRU("gru", 3, 1) {
        @Override
        Step forward(Tensor sequence, Tensor product, Tensor[] state) {
            Tensor reset = gate(sequence, 3, 0).add(gate(product, 3, 0)).sigmoid();
            Tensor update = gate(sequence, 3, 1).add(gate(product, 3, 1)).sigmoid();
            Tensor own = gate(product, 3, 2);
            Tensor content = gate(sequence, 3, 2).add(reset.mul(own)).tanh();
            Tensor hidden = state[0].sub(content).mul(update).add(content);
            return new Step(new Tensor[] {hidden}, new Tensor[] {reset, update, content, own, state[0]});
        }

        @Override
        Back backward(Tensor[] kept, Tensor hidden, @Nullable Tensor cell) {
            Tensor reset = kept[0];
            Tensor update = kept[1];
            Tensor content = kept[2];
            Tensor fresh = hidden.mul(update.rsub(1)).mul(content.square().rsub(1));
            Tensor ofReset = sigmoid(fresh.mul(kept[3]), reset);
            Tensor ofUpdate = sigmoid(hidden.mul(kept[4].sub(content)), update);
            return new Back(
                    Tensor.cat(1, ofReset, ofUpdate, fresh),
                    Tensor.cat(1, ofReset, ofUpdate, fresh.mul(reset)),
                    hidden.mul(update),
                    null);
        }
    };

    private final String title;
    private final int gates;
    private final int states;

    RecurrentCell(String title, int gates, int states) {
        this.title = title;
        this.gates = gates;
        this.states = states;
    }

    /** Returns the cell of a plain recurrent network. */
    static RecurrentCell of(Nonlinearity nonlinearity) {
        return switch (nonlinearity) {
            case TANH -> TANH;
            case RELU -> RELU;
            default -> throw new InvalidArgumentException("[rnn] expected the nonlinearity TANH or RELU, got " + nonlinearity
                    + "; choose one of them");
        };
    }

    /** What a step results in: the state, and what backward reads. */
    record Step(Tensor[] state, Tensor[] kept) {}

    /** Gradients of the projected input, of the product with the hidden state, and of the state itself where it is used directly. */
    record Back(Tensor sequence, Tensor product, @Nullable Tensor hidden, @Nullable Tensor cell) {}

    /** Does one step. */
    abstract Step forward(Tensor sequence, Tensor product, Tensor[] state);

    /**
     * Goes back through one step.
     *
     * @param kept what forward kept
     * @param hidden the gradient of the new hidden state
     * @param cell the gradient of the new cell state, if there is one
     */
    abstract Back backward(Tensor[] kept, Tensor hidden, @Nullable Tensor cell);

    /**
     * Applies a layer in one direction.
     *
     * @param sequence [steps, samples, inputs]
     * @param state [samples, size], one or two
     * @param valid see {@link Recurrence#valid}
     * @return the hidden states of all steps, then the last state
     */
    Tensor[] layer(
            boolean reverse,
            Tensor sequence,
            Tensor[] state,
            Tensor inputWeight,
            Tensor hiddenWeight,
            @Nullable Tensor inputBias,
            @Nullable Tensor hiddenBias,
            @Nullable Tensor projection,
            @Nullable Tensor valid) {
        // A reset gate stands between the hidden bias and the rest; elsewhere both biases are one.
        boolean apart = this == GRU && hiddenBias != null;
        Tensor bias = apart || inputBias == null || hiddenBias == null ? inputBias : inputBias.add(hiddenBias);
        List<Tensor> operands = new ArrayList<>();
        operands.add(sequence.linear(inputWeight, bias));
        operands.addAll(List.of(state));
        operands.add(hiddenWeight);
        Recurrence.Extra extra = Recurrence.Extra.NONE;
        if (apart) {
            operands.add(hiddenBias);
            extra = Recurrence.Extra.BIAS;
        } else if (projection != null) {
            operands.add(projection);
            extra = Recurrence.Extra.PROJECTION;
        }
        // Autocasting may have lowered the product: then all the rest is computed in its type, as in PyTorch.
        DType type = operands.getFirst().dtype();
        return new Recurrence(this, reverse, extra, valid).applyAll(
                operands.stream().map(operand -> operand.to(type)).toArray(Tensor[]::new));
    }

    /** Returns what messages call it. */
    String title() {
        return title;
    }

    /** Returns how many vectors of the hidden size the weights compute. */
    int gates() {
        return gates;
    }

    /** Returns how many tensors the state consists of. */
    int states() {
        return states;
    }

    private static Tensor gate(Tensor all, int count, int place) {
        long size = all.size(1) / count;
        return all.narrow(1, place * size, size);
    }

    private static Tensor sigmoid(Tensor gradient, Tensor value) {
        return gradient.mul(value).mul(value.rsub(1));
    }
}
