// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What recurrent modules share: stacked layers that read a sequence step by step, each the hidden states of the one below.
 *
 * <p>Parameters of layer k: {@code weight_ih_lk} [gates * size, inputs], {@code weight_hh_lk} [gates * size, width], {@code bias_ih_lk} and
 * {@code bias_hh_lk} [gates * size], with projections {@code weight_hr_lk} [width, size]; those that read backwards end with
 * {@code _reverse}. All start evenly in plus or minus 1 / sqrt(size).
 *
 * @param <M> the module's own class
 */
public abstract sealed class RNNBase<M extends RNNBase<M>> extends ConcreteModule<M> permits RNN, LSTM, GRU {
    private final RecurrentCell cell;
    private final long inputs;
    private final long size;
    private final RecurrentOptions options;
    private final List<Weights> layers = new ArrayList<>();

    /** The parameters of one layer in one direction. */
    private record Weights(
            Parameter input, Parameter hidden, @Nullable Parameter inputBias, @Nullable Parameter hiddenBias, @Nullable Parameter projection) {}

    RNNBase(RecurrentCell cell, long inputSize, long hiddenSize, RecurrentOptions options) {
        if (inputSize < 1 || hiddenSize < 1) {
            throw new InvalidArgumentException("[" + cell.title() + "] expected sizes >= 1, got " + inputSize + " inputs and " + hiddenSize
                    + " hidden; name how many numbers a step has");
        }
        if (options.projSize() >= hiddenSize || options.projSize() > 0 && cell != RecurrentCell.LSTM) {
            throw new InvalidArgumentException("[" + cell.title() + "] expected a projection of an LSTM to fewer than " + hiddenSize
                    + " numbers, got " + options.projSize() + "; 0 stands for none");
        }
        this.cell = cell;
        inputs = inputSize;
        size = hiddenSize;
        this.options = options;
        for (int layer = 0; layer < options.numLayers(); layer++) {
            for (int direction = 0; direction < directions(); direction++) {
                layers.add(weights(layer, direction == 1 ? "_reverse" : ""));
            }
        }
    }

    private Weights weights(int layer, String suffix) {
        long rows = cell.gates() * size;
        String end = "_l" + layer + suffix;
        return new Weights(
                drawn("weight_ih" + end, rows, layer == 0 ? inputs : width() * directions()),
                drawn("weight_hh" + end, rows, width()),
                options.bias() ? drawn("bias_ih" + end, rows) : null,
                options.bias() ? drawn("bias_hh" + end, rows) : null,
                options.projSize() > 0 ? drawn("weight_hr" + end, width(), size) : null);
    }

    private Parameter drawn(String name, long... sizes) {
        return registerParameter(name, Init.drawUniform(1 / Math.sqrt(size), sizes));
    }

    private int directions() {
        return options.bidirectional() ? 2 : 1;
    }

    /** Returns the size of a hidden state. */
    private long width() {
        return options.projSize() > 0 ? options.projSize() : size;
    }

    // ---- forward ----------------------------------------------------------------------------------------------------------------

    /** Returns the outputs, then the last state, one tensor each for all layers and directions. */
    final List<Tensor> run(Tensor input, @Nullable Tensor hidden, @Nullable Tensor memory) {
        List<Tensor> given = Stream.of(input, hidden, memory).filter(tensor -> tensor != null).toList();
        return hookedAll(given, known -> compute(
                known.get(0), known.size() > 1 ? known.get(1) : null, known.size() > 2 ? known.get(2) : null));
    }

