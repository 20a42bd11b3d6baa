// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.type.AshlarException;
import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Moments and ranges of what is drawn, under a fixed seed, on every device; and the same numbers on all of them. */
final class RandomTest {
    private static final int COUNT = 40_000;

    /** What is drawn, and what its mean, deviation and range should be; NaN for a mean that does not exist. */
    private record Law(String name, BiFunction<Tensor, Generator, Tensor> draw, double mean, double std, double low, double high) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final double INF = Double.POSITIVE_INFINITY;

    private static List<Law> laws() {
        double normalized = Math.exp(0.125);
        return List.of(
                new Law("rand", Tensor::randLike, 0.5, Math.sqrt(1 / 12.0), 0, 1),
                new Law("randn", Tensor::randnLike, 0, 1, -7, 7),
                new Law("randint", (x, g) -> x.randintLike(-3, 7, g), 1.5, Math.sqrt(99 / 12.0), -3, 6.5),
                new Law("uniform", (x, g) -> x.uniformAssign(-2, 4, g), 1, Math.sqrt(3), -2, 4),
                new Law("normal", (x, g) -> x.normalAssign(3, 0.5, g), 3, 0.5, -1, 7),
                new Law("bernoulli", (x, g) -> x.bernoulli(0.3, g), 0.3, Math.sqrt(0.21), 0, 1.5),
                new Law("bernoulliOfTensor", (x, g) -> x.fill(0.25).bernoulli(g), 0.25, Math.sqrt(0.1875), 0, 1.5),
                new Law("exponential", (x, g) -> x.exponentialAssign(2, g), 0.5, 0.5, 0, INF),
                new Law("geometric", (x, g) -> x.geometricAssign(0.25, g), 4, Math.sqrt(12), 1, INF),
                new Law("cauchy", (x, g) -> x.cauchyAssign(0, 1, g).atan(), 0, Math.PI / Math.sqrt(12), -1.5708, 1.5708),
                new Law("logNormal", (x, g) -> x.logNormalAssign(0, 0.5, g), normalized, normalized * Math.sqrt(Math.expm1(0.25)), 0, INF),
                new Law("poisson", (x, g) -> x.fill(2.5).poisson(g), 2.5, Math.sqrt(2.5), 0, INF),
                new Law("poissonLarge", (x, g) -> x.fill(30).poisson(g), 30, Math.sqrt(30), 0, INF));
    }

    static Stream<Arguments> lawsOnDevices() {
        return Device.all().stream().flatMap(device -> laws().stream().map(law -> Arguments.of(device, law)));
    }

