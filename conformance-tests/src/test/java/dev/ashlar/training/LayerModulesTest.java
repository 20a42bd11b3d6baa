// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.Ashlar;
import dev.ashlar.BagMode;
import dev.ashlar.ConvolutionPadding;
import dev.ashlar.Device;
import dev.ashlar.Generator;
import dev.ashlar.InterpolationMode;
import dev.ashlar.PaddingMode;
import dev.ashlar.Tensor;
import dev.ashlar.ValuesAndIndices;
import dev.ashlar.autograd.GradCheck;
import dev.ashlar.nn.AdaptiveAvgPool2d;
import dev.ashlar.nn.AlphaDropout;
import dev.ashlar.nn.BatchNorm1d;
import dev.ashlar.nn.BatchNorm2d;
import dev.ashlar.nn.Bilinear;
import dev.ashlar.nn.ConstantPad1d;
import dev.ashlar.nn.Conv1d;
import dev.ashlar.nn.Conv2d;
import dev.ashlar.nn.Conv3d;
import dev.ashlar.nn.ConvOptions;
import dev.ashlar.nn.ConvTranspose1d;
import dev.ashlar.nn.ConvTranspose2d;
import dev.ashlar.nn.ConvTranspose3d;
import dev.ashlar.nn.CrossMapLRN2d;
import dev.ashlar.nn.Dropout;
import dev.ashlar.nn.Dropout2d;
import dev.ashlar.nn.Embedding;
import dev.ashlar.nn.EmbeddingBag;
import dev.ashlar.nn.FeatureAlphaDropout;
import dev.ashlar.nn.FractionalMaxPool2d;
import dev.ashlar.nn.FractionalMaxPool3d;
import dev.ashlar.nn.GroupNorm;
import dev.ashlar.nn.Hardtanh;
import dev.ashlar.nn.InstanceNorm1d;
import dev.ashlar.nn.Layer;
import dev.ashlar.nn.LayerNorm;
import dev.ashlar.nn.MaxPool2d;
import dev.ashlar.nn.MaxUnpool2d;
import dev.ashlar.nn.Module;
import dev.ashlar.nn.PReLU;
import dev.ashlar.nn.PixelShuffle;
import dev.ashlar.nn.RReLU;
import dev.ashlar.nn.Softmax2d;
import dev.ashlar.nn.Unfold;
import dev.ashlar.nn.Upsample;
import dev.ashlar.type.DType;
import dev.ashlar.type.IndexOutOfRangeException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What layers do beside what was recorded of PyTorch: draws, modes, state, refusals. */
final class LayerModulesTest {
    private final Device before = Ashlar.defaultDevice();

    @BeforeEach
    void compute() {
        Ashlar.setDefaultDevice(Device.of("java"));
    }

    @AfterEach
    void restore() {
        Ashlar.setDefaultDevice(before);
    }

    // ---- draws ------------------------------------------------------------------------------------------------------------------

    private static double[] parameters(Module module) {
        List<Tensor> flat = new ArrayList<>();
        module.parameters().forEach(parameter -> flat.add(parameter.tensor().flatten().to(DType.FLOAT64)));
        return Tensor.cat(0, flat.toArray(Tensor[]::new)).toDoubleArray();
    }

    private static double[] results(Layer layer, Tensor input) {
        return layer.forward(input).to(DType.FLOAT64).toDoubleArray();
    }

