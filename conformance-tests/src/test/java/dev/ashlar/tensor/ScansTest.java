// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.Tensor;
import dev.ashlar.ValuesAndIndices;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.type.DType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Running folds of lines around the sizes of blocks, and of several rounds of blocks, against plain loops. */
final class ScansTest {
    static Stream<Arguments> lengths() {
        return TensorCases.devices().flatMap(device ->
                Stream.of(1, 2, 64, 65, 2049).map(length -> Arguments.of(device, length)));
    }

    @ParameterizedTest(name = "{1} elements on {0}")
    @MethodSource("lengths")
    void sums(Device device, int n) {
        Tensor x = TensorCases.leaf(device, 1, n, 2);
        Tensor y = x.cumsum(0);
        double[] values = x.detach().toDoubleArray();
        double[] expected = values.clone();
        for (int i = 2; i < expected.length; i++) {
            expected[i] += expected[i - 2];
        }
        TensorCases.assertClose("cumsum", y, expected);
        Tensor g = TensorCases.numbers(device, 2, n, 2);
        double[] back = g.toDoubleArray();
        for (int i = back.length - 3; i >= 0; i--) {
            back[i] += back[i + 2];
        }
        TensorCases.assertClose("gradient", Autograd.grad(List.of(y), List.of(x), List.of(g), false, false).getFirst(), back);
    }

    @ParameterizedTest(name = "{1} elements on {0}")
    @MethodSource("lengths")
    void wholeNumbers(Device device, int n) {
        Tensor x = TensorCases.numbers(device, 3, 2, n).mul(1e6).to(DType.INT32);
        int[] values = x.toIntArray();
        long[] expected = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            expected[i] = values[i] + (i % n == 0 ? 0 : expected[i - 1]);
        }
        assertThat(x.cumsum(-1).dtype()).isEqualTo(DType.INT64);
        assertThat(x.cumsum(-1).toLongArray()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{1} elements on {0}")
    @MethodSource("lengths")
    void productsWithZeros(Device device, int n) {
        Tensor numbers = TensorCases.numbers(device, 4, n);
        // Near 1 in size, so that long products stay finite; 0 at two places.
        Tensor factors = numbers.mul(0.01).add(1.0).mul(numbers.gt(1.5).to(DType.FLOAT64).mul(-2.0).add(1.0));
        double[] values = factors.toDoubleArray();
        values[n / 2] = 0;
        values[n * 3 / 4] = 0;
        Tensor x = TensorCases.of(device, values, n).requiresGrad(true);
        Tensor y = x.cumprod(0);
        double[] expected = values.clone();
        for (int i = 1; i < n; i++) {
            expected[i] *= expected[i - 1];
        }
        TensorCases.assertClose("cumprod", y, expected);
        Tensor g = TensorCases.numbers(device, 5, n);
        double[] flow = g.toDoubleArray();
        double[] back = new double[n];
        double rest = 0;
        for (int i = n - 1; i >= 0; i--) {
            // The sum over k >= i of flow[k] and the factors between i and k.
            rest = flow[i] + (i + 1 < n ? values[i + 1] * rest : 0);
            back[i] = rest * (i == 0 ? 1 : expected[i - 1]);
        }
        TensorCases.assertClose("gradient", Autograd.grad(List.of(y), List.of(x), List.of(g), false, false).getFirst(), back);
    }

    @ParameterizedTest(name = "{1} elements on {0}")
    @MethodSource("lengths")
    void extremesNameTheLastOfEqualElements(Device device, int n) {
        double[] values = TensorCases.numbers(device, 6, n).mul(3.0).round().toDoubleArray();
        if (n > 40) {
            values[n - 3] = Double.NaN;
        }
        ValuesAndIndices max = TensorCases.of(device, values, n).cummax(0);
        ValuesAndIndices min = TensorCases.of(device, values, n).to(DType.FLOAT32).cummin(0);
        double[] largest = new double[n];
        double[] smallest = new double[n];
        long[] whereLargest = new long[n];
        long[] whereSmallest = new long[n];
        for (int i = 0; i < n; i++) {
            boolean up = i == 0 || Double.isNaN(values[i]) || values[i] >= largest[i - 1];
            boolean down = i == 0 || Double.isNaN(values[i]) || values[i] <= smallest[i - 1];
            largest[i] = up ? values[i] : largest[i - 1];
            smallest[i] = down ? values[i] : smallest[i - 1];
            whereLargest[i] = up ? i : whereLargest[i - 1];
            whereSmallest[i] = down ? i : whereSmallest[i - 1];
        }
        TensorCases.assertClose("cummax", max.values(), largest);
        TensorCases.assertClose("cummin", min.values(), smallest);
        assertThat(max.indices().toLongArray()).isEqualTo(whereLargest);
        assertThat(min.indices().toLongArray()).isEqualTo(whereSmallest);
    }

    @ParameterizedTest(name = "{1} elements on {0}")
    @MethodSource("lengths")
    void theSameBitsOneOperationAtATime(Device device, int n) {
        Tensor x = TensorCases.numbers(device, 7, n).to(DType.FLOAT32);
        double[] fused = x.cumsum(0).add(x.logcumsumexp(0)).toDoubleArray();
        try (var _ = Ashlar.eager()) {
            assertThat(x.cumsum(0).add(x.logcumsumexp(0)).toDoubleArray()).isEqualTo(fused);
        }
    }
}
