// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ashlar.Ashlar;
import dev.ashlar.Tensor;
import dev.ashlar.amp.Autocast;
import dev.ashlar.autograd.GradCheck;
import dev.ashlar.nn.GRU;
import dev.ashlar.nn.GRUCell;
import dev.ashlar.nn.LSTM;
import dev.ashlar.nn.LSTMCell;
import dev.ashlar.nn.Nonlinearity;
import dev.ashlar.nn.Parameter;
import dev.ashlar.nn.RNN;
import dev.ashlar.nn.RecurrentOptions;
import dev.ashlar.optim.SGD;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What recordings of PyTorch do not say about recurrent modules: second derivatives, plans, dropout, hooks, errors. */
class RecurrentTest {
    private static final RecurrentOptions DEFAULTS = RecurrentOptions.defaults();

    @BeforeEach
    void seed() {
        Ashlar.seed(11);
    }

    private static Tensor doubles(long... sizes) {
        return Tensor.randn(sizes).to(DType.FLOAT64).detach();
    }

    private record Case(UnaryOperator<Tensor> function, List<Parameter> parameters) {
        static Case of(String name) {
            return switch (name) {
                case "tanh" -> of(new RNN(2, 3).to(DType.FLOAT64));
                case "relu" -> of(new RNN(2, 3, DEFAULTS.nonlinearity(Nonlinearity.RELU)).to(DType.FLOAT64));
                case "gru" -> {
                    GRU gru = new GRU(2, 3, DEFAULTS.bidirectional(true)).to(DType.FLOAT64);
                    yield new Case(x -> gru.forward(x).output(), gru.parameters());
                }
                case "projected" -> of(new LSTM(2, 3, DEFAULTS.projSize(2)).to(DType.FLOAT64));
                default -> of(new LSTM(2, 3, DEFAULTS.bidirectional(true)).to(DType.FLOAT64));
            };
        }

        private static Case of(RNN rnn) {
            return new Case(x -> rnn.forward(x).output(), rnn.parameters());
        }