    @Test
    void initialValuesAndDropsAreThoseOfPyTorch() {
        ConvOptions twoGroups = ConvOptions.defaults().groups(2);
        Tensor x = Tensor.arange(1, 25).to(DType.FLOAT32).reshape(1, 3, 2, 4);
        JsonNode recorded = Fixtures.read("draws");
        Ashlar.seed(Generator.pytorch(recorded.get("seed").asLong()));
        for (JsonNode draw : recorded.get("draws")) {
            double[] found = switch (draw.get("layer").asText()) {
                case "Bilinear" -> parameters(new Bilinear(3, 4, 2));
                case "Embedding" -> parameters(new Embedding(5, 3, -2L, null, 2, false));
                case "EmbeddingBag" -> parameters(new EmbeddingBag(4, 3, null, 2, false, BagMode.MEAN, false, 0L));
                case "Conv1d" -> parameters(new Conv1d(4, 6, 3, twoGroups));
                case "Conv2d" -> parameters(new Conv2d(2, 3, new int[] {3, 2}, ConvOptions.defaults()));
                case "Conv3d" -> parameters(new Conv3d(1, 2, 2, ConvOptions.defaults().bias(false)));
                case "ConvTranspose1d" -> parameters(new ConvTranspose1d(4, 6, 3, twoGroups));
                case "ConvTranspose2d" -> parameters(new ConvTranspose2d(2, 3, new int[] {3, 2}, ConvOptions.defaults()));
                case "ConvTranspose3d" -> parameters(new ConvTranspose3d(1, 2, 2));
                case "PReLU" -> parameters(new PReLU(2, 0.25));
                case "BatchNorm1d" -> parameters(new BatchNorm1d(2));
                case "Dropout" -> results(new Dropout(0.3), x);
                case "Dropout2d" -> results(new Dropout2d(0.3), x);
                case "AlphaDropout" -> results(new AlphaDropout(0.3), x);
                case "FeatureAlphaDropout" -> results(new FeatureAlphaDropout(0.4), x);
                case "RReLU" -> results(new RReLU(0.1, 0.9), x.sub(12));
                case "FractionalMaxPool2d" -> results(new FractionalMaxPool2d(new int[] {1}, new int[] {1, 2}, null, null), x);
                case "FractionalMaxPool3d" -> results(
                        new FractionalMaxPool3d(new int[] {1, 1, 2}, null, new double[] {0.6, 0.5, 0.5}, null), x.unsqueeze(0));
                default -> throw new IllegalArgumentException(draw.get("layer").asText());
            };
            assertThat(found).as(draw.get("layer").asText()).containsExactly(Fixtures.numbers(draw.get("values")), within(1e-6));
        }
    }

    @Test
    void slopesAreDrawnInTrainingOnly() {
        RReLU layer = new RReLU(0.2, 0.6);
        double[] slopes = results(layer, Tensor.full(-1, 1000));
        assertThat(Arrays.stream(slopes).boxed()).allMatch(value -> value > -0.6 - 1e-6 && value <= -0.2 + 1e-6);
        assertThat(Tensor.of(slopes).std().item()).isCloseTo(0.4 / Math.sqrt(12), within(0.01));
        assertThat(results(layer.eval(), Tensor.full(-1, 3))).containsOnly(new double[] {-0.4}, within(1e-6));
    }

    // ---- normalisation ----------------------------------------------------------------------------------------------------------

    @Test
    void runningStatisticsAreTheMeanOfAllBatchesWithoutMomentum() {
        BatchNorm1d layer = new BatchNorm1d(1, 1e-5, null, true, true, true);
        Tensor first = Tensor.of(new float[] {1, 3}, 2, 1);
        Tensor second = Tensor.of(new float[] {4, 12}, 2, 1);
        layer.forward(first);
        layer.forward(second);
        assertThat(layer.runningMean().item()).isCloseTo(5, within(1e-6));
        assertThat(layer.runningVar().item()).isCloseTo((2 + 32) / 2.0, within(1e-5));
        assertThat(layer.numBatchesTracked().itemLong()).isEqualTo(2);
        layer.eval().forward(first);
        assertThat(layer.numBatchesTracked().itemLong()).isEqualTo(2);
        layer.resetRunningStats();
        assertThat(layer.runningMean().item()).isZero();
        assertThat(layer.runningVar().item()).isEqualTo(1);
        assertThat(layer.numBatchesTracked().itemLong()).isZero();
    }

    @Test
    void countsOfBatchesStayWholeNumbers() {
        BatchNorm2d layer = new BatchNorm2d(3).to(DType.BFLOAT16);
        layer.forward(Tensor.randn(4, 3, 2, 2).to(DType.BFLOAT16));
        assertThat(layer.stateDict().get("num_batches_tracked").dtype()).isEqualTo(DType.INT64);
        assertThat(layer.runningMean().dtype()).isEqualTo(DType.BFLOAT16);
        assertThat(layer.stateDict().keySet())
                .containsExactly("weight", "bias", "running_mean", "running_var", "num_batches_tracked");
    }

