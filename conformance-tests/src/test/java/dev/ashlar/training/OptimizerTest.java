// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.Tensor;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.MSELoss;
import dev.ashlar.nn.Parameter;
import dev.ashlar.nn.Sequential;
import dev.ashlar.nn.Tanh;
import dev.ashlar.optim.Adam;
import dev.ashlar.optim.AdamW;
import dev.ashlar.optim.Optimizer;
import dev.ashlar.optim.ParameterGroup;
import dev.ashlar.optim.Rprop;
import dev.ashlar.optim.SGD;
import dev.ashlar.type.DeviceMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Optimizers beside their formulas: parameters without gradient, groups, and moving in the middle of a training. */
class OptimizerTest {
    private static final int STEPS = 100;

    private static Sequential model() {
        Ashlar.seed(3);
        return new Sequential(new Linear(4, 16), new Tanh(), new Linear(16, 2));
    }

    private static Tensor input(Device device) {
        float[] data = new float[32 * 4];
        for (int i = 0; i < data.length; i++) {
            data[i] = (float) Math.sin(i * 0.7);
        }
        return Tensor.of(data, 32, 4).to(device);
    }

    private static Tensor target(Device device) {
        float[] data = new float[32 * 2];
        for (int i = 0; i < data.length; i++) {
            data[i] = (float) Math.cos(i * 1.3);
        }
        return Tensor.of(data, 32, 2).to(device);
    }

    /** Trains and adds the losses before each step. */
    private static void train(Sequential model, Optimizer optimizer, Device device, int steps, List<Double> losses) {
        Tensor x = input(device);
        Tensor y = target(device);
        for (int step = 0; step < steps; step++) {
            optimizer.zeroGrad();
            Tensor loss = new MSELoss().forward(model.forward(x), y);
            loss.backward();
            optimizer.step();
            losses.add(loss.item());
        }
    }

    // ---- moving -----------------------------------------------------------------------------------------------------------------

    static Stream<Arguments> moves() {
        List<Function<List<Parameter>, Optimizer>> makers = List.of(
                parameters -> new SGD(parameters, 0.05).momentum(0.9), parameters -> new AdamW(parameters, 0.01), Rprop::new);
        List<String> names = List.of("SGD", "AdamW", "Rprop");
        List<Arguments> moves = new ArrayList<>();
        for (Device from : Fixtures.devices()) {
            for (Device to : Fixtures.devices()) {
                for (int i = 0; !from.equals(to) && i < names.size(); i++) {
                    moves.add(Arguments.of(from.name(), to.name(), names.get(i), makers.get(i)));
                }
            }
        }
        return moves.stream();
    }

    @ParameterizedTest(name = "{2} from {0} to {1}")
    @MethodSource("moves")
    void goesOnAfterAMoveAsIfNothingHadHappened(
            String from, String to, String name, Function<List<Parameter>, Optimizer> maker) {
        Device first = Device.of(from);
        Device second = Device.of(to);
        List<Double> unbroken = new ArrayList<>();
        Sequential still = model().to(first);
        train(still, maker.apply(still.parameters()), first, STEPS, unbroken);

        List<Double> moved = new ArrayList<>();
        Sequential model = model().to(first);
        Optimizer optimizer = maker.apply(model.parameters());
        train(model, optimizer, first, STEPS / 2, moved);
        model.to(second);
        optimizer.to(second);
        train(model, optimizer, second, STEPS / 2, moved);

        for (int step = 0; step < STEPS; step++) {
            assertThat(moved.get(step)).as("loss of step %d", step).isCloseTo(unbroken.get(step), within(1e-4 * unbroken.get(step)));
        }
        assertThat(unbroken.getLast()).isLessThan(0.9 * unbroken.getFirst());
    }

    @ParameterizedTest(name = "{2} from {0} to {1}")
    @MethodSource("moves")
    void saysWhatToDoWhenOnlyTheModelMoved(String from, String to, String name, Function<List<Parameter>, Optimizer> maker) {
        Sequential model = model().to(Device.of(from));
        Optimizer optimizer = maker.apply(model.parameters());
        train(model, optimizer, Device.of(from), 1, new ArrayList<>());
        model.to(Device.of(to));
        float[] before = model.parameters().getFirst().tensor().toFloatArray();
        assertThatThrownBy(() -> train(model, optimizer, Device.of(to), 1, new ArrayList<>()))
                .isInstanceOf(DeviceMismatchException.class)
                .hasMessageContaining("optimizer.to(device)");
        assertThat(model.parameters().getFirst().tensor().toFloatArray()).isEqualTo(before);
    }

