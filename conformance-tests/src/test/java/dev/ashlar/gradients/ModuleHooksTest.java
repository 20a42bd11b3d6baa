// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.gradients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ashlar.RemovableHandle;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.nn.ConcreteModule;
import dev.ashlar.nn.Hooks;
import dev.ashlar.nn.Layer;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.MSELoss;
import dev.ashlar.nn.Module;
import dev.ashlar.nn.Sequential;
import dev.ashlar.nn.Tanh;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Hooks of modules, against what PyTorch 2.13 gives. */
final class ModuleHooksTest {
    private static final double[] OUTPUT = {0.7162978649139404, -0.46211716532707214};
    private static final double[] INPUT_GRADIENT = {56.925209045410156, 82.39250946044922};
    private static final double[] SEEN_GRADIENT = {2.8462605476379395, 4.119625568389893};
    private static final double[] OUTPUT_GRADIENT = {0.4869173765182495, 0.7864477038383484};
    private static final double[] WEIGHT_GRADIENT = {
        0.09738347679376602, -0.19476695358753204, 0.1572895497083664, -0.3145790994167328
    };

    private final Linear linear = new Linear(2, 2).to(DType.FLOAT64);
    private final Sequential model = new Sequential(linear, new Tanh());
    private final Tensor x = Tensor.of(new double[] {0.1, -0.2}, 1, 2).requiresGrad(true);

    ModuleHooksTest() {
        linear.loadStateDict(Map.of("weight", Tensor.of(new double[] {1, 2, 3, 4}, 2, 2), "bias", Tensor.of(new double[] {0.5, -0.5})));
    }

    private static void isClose(Tensor actual, double... expected) {
        assertThat(actual.toDoubleArray()).containsExactly(expected, within(1e-6));
    }

    @Test
    void replaceInputsOutputsAndGradients() {
        List<double[]> seen = new ArrayList<>();
        linear.registerForwardPreHook((module, inputs) -> List.of(inputs.getFirst().mul(2.0)));
        linear.registerForwardHook((module, inputs, output) -> output.add(1.0));
        linear.registerFullBackwardHook((module, gradInputs, gradOutput) -> {
            assertThat(module).isSameAs(linear);
            seen.add(gradOutput.toDoubleArray());
            seen.add(Objects.requireNonNull(gradInputs.getFirst()).toDoubleArray());
            return List.of(Objects.requireNonNull(gradInputs.getFirst()).mul(10.0));
        });
        Tensor y = model.forward(x);
        y.sum().backward();
        isClose(y, OUTPUT);
        assertThat(x.grad().toDoubleArray()).containsExactly(INPUT_GRADIENT, within(1e-4));
        isClose(linear.weight().grad(), WEIGHT_GRADIENT);
        assertThat(seen.get(0)).containsExactly(OUTPUT_GRADIENT, within(1e-6));
        assertThat(seen.get(1)).containsExactly(SEEN_GRADIENT, within(1e-6));
    }

    @Test
    void runInOrderUntilRemoved() {
        List<String> order = new ArrayList<>();
        RemovableHandle first = linear.registerForwardHook((module, inputs, output) -> {
            order.add("first");
            return null;
        });
        linear.registerForwardHook((module, inputs, output) -> {
            order.add("second");
            return null;
        });
        model.registerForwardPreHook((module, inputs) -> {
            order.add("model");
            return null;
        });
        model.forward(x);
        first.remove();
        model.forward(x);
        assertThat(order).containsExactly("model", "first", "second", "model", "second");
    }

    @Test
    void backwardHooksWithoutGradientsOfInputs() {
        List<Integer> sizes = new ArrayList<>();
        linear.registerFullBackwardPreHook((module, gradOutput) -> gradOutput.mul(3.0));
        linear.registerFullBackwardHook((module, gradInputs, gradOutput) -> {
            sizes.add(gradInputs.size());
            return null;
        });
        linear.forward(x.detach()).sum().backward();
        assertThat(sizes).containsExactly(0);
        isClose(Objects.requireNonNull(linear.bias()).grad(), 3, 3);
        try (var _ = Autograd.noGrad()) {
            linear.forward(x);
        }
        assertThat(sizes).hasSize(1);
    }

    @Test
    void lossesHaveThemToo() {
        MSELoss loss = new MSELoss();
        List<Integer> counts = new ArrayList<>();
        loss.registerForwardPreHook((module, inputs) -> {
            counts.add(inputs.size());
            return null;
        });
        loss.registerFullBackwardHook((module, gradInputs, gradOutput) -> {
            assertThat(gradInputs.get(1)).isNull();
            counts.add(gradInputs.size());
            return null;
        });
        loss.forward(x, x.detach().mul(2.0)).backward();
        assertThat(counts).containsExactly(2, 2);
        isClose(x.grad(), -0.1, 0.2);
    }

    private static final class ProductAndSum extends ConcreteModule<ProductAndSum> {
        List<Tensor> forward(Tensor first, Tensor second) {
            return hookedAll(List.of(first, second),
                    given -> List.of(given.get(0).mul(given.get(1)), given.get(0).add(given.get(1))));
        }
    }

    @Test
    void modulesOfSeveralOutputsHaveThem() {
        ProductAndSum module = new ProductAndSum();
        List<List<String>> seen = new ArrayList<>();
        module.registerForwardHook((own, inputs, output) -> output.mul(1.0));
        module.registerFullBackwardPreHook((own, gradient) -> gradient.mul(2.0));
        module.registerFullBackwardHook(new Hooks.Backward() {
            @Override
            public @Nullable List<@Nullable Tensor> after(Module own, List<@Nullable Tensor> gradInputs, Tensor gradOutput) {
                throw new AssertionError("there are several");
            }

            @Override
            public @Nullable List<@Nullable Tensor> afterAll(
                    Module own, List<@Nullable Tensor> gradInputs, List<@Nullable Tensor> gradOutputs) {
                seen.add(gradInputs.stream().map(value -> Arrays.toString(Objects.requireNonNull(value).toDoubleArray())).toList());
                seen.add(gradOutputs.stream().map(value -> value == null ? "none" : Arrays.toString(value.toDoubleArray())).toList());
                return null;
            }
        });
        Tensor a = Tensor.of(new double[] {2, 3}).requiresGrad(true);
        Tensor b = Tensor.of(new double[] {5, 7}).requiresGrad(true);
        List<Tensor> both = module.forward(a, b);
        both.get(0).sum().add(both.get(1).sum().mul(3.0)).backward();
        isClose(a.grad(), 16, 20);
        isClose(b.grad(), 10, 12);
        module.forward(a, b).get(1).sum().backward();
        assertThat(seen).containsExactly(List.of("[16.0, 20.0]", "[10.0, 12.0]"), List.of("[2.0, 2.0]", "[6.0, 6.0]"),
                List.of("[2.0, 2.0]", "[2.0, 2.0]"), List.of("none", "[2.0, 2.0]"));
    }

    @Test
    void refuseWhatDoesNotFit() {
        Layer lambda = Tensor::relu;
        assertThatThrownBy(() -> lambda.registerForwardHook((module, inputs, output) -> null)).isInstanceOf(InvalidArgumentException.class)
                .hasMessageMatching("\\[registerForwardHook] expected .+, got .+; .+");
        linear.registerForwardPreHook((module, inputs) -> List.of());
        assertThatThrownBy(() -> linear.forward(x)).isInstanceOf(InvalidArgumentException.class)
                .hasMessageMatching("\\[registerForwardPreHook] expected .+, got 0; .+");
    }
}
