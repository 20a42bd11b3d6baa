// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.RemovableHandle;
import dev.ashlar.State;
import dev.ashlar.Tensor;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.MSELoss;
import dev.ashlar.nn.Parameter;
import dev.ashlar.nn.Sequential;
import dev.ashlar.nn.Tanh;
import dev.ashlar.optim.ASGD;
import dev.ashlar.optim.Adadelta;
import dev.ashlar.optim.Adafactor;
import dev.ashlar.optim.Adagrad;
import dev.ashlar.optim.Adam;
import dev.ashlar.optim.AdamW;
import dev.ashlar.optim.Adamax;
import dev.ashlar.optim.LBFGS;
import dev.ashlar.optim.Muon;
import dev.ashlar.optim.NAdam;
import dev.ashlar.optim.Optimizer;
import dev.ashlar.optim.ParameterGroup;
import dev.ashlar.optim.RAdam;
import dev.ashlar.optim.RMSprop;
import dev.ashlar.optim.Rprop;
import dev.ashlar.optim.SGD;
import dev.ashlar.type.InvalidArgumentException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every optimizer keeps: it can be saved, moved, and does not cost launches or plans. */
class OptimizerStateTest {
    private static final int STEPS = 6;

    private static Map<String, Function<List<Parameter>, Optimizer>> makers() {
        Map<String, Function<List<Parameter>, Optimizer>> makers = new LinkedHashMap<>();
        makers.put("SGD", parameters -> new SGD(parameters, 0.05).momentum(0.9).dampening(0.1));
        makers.put("Adam", parameters -> new Adam(parameters, 0.01).amsgrad(true));
        makers.put("AdamW", parameters -> new AdamW(parameters, 0.01));
        makers.put("NAdam", parameters -> new NAdam(parameters, 0.01));
        makers.put("RAdam", parameters -> new RAdam(parameters, 0.01).betas(0.9, 0.99));
        makers.put("Adamax", parameters -> new Adamax(parameters, 0.01));
        makers.put("Adagrad", parameters -> new Adagrad(parameters, 0.05).lrDecay(0.1));
        makers.put("Adadelta", parameters -> new Adadelta(parameters));
        makers.put("Adafactor", parameters -> new Adafactor(parameters, 0.05));
        makers.put("RMSprop", parameters -> new RMSprop(parameters, 0.01).centered(true).momentum(0.5));
        makers.put("Rprop", Rprop::new);
        makers.put("ASGD", parameters -> new ASGD(parameters, 0.05).t0(2).lambd(0.01));
        makers.put("LBFGS", parameters -> new LBFGS(parameters, 0.5).maxIter(2).strongWolfe(true));
        makers.put("Muon", parameters -> new Muon(parameters.stream().filter(each -> each.shape().rank() == 2).toList(), 0.02));
        return makers;
    }

    static Stream<String> names() {
        return makers().keySet().stream();
    }

    static Stream<Arguments> moves() {
        List<Device> devices = Fixtures.devices();
        return names().flatMap(name -> devices.stream().filter(to -> !to.equals(devices.getFirst()) && !to.provider().equals("opencl"))
                .map(to -> Arguments.of(name, devices.getFirst().name(), to.name())));
    }

    private static Sequential model(Device device) {
        Ashlar.seed(3);
        return new Sequential(new Linear(4, 6), new Tanh(), new Linear(6, 2)).to(device);
    }

    private static Tensor waves(Device device, int columns, double speed) {
        float[] data = new float[16 * columns];
        for (int i = 0; i < data.length; i++) {
            data[i] = (float) Math.sin(i * speed);
        }
        return Tensor.of(data, 16, columns).to(device);
    }

