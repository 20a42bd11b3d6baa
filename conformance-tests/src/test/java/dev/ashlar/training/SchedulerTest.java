// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ashlar.State;
import dev.ashlar.Tensor;
import dev.ashlar.nn.Parameter;
import dev.ashlar.optim.AdamW;
import dev.ashlar.optim.AnnealStrategy;
import dev.ashlar.optim.ChainedScheduler;
import dev.ashlar.optim.ConstantLR;
import dev.ashlar.optim.CosineAnnealingLR;
import dev.ashlar.optim.CosineAnnealingWarmRestarts;
import dev.ashlar.optim.CyclicLR;
import dev.ashlar.optim.ExponentialLR;
import dev.ashlar.optim.LRScheduler;
import dev.ashlar.optim.LambdaLR;
import dev.ashlar.optim.LinearLR;
import dev.ashlar.optim.MultiStepLR;
import dev.ashlar.optim.MultiplicativeLR;
import dev.ashlar.optim.OneCycleLR;
import dev.ashlar.optim.Optimizer;
import dev.ashlar.optim.ParameterGroup;
import dev.ashlar.optim.PolynomialLR;
import dev.ashlar.optim.ReduceLROnPlateau;
import dev.ashlar.optim.Rprop;
import dev.ashlar.optim.SGD;
import dev.ashlar.optim.SWALR;
import dev.ashlar.optim.SequentialLR;
import dev.ashlar.optim.StepLR;
import dev.ashlar.type.InvalidArgumentException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Schedulers beside their numbers: they can be saved, say what they do not take, and change groups together. */
class SchedulerTest {
    private static SGD optimizer() {
        return new SGD(Parameter.listOf(Tensor.of(0f).requiresGrad(true)), 0.1).momentum(0.9);
    }

    private static Map<String, Function<Optimizer, LRScheduler>> makers() {
        Map<String, Function<Optimizer, LRScheduler>> makers = new LinkedHashMap<>();
        makers.put("StepLR", optimizer -> new StepLR(optimizer, 3, 0.5));
        makers.put("MultiStepLR", optimizer -> new MultiStepLR(optimizer, 2, 7));
        makers.put("ConstantLR", ConstantLR::new);
        makers.put("LinearLR", LinearLR::new);
        makers.put("ExponentialLR", optimizer -> new ExponentialLR(optimizer, 0.9));
        makers.put("PolynomialLR", optimizer -> new PolynomialLR(optimizer, 20, 2));
        makers.put("CosineAnnealingLR", optimizer -> new CosineAnnealingLR(optimizer, 6));
        makers.put("CosineAnnealingWarmRestarts", optimizer -> new CosineAnnealingWarmRestarts(optimizer, 4, 2, 0.01));
        makers.put("LambdaLR", optimizer -> new LambdaLR(optimizer, step -> 1.0 / (1 + step)));
        makers.put("MultiplicativeLR", optimizer -> new MultiplicativeLR(optimizer, _ -> 0.9));
        makers.put("CyclicLR", optimizer -> new CyclicLR(optimizer, 0.01, 0.1, CyclicLR.Options.defaults().stepSizeUp(3).stepSizeDown(4)));
        makers.put("OneCycleLR", optimizer -> new OneCycleLR(optimizer, 0.2, 30));
        makers.put("SWALR", optimizer -> new SWALR(optimizer, 0.5, 7, AnnealStrategy.LINEAR));
        makers.put("SequentialLR", optimizer -> new SequentialLR(optimizer,
                List.of(new LinearLR(optimizer), new CosineAnnealingWarmRestarts(optimizer, 4), new ExponentialLR(optimizer, 0.5)), 4, 9));
        makers.put("ChainedScheduler", optimizer -> new ChainedScheduler(new LinearLR(optimizer), new ExponentialLR(optimizer, 0.9)));
        return makers;
    }

    static Stream<String> names() {
        return makers().keySet().stream();
    }

