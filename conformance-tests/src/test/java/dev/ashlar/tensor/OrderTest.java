// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.Device;
import dev.ashlar.Tensor;
import dev.ashlar.UniqueValues;
import dev.ashlar.ValuesAndIndices;
import dev.ashlar.type.DType;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sorting, searching and counting where recorded cases are too small: long lines, many bins, order among equals. */
final class OrderTest {
    @ParameterizedTest
    @MethodSource("dev.ashlar.tensor.TensorCases#devices")
    void equalElementsKeepTheirOrder(Device device) {
        Tensor x = TensorCases.numbers(device, 1, 3, 1000).mul(5.0).round();
        for (boolean descending : new boolean[] {false, true}) {
            ValuesAndIndices sorted = x.sort(1, descending);
            double[] values = sorted.values().toDoubleArray();
            long[] places = sorted.indices().toLongArray();
            for (int i = 1; i < values.length; i++) {
                if (i % 1000 != 0) {
                    int order = Double.compare(values[i - 1] + 0.0, values[i] + 0.0);
                    assertThat(order == 0 ? places[i - 1] < places[i] : order < 0 != descending).isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.ashlar.tensor.TensorCases#devices")
    void nanIsLargest(Device device) {
        Tensor x = TensorCases.of(device, new double[] {1, Double.NaN, Double.POSITIVE_INFINITY, -0.0, 0.0, Double.NaN}, 6);
        assertThat(x.argsort().toLongArray()).containsExactly(3, 4, 0, 2, 1, 5);
        assertThat(x.argsort(0, true).toLongArray()).containsExactly(1, 5, 2, 0, 3, 4);
        assertThat(x.topk(1).indices().toLongArray()).containsExactly(1);
    }

    @ParameterizedTest
    @MethodSource("dev.ashlar.tensor.TensorCases#devices")
    void largeIntegersAreToldApart(Device device) {
        long large = 1L << 62;
        Tensor x = TensorCases.of(device, new long[] {large + 1, large, large + 1, -large - 1, -large}, 5);
        assertThat(x.sort().values().toLongArray()).containsExactly(-large - 1, -large, large, large + 1, large + 1);
        UniqueValues unique = x.unique(true, true, true, null);
        assertThat(unique.values().toLongArray()).containsExactly(-large - 1, -large, large, large + 1);
        assertThat(unique.inverse().toLongArray()).containsExactly(3, 2, 3, 0, 1);
        assertThat(unique.counts().toLongArray()).containsExactly(1, 1, 1, 2);
        Tensor one = TensorCases.of(device, new long[] {large}, 1);
        assertThat(x.isin(one).toBooleanArray()).containsExactly(false, true, false, false, false);
    }

    @ParameterizedTest
    @MethodSource("dev.ashlar.tensor.TensorCases#devices")
    void searchesFindEveryPlace(Device device) {
        for (int n : new int[] {0, 1, 2, 3, 7, 8, 9, 1000}) {
            Tensor line = TensorCases.of(device, LongStream.range(0, n).map(i -> i / 2 * 10).toArray(), n);
            long[] wanted = LongStream.range(-1, n / 2 * 10 + 12).toArray();
            Tensor values = TensorCases.of(device, wanted, wanted.length);
            long[] elements = line.toLongArray();
            long[] left = Arrays.stream(wanted).map(v -> Arrays.stream(elements).filter(e -> e < v).count()).toArray();
            long[] right = Arrays.stream(wanted).map(v -> Arrays.stream(elements).filter(e -> e <= v).count()).toArray();
            assertThat(line.searchsorted(values).toLongArray()).isEqualTo(left);
            assertThat(values.bucketize(line, true, true).toLongArray()).isEqualTo(right);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.ashlar.tensor.TensorCases#devices")
    void manyElementsAreLookedUpInSortedOnes(Device device) {
        long[] values = IntStream.range(0, 3000).mapToLong(i -> i * 7919L % 4001).toArray();
        Tensor x = TensorCases.of(device, values, values.length);
        Tensor set = x.narrow(0, 0, 1500);
        boolean[] found = x.isin(set).toBooleanArray();
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i]).isEqualTo(i < 1500);
        }
        assertThat(x.to(DType.FLOAT32).isin(set.to(DType.FLOAT32), false, true).sum().itemLong()).isEqualTo(1500);
    }

    @ParameterizedTest
    @MethodSource("dev.ashlar.tensor.TensorCases#devices")
    void manyBinsAreFilledAsFewAre(Device device) {
        Tensor x = TensorCases.numbers(device, 2, 2000);
        for (int bins : new int[] {10, 1024, 1025, 4000}) {
            double[] counts = x.histc(bins, -1.5, 1.5).toDoubleArray();
            double[] expected = new double[bins];
            for (double value : x.toDoubleArray()) {
                if (value >= -1.5 && value <= 1.5) {
                    expected[(int) Math.min(bins - 1, (value + 1.5) * bins / 3.0)]++;
                }
            }
            assertThat(counts).isEqualTo(expected);
        }
        Tensor numbers = x.add(2.0).mul(1000.0).to(DType.INT64);
        long[] occurrences = numbers.bincount(null, 5000).toLongArray();
        assertThat(occurrences).hasSize(5000);
        assertThat(Arrays.stream(occurrences).sum()).isEqualTo(2000);
        for (long number : numbers.toLongArray()) {
            assertThat(occurrences[(int) number]).isPositive();
        }
    }
}