    private static List<Double> train(Sequential model, Optimizer optimizer, Device device, int steps) {
        Tensor x = waves(device, 4, 0.7);
        Tensor y = waves(device, 2, 1.3);
        List<Double> losses = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            losses.add(optimizer.step(() -> {
                optimizer.zeroGrad();
                Tensor loss = new MSELoss().forward(model.forward(x), y);
                loss.backward();
                return loss;
            }).item());
        }
        return losses;
    }

    @ParameterizedTest
    @MethodSource("names")
    void goesOnFromItsStateToTheBit(String name) {
        Device device = Fixtures.devices().getFirst();
        Sequential whole = model(device);
        List<Double> unbroken = train(whole, makers().get(name).apply(whole.parameters()), device, 2 * STEPS);

        Sequential first = model(device);
        Optimizer before = makers().get(name).apply(first.parameters());
        train(first, before, device, STEPS);
        State state = before.state();
        Map<String, Tensor> weights = first.stateDict();
        train(first, before, device, 1);

        Sequential second = model(device);
        second.loadStateDict(weights);
        Optimizer after = makers().get(name).apply(second.parameters());
        after.loadState(state);
        assertThat(after.state().numbers()).isEqualTo(state.numbers());
        assertThat(train(second, after, device, STEPS)).isEqualTo(unbroken.subList(STEPS, 2 * STEPS));
        assertThat(unbroken.getLast()).isLessThan(unbroken.getFirst());
    }

    @ParameterizedTest(name = "{0} from {1} to {2}")
    @MethodSource("moves")
    void goesOnOnAnotherDevice(String name, String from, String to) {
        Sequential still = model(Device.of(from));
        List<Double> unbroken = train(still, makers().get(name).apply(still.parameters()), Device.of(from), 2 * STEPS);
        Sequential model = model(Device.of(from));
        Optimizer optimizer = makers().get(name).apply(model.parameters());
        List<Double> losses = new ArrayList<>(train(model, optimizer, Device.of(from), STEPS));
        model.to(Device.of(to));
        optimizer.to(Device.of(to));
        losses.addAll(train(model, optimizer, Device.of(to), STEPS));
        for (int i = 0; i < losses.size(); i++) {
            // Muon's rounding to bfloat16 magnifies other orders of additions.
            double tolerance = name.equals("Muon") ? 1e-2 : 1e-4;
            assertThat(losses.get(i)).as("step %d", i).isBetween(unbroken.get(i) * (1 - tolerance), unbroken.get(i) * (1 + tolerance));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyStepIsTheSameLaunches(String name) {
        if (name.equals("LBFGS")) {
            return;
        }
        Device device = Fixtures.devices().getFirst();
        Sequential model = model(device);
        Optimizer optimizer = makers().get(name).apply(model.parameters());
        List<Integer> perStep = new ArrayList<>();
        for (int step = 0; step < 8; step++) {
            optimizer.groups().getFirst().lr(0.01 / (step + 1));
            int[] launches = new int[1];
            try (var _ = Ashlar.trace((_, _, _, _) -> launches[0]++)) {
                train(model, optimizer, device, 1);
            }
            perStep.add(launches[0]);
        }
        assertThat(perStep.subList(1, 8)).containsOnly(perStep.get(1));
    }

    @Test
    void takesParametersLater() {
        Tensor first = Tensor.of(1f).requiresGrad(true);
        Tensor second = Tensor.of(1f).requiresGrad(true);
        SGD optimizer = new SGD(Parameter.listOf(first), 0.5).addParameterGroup(new ParameterGroup(Parameter.listOf(second)).lr(0.25));
        first.add(second).sum().backward();
        optimizer.step();
        assertThat(first.item()).isEqualTo(0.5);
        assertThat(second.item()).isEqualTo(0.75);
        assertThatThrownBy(() -> optimizer.addParameterGroup(new ParameterGroup(optimizer.parameters()))).hasMessageContaining("twice");
        assertThat(optimizer.groups()).hasSize(2);
    }

    @Test
    void settingsOfTheOptimizerAreDefaultsOfTheGroups() {
        List<Parameter> one = Parameter.listOf(Tensor.of(1f).requiresGrad(true));
        List<Parameter> other = Parameter.listOf(Tensor.of(1f).requiresGrad(true));
        SGD optimizer = new SGD(new ParameterGroup(one).set("momentum", 0.5), new ParameterGroup(other)).momentum(0.9).lr(0.1);
        assertThat(optimizer.groups().get(0).get("momentum")).isEqualTo(0.5);
        assertThat(optimizer.groups().get(1).get("momentum")).isEqualTo(0.9);
        assertThat(optimizer.groups().get(0).lr()).isEqualTo(0.1);
    }

    @Test
    void callsHooksAroundSteps() {
        Tensor weight = Tensor.of(1f).requiresGrad(true);
        SGD optimizer = new SGD(Parameter.listOf(weight), 1);
        List<String> calls = new ArrayList<>();
        RemovableHandle handle = optimizer.registerStepPreHook(_ -> calls.add("before " + weight.item()));
        optimizer.registerStepPostHook(_ -> calls.add("after " + weight.item()));
        weight.sum().backward();
        optimizer.step();
        handle.remove();
        optimizer.step();
        assertThat(calls).containsExactly("before 1.0", "after 0.0", "after -1.0");
    }

    @Test
    void gradientsMayBecomeZerosInsteadOfNothing() {
        Tensor weight = Tensor.of(1f).requiresGrad(true);
        SGD optimizer = new SGD(Parameter.listOf(weight), 1).weightDecay(0.5);
        weight.sum().backward();
        optimizer.zeroGrad(false);
        optimizer.step();
        assertThat(weight.item()).isEqualTo(0.5);
        optimizer.zeroGrad(true);
        optimizer.step();
        assertThat(weight.item()).isEqualTo(0.5);
    }

    @Test
    void aStepWithoutIterationsLeavesAState() {
        Parameter parameter = Parameter.of(Tensor.of(2f).requiresGrad(true));
        LBFGS optimizer = new LBFGS(List.of(parameter)).maxIter(0);
        Tensor loss = optimizer.step(() -> {
            Tensor square = parameter.tensor().square().sum();
            square.backward();
            return square;
        });
        assertThat(loss.item()).isEqualTo(4);
        new LBFGS(List.of(parameter)).loadState(optimizer.state());
    }

    @Test
    void refusesWhatPyTorchRefuses() {
        List<Parameter> vector = Parameter.listOf(Tensor.of(1f).requiresGrad(true));
        Map<String, Runnable> mistakes = new LinkedHashMap<>();
        mistakes.put("lr", () -> new Adagrad(vector, -1));
        mistakes.put("lrDecay", () -> new Adagrad(vector).lrDecay(-1));
        mistakes.put("initialAccumulatorValue", () -> new Adagrad(vector).initialAccumulatorValue(-1));
        mistakes.put("eps", () -> new Adam(vector).eps(-1));
        mistakes.put("weightDecay", () -> new AdamW(vector).weightDecay(-1));
        mistakes.put("beta2", () -> new NAdam(vector).betas(0.9, 1));
        mistakes.put("momentumDecay", () -> new NAdam(vector).momentumDecay(-1));
        mistakes.put("beta1", () -> new RAdam(vector).betas(-0.1, 0.9));
        mistakes.put("rho", () -> new Adadelta(vector).rho(1.1));
        mistakes.put("beta2Decay", () -> new Adafactor(vector).beta2Decay(0.1));
        mistakes.put("] expected d ", () -> new Adafactor(vector).d(0.5));
        mistakes.put("alpha", () -> new RMSprop(vector).alpha(-1));
        mistakes.put("momentum", () -> new SGD(vector).momentum(-1));
        mistakes.put("etaPlus", () -> new Rprop(vector).etas(0.5, 1));
        mistakes.put("matrices", () -> new Muon(vector));
        mistakes.put("nsSteps", () -> new Muon(Parameter.listOf(Tensor.ones(2, 2).requiresGrad(true))).nsSteps(100));
        mistakes.put("one group", () -> new LBFGS(vector).addParameterGroup(new ParameterGroup(vector)));
        mistakes.put("step(closure)", () -> new LBFGS(vector).step());
        mistakes.put("at least one parameter", () -> new Adamax(List.of()));
        mistakes.forEach((message, mistake) -> assertThatThrownBy(mistake::run).as(message).isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining(message));
        assertThatThrownBy(() -> new SGD(vector).loadState(new Adam(vector).state())).hasMessageContaining("expected the state of SGD");
    }
}