    @ParameterizedTest
    @MethodSource("lawsOnDevices")
    void momentsAndRanges(Device device, Law law) {
        for (DType type : List.of(DType.FLOAT32, DType.FLOAT16)) {
            Tensor target = Tensor.zeros(COUNT).to(type).to(device).clone();
            double[] values = law.draw().apply(target, new Generator(17)).toDoubleArray();
            double mean = Arrays.stream(values).average().orElseThrow();
            double variance = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).average().orElseThrow();
            // Five standard errors, and the rounding of half precision.
            assertThat(mean).isCloseTo(law.mean(), within(5 * law.std() / Math.sqrt(COUNT) + 0.004 * law.std()));
            assertThat(Math.sqrt(variance)).isCloseTo(law.std(), within(0.06 * law.std()));
            assertThat(Arrays.stream(values)).allMatch(value -> value >= law.low() && (value < law.high() || law.high() == INF));
        }
    }

    @ParameterizedTest
    @MethodSource("lawsOnDevices")
    void sameNumbersOnAllDevices(Device device, Law law) {
        Tensor here = law.draw().apply(Tensor.zeros(1000).to(device).clone(), new Generator(-5));
        Tensor there = law.draw().apply(Tensor.zeros(1000), new Generator(-5));
        boolean exact = law.name().matches("rand|randint|uniform|bernoulli.*|poisson.*");
        double[] expected = there.toDoubleArray();
        assertThat(here.toDoubleArray()).containsExactly(expected, within(exact ? 0.0 : 1e-4));
    }

    @ParameterizedTest
    @EnumSource(value = DType.class, names = {"FLOAT64", "FLOAT32", "FLOAT16", "BFLOAT16"})
    void everyFloatingPointType(DType type) {
        Tensor target = Tensor.zeros(500).to(type).clone();
        assertThat(target.uniformAssign(1, 2).dtype()).isEqualTo(type);
        assertThat(target.exponentialAssign(1).gt(0.0).all().itemBoolean()).isTrue();
        assertThat(target.normalAssign(0, 1).isFinite().all().itemBoolean()).isTrue();
        assertThat(target.bernoulliAssign(0.5).toDoubleArray()).contains(0, 1);
    }

    static Stream<Device> devices() {
        return TensorCases.devices();
    }

    @ParameterizedTest
    @MethodSource("devices")
    void wholeNumbersAndOrders(Device device) {
        Tensor small = Tensor.zeros(300).to(DType.UINT8).to(device).clone().randintAssign(0, 200);
        assertThat(small.dtype()).isEqualTo(DType.UINT8);
        assertThat(Arrays.stream(small.toIntArray())).allMatch(value -> value >= 0 && value < 200);
        assertThat(Arrays.stream(Tensor.randint(-(1L << 40), 1L << 41, 500).toLongArray()))
                .allMatch(value -> value >= -(1L << 40) && value < 1L << 41);
        long[] order = Tensor.randperm(100).toLongArray();
        Arrays.sort(order);
        for (int i = 0; i < order.length; i++) {
            assertThat(order[i]).isEqualTo(i);
        }
        assertThat(Tensor.randperm(0).numel()).isZero();
        assertThat(Tensor.zeros(0, 3).to(device).randLike().shape().toArray()).containsExactly(0, 3);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void multinomialFollowsTheWeights(Device device) {
        Tensor weights = Tensor.of(new float[][] {{1, 0, 3}, {0, 0, 2}}).to(device);
        Tensor drawn = weights.multinomial(4000, true, new Generator(2));
        assertThat(drawn.shape().toArray()).containsExactly(2, 4000);
        assertThat(drawn.device()).isEqualTo(device);
        double[] first = drawn.select(0, 0).toDoubleArray();
        assertThat(Arrays.stream(first).average().orElseThrow()).isCloseTo(1.5, within(0.06));
        assertThat(first).doesNotContain(1);
        assertThat(drawn.select(0, 1).toLongArray()).containsOnly(2);
        List<Long> both = new ArrayList<>();
        for (long value : Tensor.of(1f, 0.1f, 5f).to(device).multinomial(3).toLongArray()) {
            both.add(value);
        }
        assertThat(both).containsExactlyInAnyOrder(0L, 1L, 2L);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void normalByTensors(Device device) {
        Tensor mean = Tensor.of(-10f, 0f, 10f).to(device);
        Tensor drawn = Tensor.normal(mean, Tensor.of(0f, 1e-3f, 0f).to(device), new Generator(1));
        assertThat(drawn.toDoubleArray()).containsExactly(new double[] {-10, 0, 10}, within(0.01));
        assertThat(drawn.device()).isEqualTo(device);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void recordingTakesTheNumbers(Device device) {
        Ashlar.seed(8);
        Tensor first = Tensor.zeros(5).to(device).randLike();
        Tensor second = Tensor.zeros(5).to(device).randLike();
        // Read in the other order: what counts is the order of the calls.
        double[] later = second.toDoubleArray();
        double[] earlier = first.toDoubleArray();
        Ashlar.seed(8);
        assertThat(Tensor.zeros(5).to(device).randLike().toDoubleArray()).isEqualTo(earlier);
        assertThat(Tensor.zeros(5).to(device).randLike().toDoubleArray()).isEqualTo(later);
        Ashlar.seed(0);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void leavesAreProtected(Device device) {
        Tensor leaf = Tensor.zeros(3).to(device).clone().requiresGrad(true);
        assertThatThrownBy(() -> leaf.uniformAssign(0, 1)).isInstanceOf(AshlarException.class).hasMessageContaining("noGrad");
        assertThat(leaf.requiresGrad()).isTrue();
        assertThat(leaf.bernoulli(0.5).requiresGrad()).isFalse();
    }
}
