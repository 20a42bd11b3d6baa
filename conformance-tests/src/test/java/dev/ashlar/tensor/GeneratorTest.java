// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.data.DataLoader;
import dev.ashlar.data.TensorDataset;
import dev.ashlar.nn.Conv2d;
import dev.ashlar.nn.ConvOptions;
import dev.ashlar.nn.Dropout;
import dev.ashlar.nn.Embedding;
import dev.ashlar.nn.Fan;
import dev.ashlar.nn.Init;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.Nonlinearity;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code generators.txt} has what PyTorch 2.13 and numpy's RandomState draw: library, what, seed, count, numbers. */
final class GeneratorTest {
    @AfterEach
    void usualGenerator() {
        Ashlar.seed(0);
    }

    static Stream<String> recorded() throws IOException {
        try (InputStream stream = Objects.requireNonNull(GeneratorTest.class.getResourceAsStream("generators.txt"))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList().stream();
        }
    }

    private static double[] drawn(String library, String what, long seed, int count) {
        Generator generator = library.equals("numpy") ? Generator.numpy(seed) : Generator.pytorch(seed);
        Shape shape = Shape.of(count);
        Tensor target = Tensor.zeros(count);
        DType type = library.equals("numpy") ? DType.FLOAT64 : DType.FLOAT32;
        return switch (what) {
            case "rand32" -> Tensor.rand(shape, DType.FLOAT32, generator).toDoubleArray();
            case "rand64" -> Tensor.rand(shape, DType.FLOAT64, generator).toDoubleArray();
            case "randn32" -> Tensor.randn(shape, DType.FLOAT32, generator).toDoubleArray();
            case "randn64" -> Tensor.randn(shape, DType.FLOAT64, generator).toDoubleArray();
            case "half" -> Tensor.rand(shape, DType.FLOAT16, generator).toDoubleArray();
            case "randint10" -> Tensor.randint(0, 10, shape, generator).toDoubleArray();
            case "randintWide" -> Tensor.randint(-5, 1L << 40, shape, generator).toDoubleArray();
            case "randperm", "permutation" -> Tensor.randperm(count, generator).toDoubleArray();
            case "uniform" -> Tensor.uniform(-0.3, 0.7, shape, type, generator).toDoubleArray();
            case "normal" -> Tensor.normal(2, 0.5, shape, type, generator).toDoubleArray();
            case "bernoulli" -> Tensor.full(0.4, count).bernoulli(generator).toDoubleArray();
            case "bernoulliScalar" -> target.bernoulliAssign(0.4, generator).toDoubleArray();
            case "exponential" -> target.exponentialAssign(1.5, generator).toDoubleArray();
            case "geometric" -> target.geometricAssign(0.3, generator).toDoubleArray();
            case "cauchy" -> target.cauchyAssign(1, 2, generator).toDoubleArray();
            case "logNormal" -> target.logNormalAssign(0.5, 0.25, generator).toDoubleArray();
            case "poisson" -> Tensor.arange(count).to(DType.FLOAT32).mul(1.7).poisson(generator).toDoubleArray();
            case "multinomial" -> weights(count).multinomial(count, false, generator).toDoubleArray();
            case "multinomialReplaced" -> weights(count).multinomial(count, true, generator).toDoubleArray();
            case "shuffle" -> generator.shuffle(DoubleStream.iterate(0, x -> x + 1.5).limit(count).toArray());
            case "choice" -> doubles(generator.choice(count + 3, count, true));
            case "choiceDistinct" -> doubles(generator.choice(count + 3, count, false));
            case "choiceWeighted" -> doubles(generator.choice(count + 3, count, true, probabilities(count + 3)));
            case "choiceWeightedDistinct" -> doubles(generator.choice(count + 3, count, false, probabilities(count + 3)));
            case "sequence" -> sequence(generator, type);
            case "linear" -> {
                Ashlar.seed(generator);
                Linear layer = new Linear(1, 5);
                yield joined(layer.weight(), Objects.requireNonNull(layer.bias()));
            }
            case "layers" -> {
                Ashlar.seed(generator);
                Linear linear = new Linear(7, 3);
                Conv2d convolution = new Conv2d(4, 6, new int[] {3, 2}, ConvOptions.defaults().groups(2));
                Embedding embedding = new Embedding(5, 4);
                yield joined(linear.weight(), Objects.requireNonNull(linear.bias()), convolution.weight(),
                        Objects.requireNonNull(convolution.bias()), embedding.weight());
            }
            default -> {
                Ashlar.seed(generator);
                yield initial(what.substring("init.".length())).toDoubleArray();
            }
        };
    }

