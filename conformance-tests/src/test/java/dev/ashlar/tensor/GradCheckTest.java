// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tensor;

import static dev.ashlar.tensor.TensorCases.leaf;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.Device;
import dev.ashlar.Index;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.GradCheck;
import dev.ashlar.type.AshlarException;
import dev.ashlar.type.InvalidArgumentException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The check itself, and the gradients of convolution, pooling and indexing, first and second. */
final class GradCheckTest {
    static Stream<Device> devices() {
        return TensorCases.devices();
    }

    private static void both(Function<List<Tensor>, Tensor> function, Tensor... inputs) {
        GradCheck.check(function, List.of(inputs));
        GradCheck.checkSecond(function, List.of(inputs));
    }

    private static int[] two(int rows, int columns) {
        return new int[] {rows, columns};
    }

    @ParameterizedTest
    @MethodSource("devices")
    void convolution(Device device) {
        both(
                in -> in.get(0).conv2d(in.get(1), in.get(2), two(2, 1), two(1, 2), two(1, 2), 1).square(),
                leaf(device, 1, 2, 2, 4, 5),
                leaf(device, 2, 3, 2, 2, 3),
                leaf(device, 3, 3));
    }

    @ParameterizedTest
    @MethodSource("devices")
    void convolutionInGroups(Device device) {
        both(
                in -> in.get(0).conv2d(in.get(1), in.get(2), two(1, 2), two(0, 1), two(1, 1), 2).square(),
                leaf(device, 1, 1, 4, 3, 4),
                leaf(device, 2, 4, 2, 2, 2),
                leaf(device, 3, 4));
    }

    /** More padding than windows reach, and rows at the end that no window covers. */
    @ParameterizedTest
    @MethodSource("devices")
    void convolutionWithMorePaddingThanReach(Device device) {
        both(
                in -> in.get(0).conv2d(in.get(1), null, two(3, 2), two(2, 3), two(1, 1), 1).square(),
                leaf(device, 1, 1, 1, 3, 4),
                leaf(device, 2, 2, 1, 1, 2));
    }

    @ParameterizedTest
    @MethodSource("devices")
    void pooling(Device device) {
        both(in -> in.get(0).maxPool2d(two(2, 3), two(2, 1), two(1, 1), two(1, 2)).square(), leaf(device, 1, 1, 2, 5, 6));
        both(in -> in.get(0).maxPool2d(2).square(), leaf(device, 2, 2, 5, 4));
        both(in -> in.get(0).avgPool2d(two(2, 3), two(1, 2), two(1, 1)).square(), leaf(device, 3, 1, 2, 5, 4));
    }

    @ParameterizedTest
    @MethodSource("devices")
    void indexing(Device device) {
        Tensor index = TensorCases.of(device, new long[] {2, 0, 2, -1});
        Tensor rows = TensorCases.of(device, new long[] {2, 0, 2});
        both(in -> in.get(0).get(Index.range(0, 4, 2), Index.newAxis(), Index.of(index)).square(), leaf(device, 1, 4, 3));
        both(
                in -> in.get(0).insert(new Index[] {Index.all(), Index.range(1, 3)}, in.get(1)).square(),
                leaf(device, 1, 4, 3),
                leaf(device, 2, 2));
        both(
                in -> in.get(0).insert(new Index[] {Index.of(2, 0), Index.at(-1)}, in.get(1)).square(),
                leaf(device, 1, 4, 3),
                leaf(device, 2, 2));
        both(in -> in.get(0).indexAdd(0, rows, in.get(1)).square(), leaf(device, 1, 4, 2), leaf(device, 2, 3, 2));
        both(in -> in.get(0).embedding(rows).square(), leaf(device, 1, 4, 2));
        both(in -> in.get(0).gather(1, rows.reshape(1, 3)).square(), leaf(device, 1, 2, 3));
    }

    @ParameterizedTest
    @MethodSource("devices")
    void functions(Device device) {
        both(in -> in.get(0).erf().mul(in.get(0)), leaf(device, 1, 5));
        both(in -> in.get(0).atan().mul(in.get(0)), leaf(device, 1, 5));
    }

    @ParameterizedTest
    @MethodSource("devices")
    void findsAWrongGradient(Device device) {
        Tensor x = leaf(device, 1, 2, 2);
        // The detached factor hides half of the gradient of a square.
        Function<List<Tensor>, Tensor> wrong = in -> in.get(0).mul(in.get(0).detach());
        assertThatThrownBy(() -> GradCheck.check(wrong, List.of(x)))
                .isInstanceOf(AshlarException.class)
                .hasMessageMatching("\\[gradCheck] expected a gradient of -?[0-9.]+ for input 0 of shape \\[2, 2] at \\[0, 0] by central"
                        + " differences, got -?[0-9.]+; .*");
    }

    @ParameterizedTest
    @MethodSource("devices")
    void findsAWrongGradientOfOneElement(Device device) {
        Tensor scale = TensorCases.of(device, new double[] {0, 0, 0, 1});
        Function<List<Tensor>, Tensor> wrong = in -> in.get(0).add(in.get(1).detach().mul(scale)).add(in.get(1));
        assertThatThrownBy(() -> GradCheck.check(wrong, List.of(leaf(device, 1, 4), leaf(device, 2, 4))))
                .hasMessageContaining("input 1 of shape [4] at [3]");
    }

    @ParameterizedTest
    @MethodSource("devices")
    void findsAWrongSecondGradient(Device device) {
        Tensor x = leaf(device, 1, 3);
        // Value x^2 and gradient 2x, whose own gradient is 0 since the tangent is detached.
        Function<List<Tensor>, Tensor> wrong = in -> {
            Tensor fixed = in.get(0).detach();
            return in.get(0).mul(fixed).mul(2.0).sub(fixed.square());
        };
        assertThatCode(() -> GradCheck.check(wrong, List.of(x))).doesNotThrowAnyException();
        assertThatThrownBy(() -> GradCheck.checkSecond(wrong, List.of(x))).hasMessageContaining("input 0 of shape [3] at [0]");
    }

    @ParameterizedTest
    @MethodSource("devices")
    void refusesWhatItCannotCheck(Device device) {
        assertThatThrownBy(() -> GradCheck.check(in -> in.get(0), List.of(TensorCases.numbers(device, 1, 2))))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("requiresGrad(true)");
        assertThatThrownBy(() -> GradCheck.check(in -> in.get(0), List.of(Tensor.ones(2).to(device).requiresGrad(true))))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("float64");
        assertThatThrownBy(() -> GradCheck.check(in -> in.get(0).detach(), List.of(leaf(device, 1, 2))))
                .isInstanceOf(AshlarException.class)
                .hasMessageContaining("detached");
    }
}
