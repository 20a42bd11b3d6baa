// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tensor;

import static dev.ashlar.tensor.TensorCases.assertClose;
import static dev.ashlar.tensor.TensorCases.of;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.BagMode;
import dev.ashlar.Device;
import dev.ashlar.Reduction;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Operations that change an operand, and gradients that follow a convention of their own. */
final class StatefulOperationsTest {
    static Stream<Device> devices() {
        return TensorCases.devices();
    }

    @ParameterizedTest
    @MethodSource("devices")
    void movesRunningStatistics(Device device) {
        Tensor mean = of(device, new double[] {0, 1});
        Tensor var = of(device, new double[] {1, 1});
        Tensor x = of(device, new double[] {1, 2, 3, 6}, 2, 2);
        x.batchNorm(mean, var, null, null, true, 0.5, 1e-5);
        assertClose("mean", mean, new double[] {1, 2.5});
        assertClose("unbiased variance", var, new double[] {1.5, 4.5});
        Tensor y = x.batchNorm(mean, var, null, null, false, 0.5, 0);
        assertClose("evaluated", y, new double[] {0, -0.5 / Math.sqrt(4.5), 2 / Math.sqrt(1.5), 3.5 / Math.sqrt(4.5)});
        assertClose("unchanged", mean, new double[] {1, 2.5});
    }

    @ParameterizedTest
    @MethodSource("devices")
    void averagesRunningStatisticsOfSamples(Device device) {
        Tensor mean = of(device, new double[] {0});
        Tensor var = of(device, new double[] {0});
        of(device, new double[] {1, 3, 10, 14}, 2, 1, 2).instanceNorm(mean, var, null, null, true, 1, 1e-5);
        assertClose("mean", mean, new double[] {7});
        assertClose("mean of unbiased variances", var, new double[] {5});
    }

    @ParameterizedTest
    @MethodSource("devices")
    void shortensRowsThatAreNamed(Device device) {
        Tensor table = of(device, new double[] {3, 4, 30, 40, 0.3, 0.4}, 3, 2).requiresGrad(true);
        Tensor y = table.embedding(of(device, new long[] {0, 2}), null, 1.0, 2, false);
        double scale = 1 / (5 + 1e-7);
        assertClose("table", table.detach(), new double[] {3 * scale, 4 * scale, 30, 40, 0.3, 0.4});
        assertClose("rows", y.detach(), new double[] {3 * scale, 4 * scale, 0.3, 0.4});
        y.sum().backward();
        assertClose("gradient", table.grad(), new double[] {1, 1, 0, 0, 1, 1});
    }

    @ParameterizedTest
    @MethodSource("devices")
    void dividesGradientsByFrequency(Device device) {
        Tensor table = Tensor.ones(3, 1).to(device).requiresGrad(true);
        Tensor numbers = of(device, new long[] {0, 2, 2, 0, 0, 1});
        Tensor bags = table.embeddingBag(numbers, of(device, new long[] {0, 2}), null, 2, true, BagMode.SUM, null, false, 1L);
        assertThat(bags.toFloatArray()).containsExactly(2, 3);
        bags.sum().backward();
        assertClose("gradient", table.grad(), new double[] {1, 0, 1});
    }

    @ParameterizedTest
    @MethodSource("devices")
    void sequencesHaveThePartOfASoftmaxInTheirGradient(Device device) {
        Tensor scores = of(device, new double[] {0.5, -1, 2, 0.25, 1, -0.5}, 2, 1, 3).requiresGrad(true);
        Tensor targets = of(device, new long[] {2}, 1, 1);
        long[] two = {2};
        long[] one = {1};
        Tensor through = scores.logSoftmax(2).ctcLoss(targets, two, one, 0, Reduction.SUM, false);
        Tensor gradient = Autograd.grad(through, List.of(scores)).get(0);
        // Blank-label, label-blank and label-label, by hand.
        Tensor p = scores.softmax(2);
        Tensor paths = p.get(0, 0, 0).mul(p.get(1, 0, 2)).add(p.get(0, 0, 2).mul(p.get(1, 0, 0))).add(p.get(0, 0, 2).mul(p.get(1, 0, 2)));
        Tensor byHand = paths.log().neg();
        assertClose("loss", through.detach(), byHand.detach().toDoubleArray());
        assertClose("gradient", gradient, Autograd.grad(byHand, List.of(scores)).get(0).toDoubleArray());
    }

    @ParameterizedTest
    @MethodSource("devices")
    void sequencesThatCannotBeReached(Device device) {
        Tensor scores = Tensor.zeros(2, 1, 3).to(device).logSoftmax(2).requiresGrad(true);
        Tensor targets = of(device, new long[] {1, 1}, 1, 2);
        long[] two = {2};
        Tensor infinite = scores.ctcLoss(targets, two, two, 0, Reduction.SUM, false);
        assertThat(infinite.item()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Autograd.grad(infinite, List.of(scores)).get(0).toFloatArray()).containsOnly(Float.NaN);
        Tensor none = scores.ctcLoss(targets, two, two, 0, Reduction.SUM, true);
        assertThat(none.item()).isZero();
        assertThat(Autograd.grad(none, List.of(scores)).get(0).toFloatArray()).containsOnly(0f);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void tripletsTakeAnyDistance(Device device) {
        Tensor anchor = of(device, new double[] {0, 0, 1, 1}, 2, 2);
        Tensor near = of(device, new double[] {1, 0, 1, 1}, 2, 2);
        Tensor far = of(device, new double[] {0, 3, 1, 2}, 2, 2);
        Tensor y = anchor.tripletMarginWithDistanceLoss(near, far, (a, b) -> a.sub(b).abs().sum(1), 1.5, false, Reduction.NONE);
        assertClose("losses", y, new double[] {0, 0.5});
    }
}