    private static List<List<Double>> go(Optimizer optimizer, LRScheduler scheduler, int steps) {
        List<List<Double>> numbers = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            scheduler.step();
            assertThat(scheduler.getLastLr()).containsExactly(optimizer.groups().getFirst().lr());
            numbers.add(List.of(optimizer.groups().getFirst().lr(), optimizer.groups().getFirst().get("momentum")));
        }
        return numbers;
    }

    @ParameterizedTest
    @MethodSource("names")
    void goesOnFromItsState(String name) {
        SGD whole = optimizer();
        List<List<Double>> unbroken = go(whole, makers().get(name).apply(whole), 16);

        SGD first = optimizer();
        LRScheduler before = makers().get(name).apply(first);
        go(first, before, 6);
        State state = before.state();
        State settings = first.state();
        go(first, before, 2);

        SGD second = optimizer();
        LRScheduler after = makers().get(name).apply(second);
        second.loadState(settings);
        after.loadState(state);
        assertThat(after.lastEpoch()).isEqualTo(6);
        assertThat(go(second, after, 10)).isEqualTo(unbroken.subList(6, 16));
        assertThatThrownBy(() -> after.loadState(State.of("Other"))).isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void plateauGoesOnFromItsState() {
        SGD first = optimizer();
        ReduceLROnPlateau before = new ReduceLROnPlateau(first).patience(2).factor(0.5);
        before.step(1.0);
        before.step(1.0);
        SGD second = optimizer();
        ReduceLROnPlateau after = new ReduceLROnPlateau(second).patience(2).factor(0.5);
        after.loadState(before.state());
        after.step(1.0);
        assertThat(second.groups().getFirst().lr()).isEqualTo(0.1);
        after.step(Double.NaN);
        assertThat(after.getLastLr()).containsExactly(0.05);
        ReduceLROnPlateau bounded = new ReduceLROnPlateau(second);
        bounded.loadState(new ReduceLROnPlateau(first).patience(0).minLr(0.04).state());
        bounded.step(Double.NaN);
        assertThat(bounded.getLastLr()).containsExactly(0.04);
    }

    @Test
    void jumpsToAStep() {
        SGD optimizer = optimizer();
        LRScheduler scheduler = new CosineAnnealingWarmRestarts(optimizer, 10);
        ((CosineAnnealingWarmRestarts) scheduler).step(2.5);
        assertThat(optimizer.groups().getFirst().lr()).isCloseTo(0.05 * (1 + Math.cos(Math.PI / 4)), within(1e-15));
        SGD other = optimizer();
        LRScheduler steps = new StepLR(other, 3, 0.5);
        steps.step(7);
        assertThat(other.groups().getFirst().lr()).isCloseTo(0.025, within(1e-17));
    }

    @Test
    void cyclesTheFirstBetaWhereThereIsNoMomentum() {
        AdamW optimizer = new AdamW(Parameter.listOf(Tensor.of(0f).requiresGrad(true)), 0.1);
        OneCycleLR scheduler = new OneCycleLR(optimizer, 0.1, 10);
        assertThat(optimizer.groups().getFirst().get("beta1")).isCloseTo(0.95, within(1e-15));
        scheduler.step();
        scheduler.step();
        assertThat(optimizer.groups().getFirst().get("beta1")).isCloseTo(0.85, within(1e-15));
    }

    @Test
    void coversGroupsThatComeLater() {
        SGD optimizer = optimizer();
        LRScheduler scheduler = new LambdaLR(optimizer, List.of(step -> 1.0 / (1 + step)), -1);
        LRScheduler other = new ExponentialLR(optimizer, 0.5);
        optimizer.addParameterGroup(new ParameterGroup(Parameter.listOf(Tensor.of(0f).requiresGrad(true))).lr(0.4));
        other.step();
        assertThat(other.getLastLr()).containsExactly(0.05, 0.2);
        assertThatThrownBy(scheduler::step).isInstanceOf(InvalidArgumentException.class).hasMessageContaining("group 1 that was added");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MultiplicativeLR", "CyclicLR", "OneCycleLR", "SWALR"})
    void refusesGroupsThatItKnowsNothingOf(String name) {
        SGD optimizer = optimizer();
        LRScheduler scheduler = makers().get(name).apply(optimizer);
        optimizer.addParameterGroup(new ParameterGroup(Parameter.listOf(Tensor.of(0f).requiresGrad(true))));
        assertThatThrownBy(scheduler::step).isInstanceOf(InvalidArgumentException.class).hasMessageContaining("group 1 that was added");
        assertThat(optimizer.groups().get(1).lr()).isNotNaN();
    }

    @Test
    void refusesWhatMakesNoSense() {
        SGD optimizer = optimizer();
        SGD another = optimizer();
        LRScheduler step = new StepLR(optimizer, 1);
        List<Runnable> mistakes = List.of(
                () -> new StepLR(optimizer, 0),
                () -> new ConstantLR(optimizer, 1.5, 3),
                () -> new LinearLR(optimizer, 0, 1, 3),
                () -> new LinearLR(optimizer, 0.5, 2, 3),
                () -> new CosineAnnealingLR(optimizer, 0),
                () -> new CosineAnnealingWarmRestarts(optimizer, 0),
                () -> new CosineAnnealingWarmRestarts(optimizer, 3, 0, 0),
                () -> new OneCycleLR(optimizer, 0.1, 0),
                () -> new OneCycleLR(optimizer, 0.1, 10, OneCycleLR.Options.defaults().pctStart(1.5)),
                () -> new OneCycleLR(new Rprop(optimizer.parameters()), 0.1, 10),
                () -> new CyclicLR(optimizer, List.of(0.1, 0.2), List.of(0.2), CyclicLR.Options.defaults(), -1),
                () -> new ReduceLROnPlateau(optimizer).factor(1),
                () -> new ReduceLROnPlateau(optimizer).step(),
                () -> new SWALR(optimizer, 0.1, -1, AnnealStrategy.COS),
                () -> new ChainedScheduler(),
                () -> new ChainedScheduler(step, new ReduceLROnPlateau(optimizer)),
                () -> new ChainedScheduler(step, new StepLR(another, 1)),
                () -> new SequentialLR(optimizer, List.of(step), 3),
                () -> new StepLR(optimizer(), 1, 0.1, 5),
                () -> new LambdaLR(optimizer, List.of(), -1));
        for (int i = 0; i < mistakes.size(); i++) {
            Runnable mistake = mistakes.get(i);
            assertThatThrownBy(mistake::run).as("mistake %d", i).isInstanceOf(InvalidArgumentException.class)
                    .hasMessageMatching("(?s)\\[\\S+] expected .+, got .+");
        }
        OneCycleLR cycle = new OneCycleLR(optimizer(), 0.1, 2);
        cycle.step();
        cycle.step();
        assertThatThrownBy(cycle::step).hasMessageContaining("at most 2 steps");
    }
}