    private static Tensor initial(String name) {
        return switch (name) {
            case "kaimingUniform" -> Init.kaimingUniform(Tensor.zeros(4, 3, 2), 0.2);
            case "kaimingNormalOut" -> Init.kaimingNormal(Tensor.zeros(6, 5), 0, Fan.OUT, Nonlinearity.RELU);
            case "xavierUniform" -> Init.xavierUniform(Tensor.zeros(4, 6), 1.5);
            case "xavierNormal" -> Init.xavierNormal(Tensor.zeros(3, 4), 0.5);
            case "truncNormal" -> Init.truncNormal(Tensor.zeros(7, 6), 0.5, 1, -1, 1.2);
            case "truncNormalTail" -> Init.truncNormal(Tensor.zeros(7, 6), 0.5, 1, 2, 3);
            case "dirac" -> Init.dirac(Tensor.zeros(6, 2, 3, 2), 2);
            case "eye" -> Init.eye(Tensor.zeros(3, 5));
            case "orthogonal" -> Init.orthogonal(Tensor.zeros(3, 4, 2), 1.5);
            case "orthogonalTall" -> Init.orthogonal(Tensor.zeros(7, 4), 1);
            case "sparse" -> Init.sparse(Tensor.zeros(6, 5), 0.4, 0.5);
            default -> throw new AssertionError("nothing draws " + name);
        };
    }

    private static Tensor weights(int count) {
        return Tensor.arange(count + 1).to(DType.FLOAT32);
    }

    private static double[] probabilities(int count) {
        double[] p = new double[count];
        Arrays.setAll(p, i -> (i + 1) / (count * (count + 1) / 2.0));
        return p;
    }

    private static double[] doubles(long[] values) {
        return Arrays.stream(values).asDoubleStream().toArray();
    }

    private static double[] joined(Tensor... tensors) {
        return Arrays.stream(tensors).map(Tensor::toDoubleArray).flatMapToDouble(Arrays::stream).toArray();
    }

    /** Different draws one after the other: the cached second number of a normal pair waits meanwhile. */
    private static double[] sequence(Generator generator, DType type) {
        return joined(
                Tensor.randn(Shape.of(3), type, generator), Tensor.rand(Shape.of(2), type, generator),
                Tensor.randn(Shape.of(2), type, generator), Tensor.randperm(4, generator), Tensor.randn(Shape.of(20), type, generator),
                Tensor.randn(Shape.of(1), type, generator));
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void drawsAsRecorded(String line) {
        String[] parts = line.split(" ");
        double[] expected = Arrays.stream(parts).skip(4).mapToDouble(Double::parseDouble).toArray();
        double[] actual = drawn(parts[0], parts[1], Long.parseLong(parts[2]), Integer.parseInt(parts[3]));
        boolean exact = !parts[1].matches("randn.*|normal|exponential|cauchy|logNormal|sequence|layers|init.*");
        // Numbers are written as the shortest that round to the same float or double.
        boolean single = parts[0].equals("pytorch") && !parts[1].endsWith("64") && !parts[1].startsWith("randint");
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            double value = single ? (float) expected[i] : expected[i];
            assertThat(actual[i]).as(line).isCloseTo(value, within(exact ? 0 : 1e-6 * Math.max(1, Math.abs(value))));
        }
    }

    @Test
    void continuesFromAState() {
        for (Generator generator : new Generator[] {new Generator(5), Generator.numpy(5), Generator.pytorch(5)}) {
            Tensor.randn(Shape.of(3), DType.FLOAT64, generator).realize();
            byte[] state = generator.getState();
            double[] first = joined(Tensor.randn(Shape.of(4), DType.FLOAT64, generator), Tensor.rand(Shape.of(4), DType.FLOAT32,
                    generator));
            generator.setState(state);
            assertThat(joined(Tensor.randn(Shape.of(4), DType.FLOAT64, generator), Tensor.rand(Shape.of(4), DType.FLOAT32, generator)))
                    .isEqualTo(first);
            generator.manualSeed(5);
            double again = Tensor.randn(Shape.of(1), DType.FLOAT64, generator).item();
            generator.manualSeed(5);
            assertThat(Tensor.randn(Shape.of(1), DType.FLOAT64, generator).item()).isEqualTo(again);
        }
    }

