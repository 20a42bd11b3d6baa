// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tensor;

import static dev.ashlar.tensor.TensorCases.assertClose;
import static dev.ashlar.tensor.TensorCases.of;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.MantissaAndExponent;
import dev.ashlar.Rounding;
import dev.ashlar.Tensor;
import dev.ashlar.spi.Kernel;
import dev.ashlar.type.DType;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where functions at each element are exact, how they end at the edges of their types, and that they are one kernel. */
final class ElementwiseTest {
    static Stream<Device> devices() {
        return TensorCases.devices();
    }

    @ParameterizedTest
    @MethodSource("devices")
    void powersAndLogarithmsOfWholePowersAreExact(Device device) {
        for (DType type : List.of(DType.FLOAT32, DType.FLOAT64)) {
            int twos = type == DType.FLOAT32 ? 126 : 1022;
            double[] exponents = IntStream.rangeClosed(-twos, twos).asDoubleStream().toArray();
            double[] powers = IntStream.rangeClosed(-twos, twos).mapToDouble(e -> Math.scalb(1.0, e)).toArray();
            assertThat(of(device, exponents).to(type).exp2().toDoubleArray()).containsExactly(powers);
            assertThat(of(device, powers).to(type).log2().toDoubleArray()).containsExactly(exponents);
            int tens = type == DType.FLOAT32 ? 10 : 22;
            double[] whole = IntStream.rangeClosed(0, tens).asDoubleStream().toArray();
            double[] values = IntStream.rangeClosed(0, tens).mapToDouble(e -> Math.pow(10, e)).toArray();
            assertThat(of(device, values).to(type).log10().toDoubleArray()).containsExactly(whole);
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void divisorsOfTheLargestNumbers(Device device) {
        // Neighbouring Fibonacci numbers take the most steps; 7540113804746346429 is the largest below 2^63.
        long[] a = {7540113804746346429L, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, 0, -12, 1L << 62, 0};
        long[] b = {4660046610375530309L, Long.MAX_VALUE - 1, Long.MIN_VALUE, 6, -9, 18, 3L << 61, 0};
        long[] expected = new long[a.length];
        for (int i = 0; i < a.length; i++) {
            expected[i] = BigInteger.valueOf(a[i]).gcd(BigInteger.valueOf(b[i])).longValue();
        }
        assertThat(of(device, a).gcd(of(device, b)).toLongArray()).containsExactly(expected);
        Random random = new Random(3);
        long[] x = random.longs(200).toArray();
        long[] y = random.longs(200).map(value -> value >> random.nextInt(63)).toArray();
        long[] divisors = IntStream.range(0, 200).mapToLong(i -> BigInteger.valueOf(x[i]).gcd(BigInteger.valueOf(y[i])).longValue())
                .toArray();
        assertThat(of(device, x).gcd(of(device, y)).toLongArray()).containsExactly(divisors);
        assertThat(of(device, new long[] {1836311903, Integer.MIN_VALUE, 6}).to(DType.INT32)
                .gcd(of(device, new long[] {1134903170, 12, -4}).to(DType.INT32)).to(DType.INT64).toLongArray()).containsExactly(1, 4, 2);
        assertThat(of(device, new long[] {4, -6, 0}).lcm(of(device, new long[] {6, 4, 0})).toLongArray()).containsExactly(12, 12, 0);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void integerPowersWrapAndEndAtZero(Device device) {
        long[] base = {3, -3, 2, 2, 0, 1, -1, -1, 5, 0, 7};
        long[] exponent = {(1L << 40) + 1, 3, 62, 64, 0, -4, -3, -2, -1, -2, 1};
        BigInteger modulus = BigInteger.ONE.shiftLeft(64);
        long large = BigInteger.valueOf(3).modPow(BigInteger.valueOf(exponent[0]), modulus).longValue();
        assertThat(of(device, base).pow(of(device, exponent)).toLongArray())
                .containsExactly(large, -27, 1L << 62, 0, 1, 1, -1, 1, 0, 0, 7);
        assertThat(of(device, base).pow(5L).toLongArray()).containsExactly(LongStream.of(base).map(x -> x * x * x * x * x).toArray());
        assertThat(of(device, new long[] {0, 5}).rpow(3L).toLongArray()).containsExactly(1, 243);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void shiftsByAnyCount(Device device) {
        Tensor x = of(device, new long[] {5, -5, 5, -5, 7});
        Tensor count = of(device, new long[] {64, 64, -1, -1, 2});
        assertThat(x.bitwiseLeftShift(count).toLongArray()).containsExactly(0, 0, 0, 0, 28);
        assertThat(x.bitwiseRightShift(count).toLongArray()).containsExactly(0, -1, 0, -1, 1);
        Tensor bytes = of(device, new long[] {200, 200}).to(DType.UINT8);
        assertThat(bytes.bitwiseRightShift(of(device, new long[] {8, 7}).to(DType.UINT8)).to(DType.INT64).toLongArray())
                .containsExactly(0, 1);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void numbersTakenApartAndNeighbours(Device device) {
        double[] values = {0, -0.0, 1, -3, 0.1, 1e300, Double.MIN_VALUE, Double.POSITIVE_INFINITY, Double.NaN};
        MantissaAndExponent parts = of(device, values).frexp();
        assertThat(parts.exponent().dtype()).isEqualTo(DType.INT32);
        assertThat(parts.exponent().to(DType.INT64).toLongArray()).containsExactly(0, 0, 1, 2, -3, 997, -1073, 0, 0);
        assertThat(parts.mantissa().toDoubleArray())
                .containsExactly(0, -0.0, 0.5, -0.75, 0.8, Math.scalb(1e300, -997), 0.5, Double.POSITIVE_INFINITY, Double.NaN);
        double[] from = {1, 1, 0, -0.0, -1, Double.POSITIVE_INFINITY, 2, Double.NaN};
        double[] to = {2, 0, -1, 1, 0, 0, 2, 1};
        double[] next = IntStream.range(0, from.length).mapToDouble(i -> Math.nextAfter(from[i], to[i])).toArray();
        assertThat(of(device, from).nextafter(of(device, to)).toDoubleArray()).containsExactly(next);
        Tensor half = of(device, new double[] {1, 1}).to(DType.BFLOAT16).nextafter(of(device, new double[] {2, -2}).to(DType.BFLOAT16));
        assertThat(half.to(DType.FLOAT64).toDoubleArray()).containsExactly(1.0078125, 0.99609375);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void quotientsAtTheEdges(Device device) {
        double inf = Double.POSITIVE_INFINITY;
        Tensor a = of(device, new double[] {1, -1, 0, Double.NaN, inf, 5, -0.0, -7, 7});
        Tensor b = of(device, new double[] {0, 0, 0, 1, 2, inf, 3, 2, -2});
        double nan = Double.NaN;
        assertThat(a.floorDivide(b).toDoubleArray()).containsExactly(inf, -inf, nan, nan, nan, 0, -0.0, -4, -4);
        assertThat(a.div(b, Rounding.TRUNC).toDoubleArray()).containsExactly(inf, -inf, nan, nan, inf, 0, -0.0, -3, -3);
        Tensor whole = of(device, new long[] {7, -7, 7, -7, 5, Long.MIN_VALUE});
        Tensor by = of(device, new long[] {2, 2, -2, -2, 0, -1});
        assertThat(whole.floorDivide(by).toLongArray()).containsExactly(3, -4, -4, 3, 0, Long.MIN_VALUE);
        assertThat(whole.remainder(by).toLongArray()).containsExactly(1, 1, -1, -1, 0, 0);
        assertThat(whole.fmod(by).toLongArray()).containsExactly(1, -1, 1, -1, 0, 0);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void specialFunctionsAtTheirPoles(Device device) {
        double inf = Double.POSITIVE_INFINITY;
        double nan = Double.NaN;
        assertThat(of(device, new double[] {0, -1, -2, inf, -inf, nan, 1, 2}).lgamma().toDoubleArray())
                .containsExactly(inf, inf, inf, inf, inf, nan, 0, 0);
        assertThat(of(device, new double[] {0, -0.0, -1, inf, -inf, nan}).digamma().toDoubleArray())
                .containsExactly(-inf, inf, nan, inf, nan, nan);
        assertThat(of(device, new double[] {1, -1, 2, 0, nan}).erfinv().toDoubleArray()).containsExactly(inf, -inf, nan, 0, nan);
        assertThat(of(device, new double[] {inf, -inf, nan, 30}).erfc().toDoubleArray()).containsExactly(0, 2, nan, 0);
        assertClose("small", of(device, new double[] {1e-300, -1e-300}).lgamma(), new double[] {690.775527898214, 690.775527898214});
        assertClose("tail", of(device, new double[] {20}).erfc().mul(1e175), new double[] {0.53958656116079});
        assertClose("hypot", of(device, new double[] {3e300, 3e-300}).hypot(of(device, new double[] {4e300, 4e-300})).log(),
                new double[] {Math.log(5e300), Math.log(5e-300)});
        assertClose("i0", of(device, new double[] {0, 19, -21, 700}).i0().log(),
                new double[] {0, 16.615604424198562, 18.564901963063356, 695.8056999984434});
        assertClose("polygamma", of(device, new double[] {-7.5, 2.5}).polygamma(3), new double[] {194.814305927645, 0.223905848817252});
    }

    @ParameterizedTest
    @MethodSource("devices")
    void aFunctionOfManyStepsIsOneKernel(Device device) {
        Tensor x = TensorCases.numbers(device, 3, 20, 30).realize();
        AtomicInteger launches = new AtomicInteger();
        try (var _ = Ashlar.trace((_, code, _, _) -> launches.addAndGet(code.kernel() instanceof Kernel.Map ? 1 : 100))) {
            x.mul(2.0).digamma().add(1.0).realize();
        }
        assertThat(launches.get()).isEqualTo(1);
    }
}