    @Test
    void gradientsMoveWithTheirParameters() {
        for (Device device : Fixtures.devices()) {
            Sequential model = model();
            model.forward(input(Ashlar.defaultDevice())).sum().backward();
            Parameter parameter = model.parameters().getFirst();
            float[] gradient = parameter.tensor().grad().toFloatArray();
            model.to(device);
            assertThat(parameter.tensor().device()).isEqualTo(device);
            assertThat(parameter.tensor().grad().device()).isEqualTo(device);
            assertThat(parameter.tensor().grad().toFloatArray()).isEqualTo(gradient);
        }
    }

    // ---- parameters and settings --------------------------------------------------------------------------------------------------

    @Test
    void trainsPlainTensors() {
        Tensor weight = Tensor.of(5f).requiresGrad(true);
        SGD optimizer = new SGD(Parameter.listOf(weight), 0.1);
        for (int step = 0; step < 60; step++) {
            optimizer.zeroGrad();
            weight.sub(2.0).square().sum().backward();
            optimizer.step();
        }
        assertThat(weight.item()).isCloseTo(2, within(1e-4));
    }

    @Test
    void leavesParametersWithoutGradientAlone() {
        Tensor used = Tensor.of(1f).requiresGrad(true);
        Tensor unused = Tensor.of(1f).requiresGrad(true);
        Adam optimizer = new Adam(Parameter.listOf(used, unused), 0.1);
        used.sum().backward();
        optimizer.step();
        assertThat(used.item()).isCloseTo(0.9, within(1e-6));
        assertThat(unused.item()).isEqualTo(1);
        assertThat(optimizer.state().numbers()).containsEntry("0.step", 1.0).containsEntry("1.step", 0.0);
    }

    @Test
    void learningRateMayChangeBetweenSteps() {
        Tensor weight = Tensor.of(0f).requiresGrad(true);
        SGD optimizer = new SGD(Parameter.listOf(weight), 1);
        for (double rate : new double[] {1, 0.5, 0.25}) {
            optimizer.groups().getFirst().lr(rate);
            optimizer.zeroGrad();
            weight.sum().backward();
            optimizer.step();
        }
        assertThat(weight.item()).isEqualTo(-1.75);
    }

    @Test
    void gradientsAddUpUntilTheyAreRemoved() {
        Tensor weight = Tensor.of(0f).requiresGrad(true);
        SGD optimizer = new SGD(Parameter.listOf(weight), 1);
        weight.sum().backward();
        weight.mul(3.0).sum().backward();
        optimizer.step();
        assertThat(weight.item()).isEqualTo(-4);
        optimizer.zeroGrad();
        assertThat(weight.gradOrNull()).isNull();
        optimizer.step();
        assertThat(weight.item()).isEqualTo(-4);
    }

    @Test
    void refusesWhatMakesNoSense() {
        Tensor leaf = Tensor.of(1f).requiresGrad(true);
        List<Parameter> one = Parameter.listOf(leaf);
        assertThatThrownBy(() -> new SGD(List.of())).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> new SGD(one, -1)).isInstanceOf(InvalidArgumentException.class).hasMessageContaining("lr");
        assertThatThrownBy(() -> new Adam(one).betas(1, 0.9)).isInstanceOf(InvalidArgumentException.class).hasMessageContaining("beta1");
        assertThatThrownBy(() -> new SGD(new ParameterGroup(one), new ParameterGroup(one))).hasMessageContaining("twice");
        assertThatThrownBy(() -> new SGD(new ParameterGroup(one).set("beta1", 0.5))).hasMessageContaining("'beta1'");
        assertThatThrownBy(() -> Parameter.of(Tensor.of(1f))).hasMessageContaining("requiresGrad(true)");
        assertThatThrownBy(() -> Parameter.of(leaf.mul(2.0))).hasMessageContaining("leaf");
        SGD optimizer = new SGD(one).nesterov(true);
        leaf.sum().backward();
        assertThatThrownBy(optimizer::step).isInstanceOf(InvalidArgumentException.class).hasMessageContaining("momentum");
    }

    @Test
    void laterStepsHaveAsManyLaunchesAsTheSecond() {
        for (Device device : Fixtures.devices()) {
            Sequential model = model().to(device);
            Optimizer optimizer = new AdamW(model.parameters());
            List<Integer> perStep = new ArrayList<>();
            for (int step = 0; step < 5; step++) {
                int[] launches = new int[1];
                try (var _ = Ashlar.trace((_, _, _, _) -> launches[0]++)) {
                    train(model, optimizer, device, 1, new ArrayList<>());
                }
                perStep.add(launches[0]);
            }
            assertThat(perStep.subList(1, 5)).as(device.name()).containsOnly(perStep.get(1));
        }
    }
}
