// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ashlar.Ashlar;
import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.Sequential;
import dev.ashlar.nn.Tanh;
import dev.ashlar.nn.Utils;
import dev.ashlar.type.AshlarException;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is done to all parameters; numbers are PyTorch's for the same weights. */
final class UtilsTest {
    private final Sequential model = model();

    private static Sequential model() {
        Generator before = Ashlar.generator();
        Ashlar.seed(Generator.pytorch(123));
        try {
            return new Sequential(new Linear(3, 4), new Tanh(), new Linear(4, 2)).to(DType.FLOAT64);
        } finally {
            Ashlar.seed(before);
        }
    }

    private void backward() {
        Tensor x = Tensor.linspace(-1, 1, 6, DType.FLOAT64).reshape(2, 3);
        model.forward(x).mul(Tensor.of(new double[] {1, -2})).sum().backward();
    }

    private double[] gradients() {
        return model.parameters().stream().mapToDouble(parameter -> Objects.requireNonNull(parameter.gradOrNull()).sum().item()).toArray();
    }

    @ParameterizedTest
    @CsvSource({
        "2, 0.5, 5.753331579709115, 0.07872540880874401, -0.2952327438241155, 0.16340633893319206, -0.173812305502172",
        "Infinity, 0.1, 4, 0.02264666730584647, -0.0849285869498632, 0.047006538924131466, -0.049999987500003125",
        "1, 1, 19.074056477767346, 0.04749209337113548, -0.17810286727090432, 0.09857692990714087, -0.10485446016565657",
        "3, 100, 4.467696494802989, 0.9058669187005319, -3.397144327280398, 1.880262027030648, -2.0",
        "0.5, 2, 369.56429240710133, 0.004902350875671072, -0.018384591736183786, 0.01017556111655736, -0.010823556472739956"
    })
    void normsAreLimited(double order, double most, double norm, double first, double second, double third, double fourth) {
        backward();
        Tensor total = Utils.clipGradNorm(model.parameters(), most, order, true);
        assertThat(total.item()).isCloseTo(norm, within(1e-9));
        assertThat(gradients()).containsExactly(new double[] {first, second, third, fourth}, within(1e-12));
    }

    @Test
    void valuesAreLimited() {
        backward();
        Utils.clipGradValue(model.parameters(), 0.3);
        assertThat(gradients()).containsExactly(
                new double[] {0.4494426830627937, -0.6388320044306481, 0.11618469491682948, 0}, within(1e-12));
    }

    @Test
    void withoutGradientsThereIsNothingToLimit() {
        assertThat(Utils.clipGradNorm(model.parameters(), 1).item()).isZero();
    }

    @Test
    void aNormThatIsNotFiniteCanBeAnError() {
        backward();
        Tensor gradient = Objects.requireNonNull(model.getParameter("2.bias").gradOrNull());
        gradient.fill(Double.NaN);
        double[] before = gradients();
        assertThatThrownBy(() -> Utils.clipGradNorm(model.parameters(), 1, 2, true)).isInstanceOf(AshlarException.class)
                .hasMessageMatching("\\[getTotalNorm] expected .+, got nan; .+");
        assertThat(gradients()).containsExactly(before);
        assertThat(Utils.clipGradNorm(model.parameters(), 1).item()).isNaN();
    }

    @Test
    void parametersInOneVector() {
        Tensor all = Utils.parametersToVector(model.parameters());
        assertThat(all.shape().toArray()).containsExactly(26);
        Sequential other = new Sequential(new Linear(3, 4), new Tanh(), new Linear(4, 2));
        Utils.vectorToParameters(all, other.parameters());
        assertThat(other.getParameter("2.bias").tensor().toFloatArray())
                .containsExactly(model.getParameter("2.bias").tensor().to(DType.FLOAT32).toFloatArray());
        assertThatThrownBy(() -> Utils.vectorToParameters(Tensor.ones(25), other.parameters())).isInstanceOf(ShapeMismatchException.class)
                .hasMessageContaining("26 numbers");
        all.sum().backward();
        assertThat(gradients()).containsExactly(12, 4, 8, 2);
    }

    @Test
    void sequencesArePadded() {
        Tensor two = Tensor.of(new float[] {1, 2});
        Tensor three = Tensor.of(new float[] {3, 4, 5});
        assertThat(Utils.padSequence(List.of(two, three)).toFloatArray()).containsExactly(1, 3, 2, 4, 0, 5);
        assertThat(Utils.padSequence(List.of(two, three), true, -1, true).toFloatArray()).containsExactly(-1, 1, 2, 3, 4, 5);
        List<Tensor> apart = Utils.unpadSequence(Utils.padSequence(List.of(two, three)), new long[] {2, 3}, false);
        assertThat(apart.get(0).toFloatArray()).containsExactly(1, 2);
        assertThat(apart.get(1).toFloatArray()).containsExactly(3, 4, 5);
        assertThatThrownBy(() -> Utils.padSequence(List.of(two, Tensor.ones(2, 2)))).isInstanceOf(ShapeMismatchException.class);
        assertThatThrownBy(() -> Utils.unpadSequence(Tensor.ones(2, 2), new long[] {1, 3}, true))
                .isInstanceOf(InvalidArgumentException.class).hasMessageContaining("[1, 3]");
    }
}