    /** Mean, variance, result with running statistics; then two sums and the operand's gradient. */
    @Test
    void aStepOfBatchNormalisationIsFewLaunchesAndReadsNothing() {
        BatchNorm2d layer = new BatchNorm2d(4);
        Tensor x = Tensor.randn(8, 4, 5, 5).requiresGrad(true);
        Tensor cotangent = Tensor.randn(8, 4, 5, 5);
        int[] launches = new int[1];
        for (int step = 0; step < 3; step++) {
            x.setGrad(null);
            layer.zeroGrad();
            x.realize();
            launches[0] = 0;
            try (var _ = Ashlar.trace((_, _, _, _) -> launches[0]++)) {
                layer.forward(x).backward(cotangent, false, false);
                x.grad().realize();
            }
        }
        assertThat(launches[0]).isPositive().isLessThanOrEqualTo(8);
    }

    @Test
    void normalisationsHaveSecondDerivatives() {
        Ashlar.seed(new Generator(4));
        Tensor x = Tensor.randn(3, 4, 2).to(DType.FLOAT64).requiresGrad(true);
        Tensor weight = Tensor.randn(4).to(DType.FLOAT64).requiresGrad(true);
        Tensor bias = Tensor.randn(4).to(DType.FLOAT64).requiresGrad(true);
        List<Tensor> inputs = List.of(x, weight, bias);
        GradCheck.checkSecond(in -> in.get(0).batchNorm(null, null, in.get(1), in.get(2), true, 0.1, 1e-2), inputs);
        GradCheck.checkSecond(in -> in.get(0).groupNorm(2, in.get(1), in.get(2), 1e-2), inputs);
        GradCheck.checkSecond(in -> in.get(0).instanceNorm(null, null, in.get(1), in.get(2), true, 0.1, 1e-2), inputs);
        GradCheck.checkSecond(in -> in.get(0).batchNorm(null, null, null, in.get(2), true, 0.1, 1e-2), inputs);
    }

    @Test
    void crossMapNormalisationHasTheGradientOfItsFormula() {
        Tensor x = Tensor.arange(1, 13).to(DType.FLOAT64).reshape(1, 6, 2, 1).div(4).requiresGrad(true);
        CrossMapLRN2d layer = new CrossMapLRN2d(3, 0.5, 0.75, 1);
        GradCheck.check(in -> layer.forward(in.getFirst()), List.of(x));
    }

    // ---- state ------------------------------------------------------------------------------------------------------------------

