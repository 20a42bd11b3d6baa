// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ashlar.FftNorm;
import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.Shape;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fourier transforms of many lengths against the sum that defines them. */
final class FourierTest {
    /** Every short length, primes that are not short, their multiples and squares, powers. */
    static IntStream lengths() {
        return IntStream.concat(IntStream.rangeClosed(1, 66),
                IntStream.of(67, 71, 96, 100, 121, 127, 128, 131, 134, 169, 255, 256, 257, 509, 512, 1000));
    }

    private static Tensor random(long... sizes) {
        return Tensor.randn(Shape.of(sizes), DType.FLOAT64, new Generator(20130));
    }

    private static double[] transform(double[] pairs, boolean inverse) {
        int n = pairs.length / 2;
        double[] result = new double[2 * n];
        for (int k = 0; k < n; k++) {
            for (int j = 0; j < n; j++) {
                double angle = (inverse ? 2 : -2) * Math.PI * ((long) j * k % n) / n;
                result[2 * k] += pairs[2 * j] * Math.cos(angle) - pairs[2 * j + 1] * Math.sin(angle);
                result[2 * k + 1] += pairs[2 * j] * Math.sin(angle) + pairs[2 * j + 1] * Math.cos(angle);
            }
        }
        return result;
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void isTheSumThatDefinesIt(int n) {
        Tensor x = random(n, 2);
        assertThat(x.fft().toDoubleArray()).containsExactly(transform(x.toDoubleArray(), false), within(1e-12 * n));
        assertThat(x.ifft(null, -1, FftNorm.FORWARD).toDoubleArray())
                .containsExactly(transform(x.toDoubleArray(), true), within(1e-12 * n));
        assertThat(x.fft().ifft().toDoubleArray()).containsExactly(x.toDoubleArray(), within(1e-13));
        Tensor real = random(n);
        double[] half = real.unsqueeze(-1).pad(0, 0, 1).fft().slice(0, 0, n / 2 + 1).toDoubleArray();
        assertThat(real.rfft().toDoubleArray()).containsExactly(half, within(1e-12 * n));
        assertThat(real.rfft().irfft((long) n, -1, FftNorm.BACKWARD).toDoubleArray())
                .containsExactly(real.toDoubleArray(), within(1e-13));
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void isAccurateInFloat32(int n) {
        Tensor x = random(n, 2).to(DType.FLOAT32);
        double size = Math.sqrt(n);
        assertThat(x.fft().toDoubleArray()).containsExactly(x.to(DType.FLOAT64).fft().toDoubleArray(), within(2e-6 * size));
    }

    @Test
    void gradientsOfTheSquaredLengthFollowParseval() {
        Tensor x = random(3, 70, 2).requiresGrad(true);
        x.fft(null, 1, FftNorm.ORTHO).square().sum().backward();
        assertThat(x.grad().toDoubleArray()).containsExactly(x.detach().mul(2.0).toDoubleArray(), within(1e-12));
    }

    @Test
    void takesAnyDimensionAndLength() {
        Tensor x = random(3, 4, 5, 2);
        Tensor expected = x.transpose(0, 2).slice(2, 0, 2).fft().transpose(0, 2);
        assertThat(x.fft(2L, 0, FftNorm.BACKWARD).shape()).isEqualTo(Shape.of(2, 4, 5, 2));
        assertThat(x.fft(2L, -3, FftNorm.BACKWARD).toDoubleArray()).containsExactly(expected.toDoubleArray(), within(1e-13));
        assertThat(random(3, 4).rfft(9L, 0, FftNorm.BACKWARD).shape()).isEqualTo(Shape.of(5, 4, 2));
        assertThat(Tensor.arange(4).rfft().toFloatArray()).containsExactly(6, 0, -2, 2, -2, 0);
    }
}