    private List<Tensor> compute(Tensor input, @Nullable Tensor hidden, @Nullable Tensor memory) {
        check(input);
        boolean single = input.dim() == 2;
        Tensor sequence = single ? input.unsqueeze(1) : options.batchFirst() ? input.transpose(0, 1) : input;
        long samples = sequence.size(1);
        List<@Nullable Tensor> given = new ArrayList<>();
        given.add(initial("hidden", hidden, single, samples, width(), input));
        if (cell.states() == 2) {
            given.add(initial("cell", memory, single, samples, size, input));
        }
        List<List<Tensor>> last = List.of(new ArrayList<>(), new ArrayList<>());
        for (int layer = 0; layer < options.numLayers(); layer++) {
            if (layer > 0) {
                sequence = sequence.dropout(options.dropout(), isTraining());
            }
            List<Tensor> outputs = new ArrayList<>();
            for (int direction = 0; direction < directions(); direction++) {
                int place = layer * directions() + direction;
                Tensor[] results = layer(layers.get(place), direction == 1, sequence, given, place);
                outputs.add(results[0]);
                for (int i = 1; i < results.length; i++) {
                    last.get(i - 1).add(results[i]);
                }
            }
            sequence = outputs.size() == 1 ? outputs.getFirst() : Tensor.cat(2, outputs.toArray(Tensor[]::new));
        }
        List<Tensor> results = new ArrayList<>();
        results.add(single ? sequence.squeeze(1) : options.batchFirst() ? sequence.transpose(0, 1) : sequence);
        for (int i = 0; i < cell.states(); i++) {
            Tensor all = Tensor.stack(0, last.get(i).toArray(Tensor[]::new));
            results.add(single ? all.squeeze(1) : all);
        }
        return results;
    }

    private Tensor[] layer(Weights weights, boolean reverse, Tensor sequence, List<Tensor> given, int place) {
        Tensor[] state = given.stream().map(all -> all.select(0, place)).toArray(Tensor[]::new);
        return cell.layer(
                reverse,
                sequence,
                state,
                weights.input.tensor(),
                weights.hidden.tensor(),
                tensor(weights.inputBias),
                tensor(weights.hiddenBias),
                tensor(weights.projection));
    }

    static @Nullable Tensor tensor(@Nullable Parameter parameter) {
        return parameter == null ? null : parameter.tensor();
    }

    private void check(Tensor input) {
        boolean fits = (input.dim() == 2 || input.dim() == 3) && input.size(-1) == inputs;
        if (!fits || input.size(input.dim() == 3 && options.batchFirst() ? 1 : 0) == 0) {
            throw new ShapeMismatchException("[" + cell.title() + "] expected a sequence "
                    + (options.batchFirst() ? "[samples, steps, " : "[steps, samples, ") + inputs + "] or [steps, " + inputs
                    + "] of at least one step, got " + input.shape() + "; the last dimension is the size of a step");
        }
        if (input.dtype() != layers.getFirst().input.dtype()) {
            throw new DTypeMismatchException("[" + cell.title() + "] expected a sequence of the weights' type "
                    + layers.getFirst().input.dtype() + ", got " + input.dtype() + "; cast one of them with to()");
        }
    }

    private Tensor initial(String what, @Nullable Tensor given, boolean single, long samples, long width, Tensor input) {
        Shape all = Shape.of(layers.size(), samples, width);
        if (given == null) {
            return Tensor.zeros(all, input.dtype(), input.device());
        }
        Shape expected = single ? Shape.of(layers.size(), width) : all;
        if (!given.shape().equals(expected)) {
            throw new ShapeMismatchException("[" + cell.title() + "] expected a " + what + " state " + expected + " for an input "
                    + input.shape() + ", got " + given.shape() + "; its first dimension counts layers and directions");
        }
        return single ? given.unsqueeze(1) : given;
    }

    @Override
    public String extraRepr() {
        return inputs + ", " + size
                + (options.projSize() == 0 ? "" : ", proj_size=" + options.projSize())
                + (options.numLayers() == 1 ? "" : ", num_layers=" + options.numLayers())
                + (options.bias() ? "" : ", bias=False")
                + (options.batchFirst() ? ", batch_first=True" : "")
                + (options.dropout() == 0 ? "" : ", dropout=" + Repr.of(options.dropout()))
                + (options.bidirectional() ? ", bidirectional=True" : "");
    }
}
