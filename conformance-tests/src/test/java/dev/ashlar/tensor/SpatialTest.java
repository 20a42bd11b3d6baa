// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tensor;

import static dev.ashlar.tensor.TensorCases.numbers;
import static dev.ashlar.tensor.TensorCases.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.ConvolutionPadding;
import dev.ashlar.Device;
import dev.ashlar.GridPadding;
import dev.ashlar.InterpolationMode;
import dev.ashlar.PaddingMode;
import dev.ashlar.Tensor;
import dev.ashlar.ValuesAndIndices;
import dev.ashlar.type.DType;
import dev.ashlar.type.IndexOutOfRangeException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds between convolutions, columns, pooling, padding and resampling, and at their limits. */
final class SpatialTest {
    private static final Offset<Double> ROUNDING = Offset.offset(1e-12);

    static Stream<Device> devices() {
        return TensorCases.devices();
    }

    private static int[] ints(int... numbers) {
        return numbers;
    }

    /** The product of y with a convolution of x is the product of x with the transposed convolution of y. */
    @ParameterizedTest
    @MethodSource("devices")
    void transposedConvolutionIsTheTranspose(Device device) {
        Tensor x = numbers(device, 1, 2, 4, 9, 8);
        Tensor w = numbers(device, 2, 6, 2, 3, 2);
        Tensor y = x.conv2d(w, null, ints(2, 3), ints(1), ints(2, 1), 2);
        Tensor other = numbers(device, 3, y.shape().toArray());
        Tensor back = other.convTranspose2d(w, null, ints(2, 3), ints(1), ints(0, 2), 2, ints(2, 1));
        assertThat(back.shape()).isEqualTo(x.shape());
        assertThat(back.mul(x).sum().item()).isCloseTo(y.mul(other).sum().item(), Offset.offset(1e-10));
    }

