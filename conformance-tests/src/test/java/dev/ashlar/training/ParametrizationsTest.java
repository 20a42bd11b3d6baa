// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.nn.ConvTranspose1d;
import dev.ashlar.nn.Layer;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.Parameter;
import dev.ashlar.nn.Parametrizations;
import dev.ashlar.nn.Sequential;
import dev.ashlar.optim.SGD;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Parameters that are computed from others; numbers are PyTorch's for the same seed. */
final class ParametrizationsTest {
    private static final Tensor ROWS = Tensor.linspace(-1, 1, 6, DType.FLOAT64).reshape(2, 3);

    @AfterEach
    void usualGenerator() {
        Ashlar.seed(0);
    }

    private static <M> M seeded(Supplier<M> make) {
        Ashlar.seed(Generator.pytorch(5));
        return make.get();
    }

    private static Linear linear() {
        return new Linear(3, 4).to(DType.FLOAT64);
    }

    private static void check(Layer layer, Tensor x, double sum, double ofInput, double... ofParameters) {
        layer.zeroGrad();
        Tensor input = x.clone().detach().requiresGrad(true);
        Tensor y = layer.forward(input);
        y.mul(Tensor.arange(y.shape().elements()).add(1).to(DType.FLOAT64).reshape(y.shape().toArray())).sum().backward();
        assertThat(y.sum().item()).isCloseTo(sum, within(1e-9));
        assertThat(input.grad().sum().item()).isCloseTo(ofInput, within(1e-9));
        assertThat(layer.parameters().stream().mapToDouble(parameter -> Objects.requireNonNull(parameter.gradOrNull()).sum().item())
                .toArray()).containsExactly(ofParameters, within(1e-7));
    }

    @Test
    void weightNorm() {
        Linear layer = seeded(() -> Parametrizations.weightNorm(linear()));
        assertThat(layer.stateDict().keySet())
                .containsExactly("bias", "parametrizations.weight.original0", "parametrizations.weight.original1");
        assertThat(layer.getParameter("parametrizations.weight.original0").shape().toArray()).containsExactly(4, 1);
        check(layer, ROWS, -1.0360832870, 8.5151898265, 36.00000000, -4.42781584, 27.49254100);
    }

    @Test
    void spectralNorm() {
        Linear layer = seeded(() -> Parametrizations.spectralNorm(linear()));
        assertThat(layer.stateDict().keySet()).containsExactly("bias", "parametrizations.weight.original",
                "parametrizations.weight.0._u", "parametrizations.weight.0._v");
        check(layer, ROWS, -0.9106866498, 7.5412283889, 36.00000000, 25.26332412);
        layer.eval();
        check(layer, ROWS, -0.9106866498, 7.5412283889, 36.00000000, 25.26332412);
        check(layer, ROWS, -0.9106866498, 7.5412283889, 36.00000000, 25.26332412);
        Tensor x = Tensor.linspace(-1, 1, 20, DType.FLOAT64).reshape(2, 2, 5);
        check(seeded(() -> Parametrizations.spectralNorm(new ConvTranspose1d(2, 3, 2).to(DType.FLOAT64))), x, -2.1950947731,
                176.8586148929, 666.00000000, 724.81058820);
    }

    @Test
    void trainsMovesLoadsAndEnds() {
        Linear layer = Parametrizations.weightNorm(new Linear(3, 1));
        assertThat(Parametrizations.isParametrized(layer, "weight")).isTrue();
        Sequential model = new Sequential(layer);
        Tensor x = Tensor.randn(16, 3);
        Tensor y = x.sum(1).unsqueeze(1);
        SGD optimizer = new SGD(model.parameters(), 0.05);
        double first = 0;
        double last = 0;
        for (int step = 0; step < 60; step++) {
            if (step == 30) {
                Device other = Device.of("minimal");
                model.to(other);
                optimizer.to(other);
                x = x.to(other);
                y = y.to(other);
            }
            optimizer.zeroGrad();
            Tensor loss = model.forward(x).sub(y).square().mean();
            loss.backward();
            optimizer.step();
            last = loss.item();
            first = step == 0 ? last : first;
        }
        assertThat(last).isLessThan(first / 10);
        Linear copy = Parametrizations.weightNorm(new Linear(3, 1));
        copy.loadStateDict(layer.stateDict());
        float[] weight = layer.weight().toFloatArray();
        assertThat(copy.weight().toFloatArray()).containsExactly(weight, within(1e-6f));
        Parametrizations.removeParametrizations(layer, "weight", true);
        assertThat(layer.weight().toFloatArray()).containsExactly(weight);
        assertThat(layer.stateDict().keySet()).containsExactly("bias", "weight");
        assertThat(layer.weight().isLeaf()).isTrue();
        assertThat(layer.children()).isEmpty();
        assertThatThrownBy(() -> Parametrizations.removeParametrizations(layer, "weight", true))
                .isInstanceOf(InvalidArgumentException.class).hasMessageMatching("\\[removeParametrizations] expected .+, got .+; .+");
    }

    @Test
    void whatIsFrozenStaysFrozen() {
        Linear layer = new Linear(2, 2);
        layer.getParameter("weight").requiresGrad(false);
        Parametrizations.weightNorm(layer);
        assertThat(layer.parameters()).filteredOn(Parameter::requiresGrad).containsExactly(layer.getParameter("bias"));
        Parametrizations.removeParametrizations(layer, "weight", true);
        assertThat(layer.getParameter("weight").requiresGrad()).isFalse();
    }
}
