// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tensor;

import static dev.ashlar.tensor.TensorCases.numbers;
import static dev.ashlar.tensor.TensorCases.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.Tensor;
import dev.ashlar.spi.Kernel;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Convolution and pooling. More results are compared in {@link VectorsTest}, gradients in {@link GradCheckTest}. */
final class ConvolutionTest {
    private static final double INF = Double.POSITIVE_INFINITY;

    static Stream<Device> devices() {
        return TensorCases.devices();
    }

    private static int[] two(int rows, int columns) {
        return new int[] {rows, columns};
    }

    /** The definition, one output after the other. */
    private static double[] convolve(
            double[] x, double[] w, double[] bias, int[] in, int[] kernel, int stride, int padding, int dilation, int groups) {
        int rows = (in[2] + 2 * padding - dilation * (kernel[2] - 1) - 1) / stride + 1;
        int columns = (in[3] + 2 * padding - dilation * (kernel[3] - 1) - 1) / stride + 1;
        double[] y = new double[in[0] * kernel[0] * rows * columns];
        int at = 0;
        for (int n = 0; n < in[0]; n++) {
            for (int o = 0; o < kernel[0]; o++) {
                for (int row = 0; row < rows; row++) {
                    for (int column = 0; column < columns; column++) {
                        double sum = bias[o];
                        for (int c = 0; c < kernel[1]; c++) {
                            int channel = o / (kernel[0] / groups) * kernel[1] + c;
                            for (int i = 0; i < kernel[2]; i++) {
                                for (int j = 0; j < kernel[3]; j++) {
                                    int r = row * stride - padding + i * dilation;
                                    int s = column * stride - padding + j * dilation;
                                    if (r >= 0 && r < in[2] && s >= 0 && s < in[3]) {
                                        sum += x[((n * in[1] + channel) * in[2] + r) * in[3] + s]
                                                * w[((o * kernel[1] + c) * kernel[2] + i) * kernel[3] + j];
                                    }
                                }
                            }
                        }
                        y[at++] = sum;
                    }
                }
            }
        }
        return y;
    }