    @Test
    void pretrainedTablesAreCopiesThatStayUnlessAsked() {
        Tensor table = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2).requiresGrad(true);
        Embedding frozen = Embedding.fromPretrained(table);
        assertThat(frozen.weight().requiresGrad()).isFalse();
        assertThat(table.requiresGrad()).isTrue();
        Embedding free = Embedding.fromPretrained(table, false, 0L, null, 2, false);
        free.forward(Tensor.of(new long[] {0, 1}, 2)).sum().backward();
        assertThat(free.weight().grad().toFloatArray()).containsExactly(0, 0, 1, 1);
        assertThat(free.weight().toFloatArray()).containsExactly(1, 2, 3, 4);
        assertThat(table.gradOrNull()).isNull();
        EmbeddingBag bag = EmbeddingBag.fromPretrained(table, true, null, 2, false, BagMode.SUM, false, null);
        assertThat(bag.forward(Tensor.of(new long[] {0, 1}, 1, 2)).toFloatArray()).containsExactly(4, 6);
    }

    @Test
    void poolingWithIndicesRunsHooksAndIsUndone() {
        MaxPool2d pool = new MaxPool2d(2);
        List<Shape> seen = new ArrayList<>();
        pool.registerForwardHook((_, _, output) -> {
            seen.add(output.shape());
            return output;
        });
        Tensor x = Tensor.arange(16).to(DType.FLOAT32).reshape(1, 4, 4);
        ValuesAndIndices found = pool.forwardWithIndices(x);
        assertThat(seen).containsExactly(Shape.of(1, 2, 2));
        assertThat(found.indices().toLongArray()).containsExactly(5, 7, 13, 15);
        assertThat(new MaxUnpool2d(2).forward(found.values(), found.indices()).toFloatArray())
                .containsExactly(0, 0, 0, 0, 0, 5, 0, 7, 0, 0, 0, 0, 0, 13, 0, 15);
    }

    @Test
    void fixedSamplesOfFractionalPoolingMoveWithTheLayer() {
        Tensor samples = Tensor.of(new double[] {0.2, 0.9}, 1, 1, 2).to(DType.FLOAT32);
        FractionalMaxPool2d pool = new FractionalMaxPool2d(new int[] {2}, new int[] {2}, null, samples);
        assertThat(pool.stateDict().keySet()).containsExactly("_random_samples");
        Tensor x = Tensor.randn(1, 1, 6, 6);
        Tensor narrow = pool.forward(x);
        assertThat(narrow.shape()).isEqualTo(Shape.of(1, 1, 2, 2));
        assertThat(pool.to(DType.FLOAT64).forward(x.to(DType.FLOAT64)).to(DType.FLOAT32).toFloatArray()).isEqualTo(narrow.toFloatArray());
    }

    // ---- refusals ---------------------------------------------------------------------------------------------------------------

    private static void refused(Class<? extends Throwable> type, String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(type).hasMessageContaining(message);
    }

    @Test
    void badArgumentsAreRefusedWhenALayerIsMade() {
        ConvOptions defaults = ConvOptions.defaults();
        refused(InvalidArgumentException.class, "[conv2d] expected one number or 2 >= 1 for kernel, got [3, 3, 3]",
                () -> new Conv2d(1, 1, new int[] {3, 3, 3}, defaults));
        refused(InvalidArgumentException.class, "multiples of the groups", () -> new Conv1d(3, 4, 1, defaults.groups(2)));
        refused(InvalidArgumentException.class, "a stride of 1 with padding SAME",
                () -> new Conv1d(1, 1, 3, defaults.stride(2).padding(ConvolutionPadding.SAME)));
        refused(InvalidArgumentException.class, "cuts it off", () -> new ConvTranspose1d(1, 1, 3,
                defaults.paddingMode(PaddingMode.REFLECT)));
        refused(InvalidArgumentException.class, "for stride, got [0]", () -> new MaxPool2d(2, 0, 0));
        refused(InvalidArgumentException.class, "one number or 2, got [1, 2, 3]", () -> new ConstantPad1d(new int[] {1, 2, 3}, 0));
        refused(InvalidArgumentException.class, "a probability in [0, 1], got 1.5", () -> new Dropout2d(1.5));
        refused(InvalidArgumentException.class, "divides the 5 channels", () -> new GroupNorm(2, 5));
        refused(InvalidArgumentException.class, "min < max", () -> new Hardtanh(1, 1));
        refused(InvalidArgumentException.class, "either a size or a factor, got both",
                () -> new Upsample(new long[] {2}, new double[] {2}, InterpolationMode.NEAREST, false, false));
        refused(InvalidArgumentException.class, "between 0 and 1", () -> new FractionalMaxPool2d(2, 1.5));
        refused(InvalidArgumentException.class, ">= -1 for output size, got [-2]", () -> new AdaptiveAvgPool2d(-2));
        refused(InvalidArgumentException.class, "[pixelShuffle] expected a number of at least 1, got 0", () -> new PixelShuffle(0));
        refused(InvalidArgumentException.class, "[unfold] expected one number or 2 >= 1 for kernel, got [0]", () -> new Unfold(0));
        refused(IndexOutOfRangeException.class, "a padding row in [-3, 3), got 3", () -> new Embedding(3, 2, 3L, null, 2, false));
        refused(ShapeMismatchException.class, "at least one dimension", () -> new LayerNorm());
        refused(ShapeMismatchException.class, "a table [count, size], got shape [4]", () -> Embedding.fromPretrained(Tensor.ones(4)));
    }

    @Test
    void badInputsAreRefusedAtTheCall() {
        refused(ShapeMismatchException.class, "[batchNorm] expected 4 dimensions, got shape [2, 3]",
                () -> new BatchNorm2d(3).forward(Tensor.ones(2, 3)));
        refused(ShapeMismatchException.class, "expected 3 channels, got shape [2, 4, 5]",
                () -> new InstanceNorm1d(3, 1e-5, 0.1, true, false, true).forward(Tensor.ones(2, 4, 5)));
        refused(ShapeMismatchException.class, "[softmax2d]", () -> new Softmax2d().forward(Tensor.ones(2, 3)));
        refused(ShapeMismatchException.class, "each less than a stride above [7, 7], got [9, 7]",
                () -> new ConvTranspose2d(1, 1, 3, 2, 1).forward(Tensor.ones(1, 1, 4, 4), 9, 7));
        BatchNorm1d layer = new BatchNorm1d(2);
        refused(InvalidArgumentException.class, "more than one value per channel", () -> layer.forward(Tensor.ones(1, 2)));
        assertThat(layer.numBatchesTracked().itemLong()).isZero();
    }
}
