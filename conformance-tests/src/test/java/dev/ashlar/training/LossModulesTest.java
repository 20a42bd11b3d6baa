// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ashlar.Ashlar;
import dev.ashlar.Reduction;
import dev.ashlar.Tensor;
import dev.ashlar.nn.AdaptiveLogSoftmaxWithLoss;
import dev.ashlar.nn.BCEWithLogitsLoss;
import dev.ashlar.nn.CTCLoss;
import dev.ashlar.nn.CrossEntropyLoss;
import dev.ashlar.nn.KLDivLoss;
import dev.ashlar.nn.LinearCrossEntropyLoss;
import dev.ashlar.nn.Loss;
import dev.ashlar.nn.MultiMarginLoss;
import dev.ashlar.nn.NLLLoss;
import dev.ashlar.type.DType;
import dev.ashlar.type.IndexOutOfRangeException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What recordings of PyTorch do not say about losses: state, labels out of range, the adaptive softmax as a distribution. */
class LossModulesTest {
    @BeforeEach
    void seed() {
        Ashlar.seed(13);
    }

    static Stream<Loss> lossesOfClasses() {
        return Stream.of(
                new CrossEntropyLoss(),
                new CrossEntropyLoss(Tensor.ones(5), Tensor.IGNORED, Reduction.SUM, 0.1),
                new NLLLoss(),
                new MultiMarginLoss());
    }

    @ParameterizedTest
    @MethodSource("lossesOfClasses")
    void namesALabelThatIsOutOfRange(Loss loss) {
        for (long label : new long[] {5, 7, -1}) {
            Tensor labels = Tensor.of(new long[] {1, label, 2});
            assertThatThrownBy(() -> loss.forward(Tensor.randn(3, 5), labels).item())
                    .isInstanceOf(IndexOutOfRangeException.class)
                    .hasMessageContaining("[0, 5), got " + label);
        }
    }

    @Test
    void namesALabelOfASequenceThatIsOutOfRange() {
        Tensor scores = Tensor.randn(6, 1, 5).logSoftmax(2);
        assertThatThrownBy(() -> new CTCLoss().forward(scores, Tensor.of(new long[] {1, 7}, 1, 2), new long[] {6}, new long[] {2}).item())
                .isInstanceOf(IndexOutOfRangeException.class)
                .hasMessage("[ctcLoss] expected indices in [0, 5), got 7");
    }

    @Test
    void weightsAreState() {
        BCEWithLogitsLoss loss = new BCEWithLogitsLoss(Tensor.of(1f, 2f), Reduction.MEAN, Tensor.of(3f, 4f));
        assertThat(loss.stateDict().keySet()).containsExactly("weight", "pos_weight");
        assertThat(loss.parameters()).isEmpty();
        assertThat(new BCEWithLogitsLoss().stateDict()).isEmpty();
        assertThat(loss.to(DType.FLOAT64).forward(Tensor.zeros(2).to(DType.FLOAT64), Tensor.ones(2).to(DType.FLOAT64)).item())
                .isCloseTo((1 * 3 + 2 * 4) * Math.log(2) / 2, within(1e-12));
    }

    /** Only there PyTorch gives one: with class numbers it refuses weights that require gradients. */
    @Test
    void classWeightsGetAGradientBesideProbabilities() {
        Tensor scores = Tensor.of(new double[] {1, 2, 0, -1}, 2, 2);
        Tensor targets = Tensor.of(new double[] {0.25, 0.75, 1, 0}, 2, 2);
        Tensor weight = Tensor.of(new double[] {1, 1}).requiresGrad(true);
        scores.crossEntropy(targets, weight, Tensor.IGNORED, Reduction.SUM, 0).backward();
        double first = 0.25 * Math.log1p(Math.exp(1)) + Math.log1p(Math.exp(-1));
        assertThat(weight.grad().toDoubleArray()).containsExactly(new double[] {first, 0.75 * Math.log1p(Math.exp(-1))}, within(1e-12));
    }

    @Test
    void divergenceIsDividedBySamples() {
        Tensor x = Tensor.randn(4, 3).logSoftmax(1);
        Tensor target = Tensor.randn(4, 3).softmax(1);
        double sum = new KLDivLoss(Reduction.SUM, false).forward(x, target).item();
        assertThat(KLDivLoss.batchMean(false).forward(x, target).item()).isCloseTo(sum / 4, within(1e-6));
    }

    @Test
    void adaptiveSoftmaxIsADistribution() {
        AdaptiveLogSoftmaxWithLoss module = new AdaptiveLogSoftmaxWithLoss(16, 12, new long[] {3, 7}, 2, true);
        Tensor x = Tensor.randn(12, 16);
        Tensor all = module.logProb(x);
        assertThat(all.exp().sum(1).sub(1).abs().max().item()).isCloseTo(0, within(1e-5));
        AdaptiveLogSoftmaxWithLoss.Result result = module.forward(x, Tensor.arange(12));
        assertThat(result.output().sub(all.diagonal(0, 0, 1)).abs().max().item()).isCloseTo(0, within(1e-5));
        assertThat(result.loss().item()).isCloseTo(-result.output().mean().item(), within(1e-5));
        assertThat(module.predict(x).toLongArray()).containsExactly(all.argmax(1).toLongArray());
        assertThat(module.stateDict().keySet()).isEqualTo(new java.util.LinkedHashSet<>(
                List.of("head.weight", "head.bias", "tail.0.0.weight", "tail.0.1.weight", "tail.1.0.weight", "tail.1.1.weight")));
        assertThatThrownBy(() -> module.forward(x, Tensor.arange(12).add(1)).loss().item())
                .isInstanceOf(IndexOutOfRangeException.class)
                .hasMessageContaining("[0, 12), got 12");
        assertThatThrownBy(() -> new AdaptiveLogSoftmaxWithLoss(16, 12, 7, 3)).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> module.forward(x, Tensor.arange(11))).isInstanceOf(ShapeMismatchException.class);
    }

    @Test
    void linearLossIsALinearLayerAndALoss() {
        LinearCrossEntropyLoss loss = new LinearCrossEntropyLoss(3, 4, new long[] {2}, true, Reduction.MEAN, null, null, 0);
        Tensor x = Tensor.randn(5, 3);
        Tensor target = Tensor.of(new long[] {0, 1, 2, 3, 0, 1, 2, 3, 0, 1}, 5, 2);
        Tensor weight = loss.namedParameters().get("linear.weight").tensor();
        Tensor scores = x.linear(weight, loss.namedParameters().get("linear.bias").tensor()).reshape(5, 4, 2);
        assertThat(loss.forward(x, target).item()).isCloseTo(scores.crossEntropy(target).item(), within(1e-6));
        assertThatThrownBy(() -> loss.forward(Tensor.zeros(3), target)).isInstanceOf(ShapeMismatchException.class);
    }
}