        private static Case of(LSTM lstm) {
            return new Case(x -> {
                LSTM.Result result = lstm.forward(x);
                return result.output().sum().add(result.state().cell().square().sum());
            }, lstm.parameters());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tanh", "relu", "gru", "lstm", "projected"})
    void canBeDifferentiatedTwice(String name) {
        Case made = Case.of(name);
        List<Tensor> inputs = new ArrayList<>();
        inputs.add(doubles(2, 2, 2).requiresGrad(true));
        made.parameters().forEach(parameter -> inputs.add(parameter.tensor()));
        // The parameters are read by the module; naming them as inputs makes them move.
        GradCheck.check(given -> made.function().apply(given.getFirst()), inputs);
        GradCheck.checkSecond(given -> made.function().apply(given.getFirst()), inputs);
    }

    @Test
    void cellsDoWhatLayersDo() {
        LSTM lstm = new LSTM(3, 4);
        LSTMCell cell = new LSTMCell(3, 4);
        lstm.stateDict().forEach((name, value) -> cell.loadStateDict(java.util.Map.of(name.replace("_l0", ""), value), false));
        Tensor x = Tensor.randn(5, 2, 3);
        LSTM.State state = null;
        for (int i = 0; i < 5; i++) {
            state = cell.forward(x.select(0, i), state);
        }
        LSTM.Result whole = lstm.forward(x);
        assertThat(state.hidden().equal(whole.output().select(0, 4))).isTrue();
        assertThat(state.cell().equal(whole.state().cell().squeeze(0))).isTrue();
    }

    @Test
    void plansAreMadeInTheFirstSteps() {
        LSTM lstm = new LSTM(3, 4, DEFAULTS.numLayers(2));
        SGD optimizer = new SGD(lstm.parameters(), 0.1);
        Tensor x = Tensor.randn(6, 2, 3);
        x.realize();
        String explained = "";
        for (int step = 0; step < 4; step++) {
            optimizer.zeroGrad();
            Tensor loss = lstm.forward(x).output().square().mean();
            loss.backward();
            explained = loss.explain();
            optimizer.step();
            loss.item();
        }
        assertThat(explained).contains("plan re-used");
    }

    @Test
    void dropoutStandsBetweenLayersInTrainingOnly() {
        LSTM lstm = new LSTM(3, 50, DEFAULTS.numLayers(2).dropout(1));
        Tensor x = Tensor.randn(4, 2, 3);
        // Without anything from below, the upper layer's output does not depend on the input.
        assertThat(lstm.forward(x).output().equal(lstm.forward(x.mul(2)).output())).isTrue();
        assertThat(lstm.forward(x).output().ne(0.0).all().itemBoolean()).isTrue();
        lstm.eval();
        assertThat(lstm.forward(x).output().equal(lstm.forward(x.mul(2)).output())).isFalse();
    }

    @Test
    void computesInSixteenBitsWherePyTorchDoes() {
        LSTM lstm = new LSTM(3, 4, DEFAULTS.numLayers(2).bidirectional(true));
        Tensor x = Tensor.randn(5, 2, 3);
        Tensor expected = lstm.forward(x).output();
        LSTM.Result result;
        try (var _ = Autocast.to(DType.BFLOAT16)) {
            result = lstm.forward(x);
        }
        assertThat(result.output().dtype()).isEqualTo(DType.BFLOAT16);
        assertThat(result.state().cell().dtype()).isEqualTo(DType.BFLOAT16);
        assertThat(result.output().to(DType.FLOAT32).sub(expected).abs().max().item()).isCloseTo(0, within(0.02));
        result.output().to(DType.FLOAT32).sum().backward();
        assertThat(lstm.parameters()).allSatisfy(parameter -> assertThat(parameter.tensor().grad().dtype()).isEqualTo(DType.FLOAT32));
    }

    @Test
    void hooksSeeOutputAndState() {
        GRU gru = new GRU(3, 4);
        List<String> seen = new ArrayList<>();
        gru.registerForwardPreHook((_, inputs) -> {
            seen.add(inputs.size() + " inputs");
            return null;
        });
        gru.registerForwardHook((_, _, output) -> {
            seen.add("output " + output.shape());
            return output.mul(0);
        });
        RNN.Result result = gru.forward(Tensor.randn(5, 2, 3), Tensor.zeros(1, 2, 4));
        assertThat(seen).containsExactly("2 inputs", "output [5, 2, 4]", "output [1, 2, 4]");
        assertThat(result.output().abs().sum().item()).isCloseTo(0, within(0.0));
        assertThat(result.hidden().abs().sum().item()).isCloseTo(0, within(0.0));
    }

    @Test
    void saysWhatIsWrong() {
        LSTM lstm = new LSTM(3, 4, DEFAULTS.batchFirst(true));
        assertThatThrownBy(() -> lstm.forward(Tensor.zeros(2, 5, 4)))
                .isInstanceOf(ShapeMismatchException.class)
                .hasMessageStartingWith("[lstm] expected a sequence [samples, steps, 3] or [steps, 3] of at least one step, got [2, 5, 4]");
        assertThatThrownBy(() -> lstm.forward(Tensor.zeros(2, 0, 3))).hasMessageContaining("at least one step");
        assertThatThrownBy(() -> lstm.forward(Tensor.zeros(2, 5, 3).to(DType.FLOAT64)))
                .isInstanceOf(DTypeMismatchException.class)
                .hasMessageContaining("float32, got float64");
        assertThatThrownBy(() -> lstm.forward(Tensor.zeros(2, 5, 3), new LSTM.State(Tensor.zeros(1, 5, 4), Tensor.zeros(1, 2, 4))))
                .isInstanceOf(ShapeMismatchException.class)
                .hasMessageStartingWith("[lstm] expected a hidden state [1, 2, 4] for an input [2, 5, 3], got [1, 5, 4]");
        assertThatThrownBy(() -> new GRU(3, 4, DEFAULTS.projSize(2))).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> new LSTM(3, 4, DEFAULTS.projSize(4))).hasMessageContaining("fewer than 4");
        assertThatThrownBy(() -> new RNN(3, 4, DEFAULTS.nonlinearity(Nonlinearity.SELU))).hasMessageContaining("TANH or RELU");
        assertThatThrownBy(() -> new GRUCell(3, 4).forward(Tensor.zeros(2, 3), Tensor.zeros(3, 4)))
                .isInstanceOf(ShapeMismatchException.class)
                .hasMessageStartingWith("[gruCell] expected a state [2, 4] for an input [2, 3], got [3, 4]");
    }
}