    @Test
    void refusesTheStateOfAnotherKind() {
        byte[] state = Generator.numpy(1).getState();
        assertThatThrownBy(() -> Generator.pytorch(1).setState(state)).isInstanceOf(InvalidArgumentException.class)
                .hasMessageMatching("\\[setState] expected .+, got .+; .+");
        assertThatThrownBy(() -> Generator.numpy(-1)).isInstanceOf(InvalidArgumentException.class).hasMessageContaining("2^32");
        assertThatThrownBy(() -> Generator.numpy(1).reserve(1)).isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void theHostDrawsPhiloxAsKernelsDo() {
        assertThat(new Generator(3).fillUniform(new float[40], 0, 1))
                .isEqualTo(Tensor.rand(Shape.of(40), DType.FLOAT32, new Generator(3)).toFloatArray());
        assertThat(new Generator(3).fillUniform(new double[40], 0, 1))
                .isEqualTo(Tensor.rand(Shape.of(40), DType.FLOAT64, new Generator(3)).toDoubleArray());
        assertThat(new Generator(-3).fillIntegers(new long[40], -2, 9))
                .isEqualTo(Tensor.randint(-2, 9, Shape.of(40), new Generator(-3)).toLongArray());
    }

    private static long[] epoch(DataLoader loader) {
        return StreamSupport.stream(loader.spliterator(), false).map(batch -> batch.get(0).toLongArray()).flatMapToLong(Arrays::stream)
                .toArray();
    }

    @Test
    void loadersGoThroughSamplesAsPyTorchDoes() {
        TensorDataset samples = new TensorDataset(Tensor.arange(10));
        DataLoader own = new DataLoader(samples).batchSize(4).shuffle(true).generator(Generator.pytorch(5));
        assertThat(epoch(own)).containsExactly(7, 4, 8, 1, 2, 3, 6, 5, 9, 0);
        assertThat(epoch(own)).containsExactly(2, 1, 6, 3, 5, 9, 4, 7, 8, 0);
        Ashlar.seed(Generator.pytorch(5));
        DataLoader shuffled = new DataLoader(samples).batchSize(4).shuffle(true);
        assertThat(epoch(shuffled)).containsExactly(8, 3, 0, 5, 9, 1, 6, 2, 4, 7);
        assertThat(epoch(shuffled)).containsExactly(5, 8, 9, 7, 2, 0, 4, 1, 3, 6);
        assertThat(epoch(new DataLoader(samples).batchSize(4))).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(Tensor.randint(0, 1000, 3).toLongArray()).containsExactly(879, 750, 211);
    }

    @Test
    void shufflesListsAsPermutationsSay() {
        List<String> list = new ArrayList<>(List.of("a", "b", "c", "d", "e", "f", "g"));
        Generator.numpy(3).shuffle(list);
        long[] order = Generator.numpy(3).permutation(7);
        for (int i = 0; i < order.length; i++) {
            assertThat(list.get(i)).isEqualTo("abcdefg".substring((int) order[i], (int) order[i] + 1));
        }
    }

    @Test
    void dropsWhatPyTorchDrops() {
        Ashlar.seed(Generator.pytorch(11));
        double[] left = new Dropout(0.4).forward(Tensor.arange(12).add(1).to(DType.FLOAT32)).toDoubleArray();
        assertThat(left).containsExactly(
                new double[] {1 / 0.6, 0, 0, 0, 5 / 0.6, 10, 7 / 0.6, 8 / 0.6, 0, 10 / 0.6, 0, 0}, within(1e-5));
    }

    @Test
    void seedingByNumberGoesBackToPhilox() {
        Ashlar.seed(3);
        float first = (float) Tensor.rand(1).item();
        Ashlar.seed(Generator.numpy(3));
        assertThat(Ashlar.generator().drawsOnHost()).isTrue();
        Ashlar.seed(3);
        assertThat((float) Tensor.rand(1).item()).isEqualTo(first);
    }

    @Test
    void hostGeneratorsFillAnyDevice() {
        for (Device device : Device.all()) {
            Tensor target = Tensor.zeros(20).to(device);
            assertThat(target.uniformAssign(0, 1, Generator.pytorch(4)).toFloatArray())
                    .isEqualTo(Tensor.rand(Shape.of(20), DType.FLOAT32, Generator.pytorch(4)).toFloatArray());
        }
    }
}