    /** More output padding than the stride leaves room for is allowed up to the dilation. */
    @ParameterizedTest
    @MethodSource("devices")
    void outputPaddingMayReachTheDilation(Device device) {
        Tensor x = of(device, new double[] {1, 2}, 1, 1, 2).requiresGrad(true);
        Tensor w = of(device, new double[] {10, 1}, 1, 1, 2);
        Tensor y = x.convTranspose1d(w, null, ints(1), ints(0), ints(2), 1, ints(3));
        assertThat(y.toDoubleArray()).containsExactly(10, 20, 0, 1, 2, 0, 0);
        y.sum().backward();
        assertThat(x.grad().toDoubleArray()).containsExactly(11, 11);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void aConvolutionOfTheSameSizePadsBehindWhatIsOdd(Device device) {
        Tensor x = of(device, new double[] {1, 2, 3}, 1, 3);
        Tensor w = of(device, new double[] {1, 10}, 1, 1, 2);
        assertThat(x.conv1d(w, null, ints(1), ConvolutionPadding.SAME, ints(1), 1).toDoubleArray()).containsExactly(21, 32, 3);
        assertThat(x.to(DType.INT64).conv1d(w.to(DType.INT64), null).toLongArray()).containsExactly(21, 32);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void foldingColumnsCountsOverlaps(Device device) {
        Tensor x = numbers(device, 1, 2, 3, 5, 6);
        Tensor ones = x.onesLike();
        int[][] settings = {{2, 1, 0, 1}, {3, 1, 1, 2}, {2, 2, 1, 1}, {2, 3, 2, 3}, {1, 5, 0, 2}};
        for (int[] s : settings) {
            Tensor there = x.unfold(ints(s[0]), ints(s[1]), ints(s[2]), ints(s[3]));
            Tensor counts = ones.unfold(ints(s[0]), ints(s[1]), ints(s[2]), ints(s[3])).fold(ints(5, 6), ints(s[0]), ints(s[1]),
                    ints(s[2]), ints(s[3]));
            Tensor back = there.fold(ints(5, 6), ints(s[0]), ints(s[1]), ints(s[2]), ints(s[3]));
            assertThat(back.toDoubleArray()).containsExactly(x.mul(counts).toDoubleArray(), ROUNDING);
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void largestElementsGoBackToWhereTheyWere(Device device) {
        Tensor x = of(device, new double[] {1, 5, 2, 0, 3, 3, 4, 4, 4}, 1, 3, 3);
        ValuesAndIndices found = x.maxPool2dWithIndices(ints(2), null, ints(0), ints(1), true);
        assertThat(found.values().toDoubleArray()).containsExactly(5, 3, 4, 4);
        assertThat(found.indices().toLongArray()).containsExactly(1, 5, 6, 8);
        Tensor back = found.values().maxUnpool2d(found.indices(), ints(2), null, ints(0), new long[] {3, 3});
        assertThat(back.toDoubleArray()).containsExactly(0, 5, 0, 0, 0, 3, 4, 0, 4);
        Tensor outside = of(device, new long[] {9}, 1, 1, 1);
        assertThatThrownBy(() -> of(device, new double[] {1}, 1, 1, 1).maxUnpool2d(outside, 2).toDoubleArray())
                .isInstanceOf(IndexOutOfRangeException.class)
                .hasMessageContaining("[maxUnpool2d]");
    }

    /** What PyTorch 2.13 answers: of equal elements the first counts, of any with a NaN the NaN, and of nothing but -inf the first. */
    @ParameterizedTest
    @MethodSource("devices")
    void placesOfLargestElements(Device device) {
        float[] plane = {
            2, 0, 2, 0, 1, 0, 1,
            1, 1, 0, 2, 2, 0, 0,
            1, 2, 0, Float.NaN, 2, 0, 2,
            2, 2, 2, 2, 2, 1, 2,
            0, 0, 1, 0, 2, 0, 1,
            0, 1, 2, 2, 1, 2, 0
        };
        float[] planes = Arrays.copyOf(plane, 2 * plane.length);
        Arrays.fill(planes, plane.length, planes.length, Float.NEGATIVE_INFINITY);
        Tensor x = Tensor.of(planes, 1, 2, 6, 7).to(device);
        ValuesAndIndices found = x.maxPool2dWithIndices(ints(2, 3), ints(1, 2), ints(0), ints(2, 1), false);
        assertThat(found.indices().toLongArray()).containsExactly(
                0, 17, 18, 21, 10, 11, 15, 17, 18, 21, 23, 25, 0, 2, 4, 7, 9, 11, 14, 16, 18, 21, 23, 25);
        assertThat(found.values().get(0, 0, 0).toFloatArray()).containsExactly(2, Float.NaN, 2);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void adaptiveWindowsMayOverlap(Device device) {
        Tensor x = of(device, new double[] {1, 2, 3, 4, 5}, 1, 5);
        assertThat(x.adaptiveAvgPool1d(3).toDoubleArray()).containsExactly(1.5, 3, 4.5);
        assertThat(x.adaptiveAvgPool1d(7).toDoubleArray()).containsExactly(1, 1.5, 2.5, 3, 3.5, 4.5, 5);
        assertThat(x.adaptiveMaxPool1dWithIndices(2).indices().toLongArray()).containsExactly(2, 4);
        assertThat(x.adaptiveAvgPool1d(-1).toDoubleArray()).containsExactly(1, 2, 3, 4, 5);
        Tensor infinite = of(device, new double[] {Double.POSITIVE_INFINITY, 1, 1, 1, 1}, 1, 5);
        assertThat(infinite.adaptiveAvgPool1d(3).toDoubleArray()).containsExactly(Double.POSITIVE_INFINITY, 1, 1);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void meansCountWhatTheySee(Device device) {
        Tensor x = of(device, new double[] {6, 12, 18}, 1, 3);
        assertThat(x.avgPool1d(ints(3), ints(2), ints(1), false, false).toDoubleArray()).containsExactly(9, 15);
        assertThat(x.avgPool1d(ints(3), ints(2), ints(1), false, true).toDoubleArray()).containsExactly(6, 10);
        assertThat(x.avgPool1d(ints(2), ints(2), ints(0), true, true).toDoubleArray()).containsExactly(9, 18);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void bordersRepeatWhatIsInside(Device device) {
        Tensor x = of(device, new double[] {1, 2, 3, 4}, 1, 4);
        assertThat(x.pad(new long[] {2, 1}, PaddingMode.REFLECT).toDoubleArray()).containsExactly(3, 2, 1, 2, 3, 4, 3);
        assertThat(x.pad(new long[] {2, 1}, PaddingMode.REPLICATE).toDoubleArray()).containsExactly(1, 1, 1, 2, 3, 4, 4);
        assertThat(x.pad(new long[] {2, 1}, PaddingMode.CIRCULAR).toDoubleArray()).containsExactly(3, 4, 1, 2, 3, 4, 1);
        assertThat(x.pad(new long[] {-2, 3}, PaddingMode.CIRCULAR).toDoubleArray()).containsExactly(3, 4, 3, 4, 3);
        assertThat(x.constantPadNd(new long[] {-1, 1}, 9).toDoubleArray()).containsExactly(2, 3, 4, 9);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void resamplingKeepsStraightLines(Device device) {
        Tensor x = of(device, new double[] {0, 3, 6}, 1, 1, 3);
        assertThat(x.interpolate(new long[] {7}, null, InterpolationMode.LINEAR, true, false, false).toDoubleArray())
                .containsExactly(new double[] {0, 1, 2, 3, 4, 5, 6}, ROUNDING);
        assertThat(x.interpolate(2, InterpolationMode.LINEAR).toDoubleArray())
                .containsExactly(new double[] {0, 0.75, 2.25, 3.75, 5.25, 6}, ROUNDING);
        assertThat(x.interpolate(new long[] {6}, InterpolationMode.NEAREST).toDoubleArray()).containsExactly(0, 0, 3, 3, 6, 6);
        assertThat(x.interpolate(1.4, InterpolationMode.NEAREST_EXACT).toDoubleArray()).containsExactly(0, 3, 3, 6);
    }

    /** The gradient for the grid is 0 for places that were moved to the border. */
    @ParameterizedTest
    @MethodSource("devices")
    void samplingOutsideFollowsThePadding(Device device) {
        Tensor x = of(device, new double[] {1, 2, 3, 4}, 1, 1, 2, 2);
        Tensor grid = of(device, new double[] {-1, -1, 0, 0, 3, -1}, 1, 1, 3, 2).requiresGrad(true);
        assertThat(x.gridSample(grid, InterpolationMode.BILINEAR, GridPadding.ZEROS, true).toDoubleArray())
                .containsExactly(1, 2.5, 0);
        Tensor y = x.gridSample(grid, InterpolationMode.BILINEAR, GridPadding.BORDER, true);
        assertThat(y.toDoubleArray()).containsExactly(1, 2.5, 2);
        y.sum().backward();
        assertThat(grid.grad().toDoubleArray()).containsExactly(0, 0, 0.5, 1, 0, 0);
        assertThat(x.gridSample(grid, InterpolationMode.NEAREST, GridPadding.REFLECTION, true).toDoubleArray())
                .containsExactly(1, 1, 1);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void pixelsBecomeChannelsAndBack(Device device) {
        Tensor x = numbers(device, 1, 2, 12, 2, 3);
        assertThat(x.pixelShuffle(2).shape()).hasToString("[2, 3, 4, 6]");
        assertThat(x.pixelShuffle(2).pixelUnshuffle(2).toDoubleArray()).isEqualTo(x.toDoubleArray());
        assertThat(x.channelShuffle(3).channelShuffle(4).toDoubleArray()).isEqualTo(x.toDoubleArray());
    }
}
