// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.spi.Expr;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.ReduceOp;
import dev.ashlar.type.DType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sums and products of random float32 values against double precision, in shapes that take every way through the vector path. */
class AccuracyTest {
    private static final DType FLOAT = DType.FLOAT32;
    private static Devices devices;

    @BeforeAll
    static void open() {
        devices = new Devices();
    }

    @AfterAll
    static void close() {
        devices.close();
    }

    @ParameterizedTest
    @CsvSource({
        "1,37,70,5000,false,false",
        "1,37,70,5000,true,true",
        "1,200,300,300,false,true",
        "1,200,300,300,true,false",
        "1,13,1100,33,false,false",
        "1,1000,9,64,false,true",
        "12,40,41,42,false,false",
        "9,3,5,4100,true,true",
        "1,1,3000,300,false,false",
        "1,1,3000,300,false,true",
        "1,3000,1,300,false,false",
        "1,3000,1,300,true,false",
        "3,1,1,70000,false,false",
        "1,97,65,257,true,true",
        "2,300,300,257,false,false"
    })
    void productsOfRandomNumbers(int batch, int m, int n, int k, boolean transposeA, boolean transposeB) {
        Random random = new Random(m * 31L + n * 7L + k);
        byte[] a = memory(random, batch * m * k);
        byte[] b = memory(random, batch * k * n);
        byte[] c = new byte[4 * batch * m * n];
        Kernel kernel = new Kernel.Contract(List.of(FLOAT, FLOAT), FLOAT, 0, 1, 1, 1, 1, FLOAT, Expr.result(FLOAT, FLOAT));
        long[][] strides = {
            transposeA ? new long[] {(long) m * k, 1, 0, m} : new long[] {(long) m * k, k, 0, 1},
            transposeB ? new long[] {(long) k * n, 0, k, 1} : new long[] {(long) k * n, 0, 1, n},
            {(long) m * n, n, 1, 0}
        };
        KernelArgs args = KernelArgs.of(new long[] {batch, m, n, k}, strides, new long[3], new long[0]);
        List<byte[]> memory = List.of(a, b, c);
        byte[] result = Devices.run(devices.vector, kernel, args, memory).get(2);
        assertThat(Devices.run(devices.vectorAlone, kernel, args, memory).get(2)).isEqualTo(result);
        assertThat(Devices.run(devices.plain, kernel, args, memory).get(2)).isEqualTo(result);
        float[] x = floats(a);
        float[] y = floats(b);
        float[] z = floats(result);
        for (int q = 0; q < batch; q++) {
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    double sum = 0;
                    double size = 0;
                    for (int p = 0; p < k; p++) {
                        double term = (double) x[(int) (q * strides[0][0] + i * strides[0][1] + p * strides[0][3])]
                                * y[(int) (q * strides[1][0] + j * strides[1][2] + p * strides[1][3])];
                        sum += term;
                        size += Math.abs(term);
                    }
                    double bound = Math.min(8 * Math.sqrt(k) * 0x1p-24, 1e-4) * size;
                    assertThat(Math.abs(z[(q * m + i) * n + j] - sum)).as("element %d %d %d", q, i, j).isLessThanOrEqualTo(bound);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,300000", "3,200001", "40,5000", "5000,40", "100,1025", "1,7"})
    void sumsOfRows(int rows, int length) {
        sums(rows, length, new long[] {length, 1});
    }

    @ParameterizedTest
    @CsvSource({"60,9000", "1500,700", "7,100000", "2500,3", "1024,300"})
    void sumsOfColumns(int columns, int length) {
        sums(columns, length, new long[] {1, columns});
    }

    @Test
    void sumOfEqualNumbersDoesNotStall() {
        int count = 1 << 24;
        Kernel kernel = sum();
        KernelArgs args = KernelArgs.of(new long[] {1, count}, new long[][] {{0, 0}, {1, 0}}, new long[2], new long[0]);
        byte[] one = memory(new Random(1), 1);
        float result = floats(Devices.run(devices.vector, kernel, args, List.of(one, new byte[4])).get(1))[0];
        assertThat((double) result).isCloseTo((double) floats(one)[0] * count, Percentage.withPercentage(1e-4));
    }

    private static Kernel sum() {
        return new Kernel.Reduce(List.of(FLOAT), FLOAT, 0, 1, ReduceOp.SUM, FLOAT, Expr.identity(FLOAT), Expr.result(FLOAT, FLOAT));
    }

    private static void sums(int kept, int length, long[] stride) {
        byte[] input = memory(new Random(kept + 3L * length), kept * length);
        KernelArgs args = KernelArgs.of(new long[] {kept, length}, new long[][] {stride, {1, 0}}, new long[2], new long[0]);
        List<byte[]> memory = List.of(input, new byte[4 * kept]);
        byte[] result = Devices.run(devices.vector, sum(), args, memory).get(1);
        assertThat(Devices.run(devices.vectorAlone, sum(), args, memory).get(1)).isEqualTo(result);
        assertThat(Devices.run(devices.plain, sum(), args, memory).get(1)).isEqualTo(result);
        float[] x = floats(input);
        float[] y = floats(result);
        for (int i = 0; i < kept; i++) {
            double sum = 0;
            double size = 0;
            for (int j = 0; j < length; j++) {
                double term = x[(int) (i * stride[0] + j * stride[1])];
                sum += term;
                size += Math.abs(term);
            }
            double bound = Math.min(8 * Math.sqrt(length) * 0x1p-24, 1e-4) * size;
            assertThat(Math.abs(y[i] - sum)).as("sum %d", i).isLessThanOrEqualTo(bound);
        }
    }

    private static byte[] memory(Random random, int count) {
        return Samples.memory(FLOAT, count, () -> Float.floatToRawIntBits(random.nextFloat() - 0.3f));
    }

    private static float[] floats(byte[] memory) {
        float[] values = new float[memory.length / 4];
        ByteBuffer.wrap(memory).order(ByteOrder.nativeOrder()).asFloatBuffer().get(values);
        return values;
    }
}
