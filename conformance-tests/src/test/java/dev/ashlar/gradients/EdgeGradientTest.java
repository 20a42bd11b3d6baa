// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.gradients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ashlar.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Gradients at infinity, at NaN and at the edges of domains are those that PyTorch 2.13 computed in float64. */
final class EdgeGradientTest {
    private static final double NAN = Double.NaN;
    private static final double INF = Double.POSITIVE_INFINITY;

    private static void gradients(Function<List<Tensor>, Tensor> function, double[][] operands, double[]... expected) {
        List<Tensor> inputs = Arrays.stream(operands).map(values -> Tensor.of(values, values.length).requiresGrad(true)).toList();
        function.apply(inputs).sum().backward();
        for (int i = 0; i < expected.length; i++) {
            double[] found = inputs.get(i).grad().toDoubleArray();
            for (int at = 0; at < found.length; at++) {
                String what = "operand " + i + " at " + operands[i][at];
                if (Double.isNaN(expected[i][at]) || Double.isInfinite(expected[i][at])) {
                    assertThat(found[at]).as(what).isEqualTo(Double.valueOf(expected[i][at]));
                } else {
                    assertThat(found[at]).as(what).isCloseTo(expected[i][at], within(1e-8));
                }
            }
        }
    }

    private static void gradients(UnaryOperator<Tensor> function, double[] operand, double... expected) {
        gradients(inputs -> function.apply(inputs.getFirst()), new double[][] {operand}, expected);
    }

    @Test
    void copysignTurnsWhatIsFinite() {
        double[][] operands = {{NAN, INF, -INF, 0, -0.0, 2, -2}, {1, -1, 1, -1, 1, -1, -1}};
        gradients(in -> in.get(0).copysign(in.get(1)), operands, new double[] {NAN, NAN, NAN, 0, 0, -1, 1}, new double[7]);
    }

    @Test
    void xlogyAtZero() {
        double[][] operands = {{0, 0, 0, 0, 0, NAN, INF, 2, NAN}, {0.5, 2, -1, 0, NAN, 2, INF, 0, NAN}};
        gradients(in -> in.get(0).xlogy(in.get(1)), operands,
                new double[] {Math.log(0.5), Math.log(2), 0, 0, NAN, Math.log(2), INF, -INF, NAN});
    }

    @Test
    void digammaAtInfinity() {
        gradients(Tensor::digamma, new double[] {-INF, INF, NAN, 1, 0.5}, NAN, 0, NAN, Math.PI * Math.PI / 6, Math.PI * Math.PI / 2);
    }

    @Test
    void logitAndAcoshOutsideOfTheirDomains() {
        gradients(Tensor::logit, new double[] {-INF, NAN, 0, 1, 0.5}, NAN, NAN, INF, INF, 4);
        gradients(x -> x.logit(0.1), new double[] {-INF, NAN, 0.05, 1, 0.5}, 0, NAN, 0, 0, 4);
        gradients(Tensor::acosh, new double[] {INF, NAN, 1, 0.5, 2}, 0, NAN, INF, NAN, 1 / Math.sqrt(3));
    }
}
