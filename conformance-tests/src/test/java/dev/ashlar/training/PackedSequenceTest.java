// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ashlar.Ashlar;
import dev.ashlar.Tensor;
import dev.ashlar.nn.GRU;
import dev.ashlar.nn.LSTM;
import dev.ashlar.nn.Module;
import dev.ashlar.nn.PackedSequence;
import dev.ashlar.nn.Parameter;
import dev.ashlar.nn.RNN;
import dev.ashlar.nn.RecurrentOptions;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sequences of different lengths: how they are packed, and that each is read as if it was alone. */
class PackedSequenceTest {
    private static final long[] LENGTHS = {2, 5, 1, 3};

    @BeforeEach
    void seed() {
        Ashlar.seed(14);
    }

    /** The layout is what {@code torch.nn.utils.rnn.pack_padded_sequence} gives for the same call. */
    @Test
    void laysStepsBesideEachOther() {
        Tensor padded = Tensor.of(new long[] {1, 2, 0, 3, 0, 0, 4, 5, 6}, 3, 3);
        PackedSequence packed = PackedSequence.packPaddedSequence(padded, new long[] {2, 1, 3}, true, false);
        assertThat(packed.data().toLongArray()).containsExactly(4, 1, 3, 5, 2, 6);
        assertThat(packed.batchSizes()).containsExactly(3, 2, 1);
        assertThat(packed.sortedIndices()).containsExactly(2, 0, 1);
        assertThat(packed.unsortedIndices()).containsExactly(1, 2, 0);
        PackedSequence.Padded back = packed.pad(true, -1, 4L);
        assertThat(back.output().toLongArray()).containsExactly(1, 2, -1, -1, 3, -1, -1, -1, 4, 5, 6, -1);
        assertThat(back.lengths()).containsExactly(2, 1, 3);
        PackedSequence listed = PackedSequence.packSequence(
                List.of(Tensor.of(new long[] {4, 5, 6}), Tensor.of(new long[] {1, 2}), Tensor.of(new long[] {3})), true);
        assertThat(listed.data().toLongArray()).containsExactly(4, 1, 3, 5, 2, 6);
        assertThat(listed.sortedIndices()).isNull();
        assertThat(listed.pad().output().toLongArray()).containsExactly(4, 1, 3, 5, 2, 0, 6, 0, 0);
    }

    /** Steps, hidden and cell states of one way to read sequences. */
    private record Reading(List<Tensor> outputs, List<Tensor> states) {
        Tensor sum() {
            Tensor sum = Tensor.scalar(0, DType.FLOAT64);
            List<Tensor> all = new ArrayList<>(outputs);
            all.addAll(states);
            for (Tensor tensor : all) {
                sum = sum.add(tensor.mul(tensor.add(0.3)).sum());
            }
            return sum;
        }
    }

    private static Map<String, Tensor> gradients(Module module, Reading reading) {
        module.zeroGrad();
        reading.sum().backward();
        Map<String, Tensor> gradients = new LinkedHashMap<>();
        module.namedParameters().forEach((name, parameter) -> gradients.put(name, Objects.requireNonNull(gradient(parameter))));
        return gradients;
    }

    private static Tensor gradient(Parameter parameter) {
        return Objects.requireNonNull(parameter.gradOrNull()).clone();
    }

    private static Reading apart(PackedSequence packed, Tensor... states) {
        PackedSequence.Padded padded = packed.pad();
        List<Tensor> outputs = new ArrayList<>();
        List<Tensor> each = new ArrayList<>();
        for (int i = 0; i < LENGTHS.length; i++) {
            outputs.add(padded.output().select(1, i).narrow(0, 0, LENGTHS[i]));
            for (Tensor state : states) {
                each.add(state.select(1, i));
            }
        }
        return new Reading(outputs, each);
    }

    private static Reading alone(List<Tensor> sequences, BiFunction<Tensor, Integer, List<Tensor>> module) {
        List<Tensor> outputs = new ArrayList<>();
        List<Tensor> states = new ArrayList<>();
        for (int i = 0; i < sequences.size(); i++) {
            List<Tensor> results = module.apply(sequences.get(i), i);
            outputs.add(results.getFirst());
            states.addAll(results.subList(1, results.size()));
        }
        return new Reading(outputs, states);
    }

