// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.Tensor;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The yardstick gives scikit-learn's figures. */
class LinearRegressionTest {
    private static final Offset<Double> CLOSE = Offset.offset(1e-12);

    /** The second feature is twice the first. */
    private static DoubleMatrix dependent() {
        double[][] rows = new double[10][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new double[] {i, 2 * i, i * i % 7};
        }
        return DoubleMatrix.of(rows);
    }

    private static DoubleMatrix targets() {
        double[][] rows = new double[10][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new double[] {3 * i + 1, Math.sin(i)};
        }
        return DoubleMatrix.of(rows);
    }

    private static void assertClose(double[] values, double... expected) {
        assertThat(values).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(values[i]).isCloseTo(expected[i], CLOSE);
        }
    }

    @Test
    void theLinesOfTheTutorials() {
        Synthetic.Regression one = Synthetic.makeRegression().nSamples(500).nFeatures(1).noise(10).randomState(0).make();
        LinearRegression line = new LinearRegression().fit(one.x(), one.y());
        assertClose(line.intercept(), -0.7691089617235793);
        assertClose(line.coefficients().values(), 45.4968982165931);
        assertThat(line.score(one.x(), one.y())).isCloseTo(0.9568088438510121, CLOSE);
        Synthetic.Regression three = Synthetic.makeRegression().nSamples(500).nFeatures(3).noise(10).randomState(0).make();
        LinearRegression plane = new LinearRegression().fit(three.x(), three.y().column(0));
        assertClose(plane.intercept(), 0.42533703994074257);
        assertClose(plane.coefficients().values(), 0.6161500019197684, 55.99076201233491, 11.140983891780149);
    }

    @Test
    void dependentFeaturesAndSeveralTargets() {
        LinearRegression line = new LinearRegression().fit(dependent(), targets());
        assertThat(line.rank()).isEqualTo(2);
        assertClose(line.intercept(), 1, 0.27712335172570635);
        assertClose(line.coefficients().values(), 0.6, 1.2, 0, 0.0041139236577552914, 0.0082278473155106, -0.09166615042866451);
        assertThat(line.score(dependent(), targets())).isCloseTo(0.5230206182386796, CLOSE);
        assertClose(line.predict(DoubleMatrix.of(new double[][] {{2, 4, 1}})).values(), 7, 0.22659643787459481);
    }

    @Test
    void throughTheOrigin() {
        LinearRegression line = new LinearRegression().fitIntercept(false).fit(dependent(), targets());
        assertThat(line.intercept()).containsExactly(0, 0);
        assertClose(
                line.coefficients().values(),
                0.6217487141807496,
                1.243497428361499,
                0.15062454077883908,
                0.010141000227248982,
                0.02028200045449796,
                -0.04992457283588719);
    }

    @Test
    void takesTensors() {
        Tensor x = Tensor.of(new float[] {0, 1, 2, 3});
        LinearRegression line = new LinearRegression().fit(x, Tensor.of(new float[] {1, 3, 5, 7}));
        Tensor predicted = line.predict(Tensor.of(new float[] {10}));
        assertThat(predicted.shape().toArray()).containsExactly(1, 1);
        assertThat(predicted.toFloatArray()[0]).isEqualTo(21);
    }

    @Test
    void scoresConstantTargets() {
        DoubleMatrix x = DoubleMatrix.column(new double[] {1, 2, 3});
        LinearRegression flat = new LinearRegression().fit(x, new double[] {2, 2, 2});
        assertThat(flat.score(x, new double[] {2, 2, 2})).isEqualTo(1);
        assertThat(flat.score(x, new double[] {3, 3, 3})).isEqualTo(0);
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> new LinearRegression().predict(dependent()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("call fit first");
        assertThatThrownBy(() -> new LinearRegression().fit(dependent(), new double[] {1, 2}))
                .isInstanceOf(ShapeMismatchException.class)
                .hasMessageContaining("DoubleMatrix[10, 3]");
        assertThatThrownBy(() -> new LinearRegression().fit(dependent(), targets()).predict(targets()))
                .isInstanceOf(ShapeMismatchException.class)
                .hasMessageContaining("3 features");
    }
}
