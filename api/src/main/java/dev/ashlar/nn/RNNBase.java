// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
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
            Parameter input, Parameter hidden, @Nullable Parameter inputBias, @Nullable Parameter hiddenBias,
                    @Nullable Parameter projection) {}

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
        return run(input, hidden, memory, this::compute);
    }

    /** As {@link #run(Tensor, Tensor, Tensor)}; outputs are packed as the input is. */
    final List<Tensor> run(PackedSequence input, @Nullable Tensor hidden, @Nullable Tensor memory) {
        return run(input.data(), hidden, memory, (data, states) -> computePacked(input, data, states));
    }

    private List<Tensor> run(
            Tensor input, @Nullable Tensor hidden, @Nullable Tensor memory, BiFunction<Tensor, List<Tensor>, List<Tensor>> compute) {
        List<Tensor> given = Stream.of(input, hidden, memory).filter(tensor -> tensor != null).toList();
        return hookedAll(given, known -> compute.apply(known.getFirst(), known.subList(1, known.size())));
    }

    private List<Tensor> compute(Tensor input, List<Tensor> states) {
        check(input);
        boolean single = input.dim() == 2;
        Tensor sequence = single ? input.unsqueeze(1) : options.batchFirst() ? input.transpose(0, 1) : input;
        List<Tensor> results = stack(sequence, initial(states, single, sequence.size(1), input), null);
        Tensor output = results.getFirst();
        results.set(0, single ? output.squeeze(1) : options.batchFirst() ? output.transpose(0, 1) : output);
        for (int i = 1; single && i < results.size(); i++) {
            results.set(i, results.get(i).squeeze(1));
        }
        return results;
    }

    private List<Tensor> computePacked(PackedSequence packed, Tensor data, List<Tensor> states) {
        if (data.dim() != 2 || data.size(1) != inputs) {
            throw new ShapeMismatchException("[" + cell.title() + "] expected packed steps [all, " + inputs + "], got " + data.shape()
                    + "; the last dimension is the size of a step");
        }
        checkType(data);
        long[] sizes = packed.batchSizes();
        List<Tensor> given = initial(states, false, sizes[0], data).stream()
                .map(state -> arranged(state, packed.sortedIndices())).toList();
        List<Tensor> results = stack(packed.padded(data, 0, sizes.length), given, packed.valid());
        results.set(0, packed.packed(results.getFirst()));
        for (int i = 1; i < results.size(); i++) {
            results.set(i, arranged(results.get(i), packed.unsortedIndices()));
        }
        return results;
    }

    private static Tensor arranged(Tensor states, long @Nullable [] order) {
        return order == null ? states : states.indexSelect(1, Tensor.of(order).to(states.device()));
    }

    /** Applies the layers; [steps, samples, inputs] and states [layers * directions, samples, size] to the same. */
    private List<Tensor> stack(Tensor input, List<Tensor> given, @Nullable Tensor valid) {
        Tensor sequence = input;
        List<List<Tensor>> last = List.of(new ArrayList<>(), new ArrayList<>());
        for (int layer = 0; layer < options.numLayers(); layer++) {
            if (layer > 0) {
                sequence = sequence.dropout(options.dropout(), isTraining());
            }
            List<Tensor> outputs = new ArrayList<>();
            for (int direction = 0; direction < directions(); direction++) {
                int place = layer * directions() + direction;
                Tensor[] results = layer(layers.get(place), direction == 1, sequence, given, place, valid);
                outputs.add(results[0]);
                for (int i = 1; i < results.length; i++) {
                    last.get(i - 1).add(results[i]);
                }
            }
            sequence = outputs.size() == 1 ? outputs.getFirst() : Tensor.cat(2, outputs.toArray(Tensor[]::new));
        }
        List<Tensor> results = new ArrayList<>();
        results.add(sequence);
        for (int i = 0; i < cell.states(); i++) {
            results.add(Tensor.stack(0, last.get(i).toArray(Tensor[]::new)));
        }
        return results;
    }

    private Tensor[] layer(
            Weights weights, boolean reverse, Tensor sequence, List<Tensor> given, int place, @Nullable Tensor valid) {
        Tensor[] state = given.stream().map(all -> all.select(0, place)).toArray(Tensor[]::new);
        return cell.layer(
                reverse,
                sequence,
                state,
                weights.input.tensor(),
                weights.hidden.tensor(),
                tensor(weights.inputBias),
                tensor(weights.hiddenBias),
                tensor(weights.projection),
                valid);
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
        checkType(input);
    }

    private void checkType(Tensor input) {
        DType type = layers.getFirst().input.dtype();
        // Types of up to 32 bits may differ: autocasting brings them together.
        if (!input.dtype().isFloatingPoint() || input.dtype() != type && (input.dtype() == DType.FLOAT64 || type == DType.FLOAT64)) {
            throw new DTypeMismatchException("[" + cell.title() + "] expected a sequence of the weights' type "
                    + type + ", got " + input.dtype() + "; cast one of them with to()");
        }
    }

    private List<Tensor> initial(List<Tensor> states, boolean single, long samples, Tensor input) {
        List<Tensor> given = new ArrayList<>();
        given.add(initial("hidden", states.isEmpty() ? null : states.getFirst(), single, samples, width(), input));
        if (cell.states() == 2) {
            given.add(initial("cell", states.size() < 2 ? null : states.get(1), single, samples, size, input));
        }
        return given;
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