    @ParameterizedTest
    @MethodSource("devices")
    void agreesWithTheDefinition(Device device) {
        int[][] settings = {{1, 0, 1, 1}, {1, 1, 1, 1}, {2, 1, 1, 2}, {3, 2, 2, 1}, {1, 4, 2, 4}};
        for (int[] setting : settings) {
            int groups = setting[3];
            int[] in = {3, 8, 9, 11};
            int[] kernel = {4, 8 / groups, 3, 2};
            Tensor x = numbers(device, 1, 3, 8, 9, 11);
            Tensor w = numbers(device, 2, 4, 8 / groups, 3, 2);
            Tensor b = numbers(device, 3, 4);
            int[] stride = two(setting[0], setting[0]);
            int[] padding = two(setting[1], setting[1]);
            int[] dilation = two(setting[2], setting[2]);
            double[] expected = convolve(
                    x.toDoubleArray(), w.toDoubleArray(), b.toDoubleArray(), in, kernel, setting[0], setting[1], setting[2], groups);
            TensorCases.assertClose("float64", x.conv2d(w, b, stride, padding, dilation, groups), expected);
            Tensor narrow = x.to(DType.FLOAT32).conv2d(w.to(DType.FLOAT32), b.to(DType.FLOAT32), stride, padding, dilation, groups);
            // The inputs were rounded too: sums of up to 48 products below 4, three roundings of 2^-24 each.
            assertThat(narrow.toDoubleArray()).containsExactly(expected, Offset.offset(3 * 48 * 4 * 0x1p-24));
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void takesTransposedAndSlicedOperands(Device device) {
        Tensor x = numbers(device, 1, 2, 6, 5, 3).permute(0, 3, 2, 1);
        Tensor w = numbers(device, 2, 8, 3, 2, 2).slice(0, 1, 8, 3).flip(3);
        Tensor expected = x.clone().realize().conv2d(w.clone().realize(), null);
        assertThat(x.conv2d(w, null).toDoubleArray()).isEqualTo(expected.toDoubleArray());
    }

    @ParameterizedTest
    @MethodSource("devices")
    void copiesNoWindows(Device device) {
        // There every operation is a kernel of its own.
        assumeThat(Boolean.getBoolean("ashlar.eager")).isFalse();
        Tensor x = numbers(device, 1, 2, 3, 8, 8).realize();
        Tensor w = numbers(device, 2, 4, 3, 3, 3).realize();
        Tensor b = numbers(device, 3, 4).realize();
        List<Kernel> launched = new ArrayList<>();
        try (var _ = Ashlar.trace((_, code, _, _) -> launched.add(code.kernel()))) {
            x.conv2d(w, b).relu().realize();
        }
        // The product comes first; a backend that refuses the epilogue gets it as a map behind it.
        assertThat(launched.getFirst()).isInstanceOf(Kernel.Contract.class);
        assertThat(launched).hasSizeLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void batchAndImageAgree(Device device) {
        Tensor x = numbers(device, 1, 2, 2, 5, 5);
        Tensor w = numbers(device, 2, 3, 2, 3, 3);
        assertThat(x.get(1).conv2d(w, null).shape()).hasToString("[3, 3, 3]");
        assertThat(x.get(1).conv2d(w, null).toDoubleArray()).isEqualTo(x.conv2d(w, null).get(1).toDoubleArray());
        assertThat(x.get(1).maxPool2d(2).toDoubleArray()).isEqualTo(x.maxPool2d(2).get(1).toDoubleArray());
        assertThat(x.slice(0, 0, 0).conv2d(w, null).shape()).hasToString("[0, 3, 3, 3]");
    }

    @ParameterizedTest
    @MethodSource("devices")
    void nanWinsAndOtherWindowsDoNotSeeIt(Device device) {
        Tensor x = of(device, new double[] {1, Double.NaN, 3, 4, -INF, -INF, INF, 5}, 1, 2, 4);
        assertThat(x.maxPool2d(2).toDoubleArray()).containsExactly(Double.NaN, INF);
        assertThat(x.maxPool2d(two(1, 1), two(1, 2), two(0, 0), two(1, 1)).toDoubleArray()).containsExactly(1, 3, -INF, INF);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void theFirstOfEqualMaximaGetsTheGradient(Device device) {
        Tensor x = of(device, new double[] {2, 2, 1, 1, 2, 2, 1, 3}, 1, 2, 4).requiresGrad(true);
        x.maxPool2d(2).sum().backward();
        assertThat(x.grad().toDoubleArray()).containsExactly(1, 0, 0, 0, 0, 0, 0, 1);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void aWindowOfMinusInfinityNeverSendsTheGradientIntoThePadding(Device device) {
        double[] values = new double[16];
        java.util.Arrays.fill(values, -INF);
        Tensor x = of(device, values, 1, 4, 4).requiresGrad(true);
        x.maxPool2d(two(3, 3), two(2, 2), two(1, 1), two(1, 1)).sum().backward();
        assertThat(x.grad().toDoubleArray()).containsExactly(1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        Tensor wide = of(device, values, 1, 4, 4).requiresGrad(true);
        wide.maxPool2d(two(2, 2), two(4, 4), two(1, 1), two(2, 2)).sum().backward();
        assertThat(wide.grad().toDoubleArray()).containsExactly(0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void overlappingWindowsAddTheirGradients(Device device) {
        Tensor x = of(device, new double[] {0, 1, 0, 0, 9, 0, 0, 1, 0}, 1, 3, 3).requiresGrad(true);
        x.maxPool2d(2, 1, 0).sum().backward();
        assertThat(x.grad().toDoubleArray()).containsExactly(0, 0, 0, 0, 4, 0, 0, 0, 0);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void paddingCountsInMeans(Device device) {
        Tensor x = of(device, new double[] {4, 8, 12, 16}, 1, 2, 2);
        assertThat(x.avgPool2d(2, 2, 1).toDoubleArray()).containsExactly(1, 2, 3, 4);
        assertThat(x.avgPool2d(2).toDoubleArray()).containsExactly(10);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void integersArePooled(Device device) {
        Tensor x = of(device, new long[] {-5, -7, -9, -8}, 1, 2, 2);
        assertThat(x.maxPool2d(2, 2, 1).toLongArray()).containsExactly(-5, -7, -9, -8);
        assertThat(x.to(DType.INT32).maxPool2d(2, 2, 1).toLongArray()).containsExactly(-5, -7, -9, -8);
        assertThat(x.avgPool2d(2).toLongArray()).containsExactly(-7);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void errorsSayWhatToDo(Device device) {
        Tensor x = Tensor.ones(2, 3, 8, 8).to(device);
        Tensor w = Tensor.ones(4, 3, 3, 3).to(device);
        assertThatThrownBy(() -> Tensor.ones(2, 8, 8, 3).to(device).conv2d(w, null))
                .isInstanceOf(ShapeMismatchException.class)
                .hasMessage("[conv2d] expected 3 input channels for a weight of shape [4, 3, 3, 3] and 1 group, got shape [2, 8, 8, 3];"
                        + " the channels are the dimension before the sizes");
        assertThatThrownBy(() -> Tensor.ones(8, 8).to(device).conv2d(w, null))
                .isInstanceOf(ShapeMismatchException.class)
                .hasMessageContaining("got [8, 8]; add missing dimensions with unsqueeze");
        assertThatThrownBy(() -> x.conv2d(w, Tensor.ones(3).to(device)))
                .isInstanceOf(ShapeMismatchException.class)
                .hasMessageContaining("expected a bias of shape [4]");
        assertThatThrownBy(() -> x.conv2d(Tensor.ones(4, 3, 9, 3).to(device), null))
                .isInstanceOf(ShapeMismatchException.class)
                .hasMessageContaining("got windows of 9 along dimension 2 of shape [2, 3, 8, 8] with padding 0; use a smaller kernel or more padding");
        assertThatThrownBy(() -> x.conv2d(w, null, two(1, 1), two(0, 0), two(1, 1), 3))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("groups that divide the 4 outputs, got 3");
        assertThatThrownBy(() -> x.conv2d(w, null, 0, 0))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("a stride of 2 numbers >= 1");
        assertThatThrownBy(() -> x.maxPool2d(2, 2, 2))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("a padding of at most half the window, 1, got 2");
    }
}