    private static void compare(Module module, Reading packed, Reading alone) {
        for (int i = 0; i < alone.outputs.size(); i++) {
            assertThat(packed.outputs.get(i).sub(alone.outputs.get(i)).abs().max().item()).isCloseTo(0, within(1e-12));
        }
        for (int i = 0; i < alone.states.size(); i++) {
            assertThat(packed.states.get(i).sub(alone.states.get(i)).abs().max().item()).isCloseTo(0, within(1e-12));
        }
        Map<String, Tensor> expected = gradients(module, alone);
        gradients(module, packed).forEach((name, gradient) ->
                assertThat(gradient.sub(expected.get(name)).abs().max().item()).as(name).isCloseTo(0, within(1e-12)));
    }

    @ParameterizedTest
    @CsvSource({"lstm, false", "lstm, true", "projected, true", "gru, true", "rnn, true"})
    void readsEachSequenceAsIfItWasAlone(String kind, boolean bidirectional) {
        RecurrentOptions options = RecurrentOptions.defaults().numLayers(2).bidirectional(bidirectional)
                .projSize(kind.equals("projected") ? 2 : 0);
        List<Tensor> sequences = new ArrayList<>();
        for (long length : LENGTHS) {
            sequences.add(Tensor.randn(length, 3).to(DType.FLOAT64).detach());
        }
        PackedSequence packed = PackedSequence.packSequence(sequences, false);
        Tensor hidden = Tensor.randn(bidirectional ? 4 : 2, 4, kind.equals("projected") ? 2 : 4).to(DType.FLOAT64).detach();
        if (kind.equals("gru")) {
            GRU module = new GRU(3, 4, options).to(DType.FLOAT64);
            RNN.Packed result = module.forward(packed, hidden);
            compare(module, apart(result.output(), result.hidden()), alone(sequences, (x, i) -> {
                RNN.Result one = module.forward(x, hidden.select(1, i));
                return List.of(one.output(), one.hidden());
            }));
        } else if (kind.equals("rnn")) {
            RNN module = new RNN(3, 4, options).to(DType.FLOAT64);
            RNN.Packed result = module.forward(packed, null);
            compare(module, apart(result.output(), result.hidden()), alone(sequences, (x, _) -> {
                RNN.Result one = module.forward(x);
                return List.of(one.output(), one.hidden());
            }));
        } else {
            LSTM module = new LSTM(3, 4, options).to(DType.FLOAT64);
            Tensor cell = Tensor.randn(bidirectional ? 4 : 2, 4, 4).to(DType.FLOAT64).detach();
            LSTM.Packed result = module.forward(packed, new LSTM.State(hidden, cell));
            compare(module, apart(result.output(), result.state().hidden(), result.state().cell()), alone(sequences, (x, i) -> {
                LSTM.Result one = module.forward(x, new LSTM.State(hidden.select(1, i), cell.select(1, i)));
                return List.of(one.output(), one.state().hidden(), one.state().cell());
            }));
        }
    }

    @Test
    void saysWhatIsWrong() {
        Tensor padded = Tensor.zeros(3, 2, 4);
        assertThatThrownBy(() -> PackedSequence.packPaddedSequence(padded, new long[] {2, 3}, false, true))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("lengths that do not rise, got [2, 3]");
        assertThatThrownBy(() -> PackedSequence.packPaddedSequence(padded, new long[] {4, 3}, false, true))
                .isInstanceOf(ShapeMismatchException.class);
        assertThatThrownBy(() -> PackedSequence.packPaddedSequence(padded, new long[] {3, 0}, false, true))
                .isInstanceOf(ShapeMismatchException.class);
        PackedSequence packed = PackedSequence.packPaddedSequence(padded, new long[] {3, 2}, false, true);
        assertThatThrownBy(() -> packed.pad(false, 0, 2L)).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> new GRU(3, 4).forward(packed, null))
                .isInstanceOf(ShapeMismatchException.class)
                .hasMessageStartingWith("[gru] expected packed steps [all, 3], got [5, 4]");
    }
}
