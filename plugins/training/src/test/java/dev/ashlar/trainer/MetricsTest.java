// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ashlar.Generator;
import dev.ashlar.State;
import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The figures are those of scikit-learn 1.9 for the same numbers, which numpy's generator makes. */
class MetricsTest {
    private static final Offset<Double> CLOSE = within(1e-12);

    /** Scores in which the target's one is raised by a number. */
    private record Made(Tensor scores, Tensor targets) {
        static Made of(long seed, int rows, int columns, int classes, double raise) {
            Generator numpy = Generator.numpy(seed);
            double[] scores = numpy.fillNormal(new double[rows * columns], 0, 1);
            long[] targets = numpy.fillIntegers(new long[rows], 0, classes);
            for (int i = 0; i < rows; i++) {
                scores[i * columns + (int) targets[i]] += raise;
            }
            return new Made(Tensor.of(scores, rows, columns), Tensor.of(targets));
        }

        /** Shows everything to a metric in two batches, with a reset and a save on the way. */
        Map<String, Double> by(Metric metric) {
            long rows = targets.size(0);
            metric.update(scores.narrow(0, 0, 5), targets.narrow(0, 0, 5));
            metric.reset();
            metric.update(scores.narrow(0, 0, 20), targets.narrow(0, 0, 20));
            State state = metric.state();
            metric.reset();
            metric.loadState(state);
            metric.update(scores.narrow(0, 20, rows - 20), targets.narrow(0, 20, rows - 20));
            return metric.values();
        }
    }

    @Test
    void classification() {
        Made made = Made.of(1, 60, 4, 3, 0.7);
        assertThat(made.by(new Accuracy()).get("accuracy")).isEqualTo(0.45);
        assertThat(made.by(new Accuracy(2)).get("top2_accuracy")).isEqualTo(0.8);
        var matrix = new ConfusionMatrix(Average.MACRO, Average.MICRO, Average.WEIGHTED);
        Map<String, Double> values = made.by(matrix);
        assertThat(matrix.counts()).isDeepEqualTo(new long[][] {{8, 5, 6, 5}, {3, 5, 2, 2}, {5, 1, 14, 4}, {0, 0, 0, 0}});
        assertThat(matrix.accuracy()).isEqualTo(0.45);
        // Class 3 is never the target, but is decided for, and counts in the macro average.
        assertThat(values.get("precision_macro")).isCloseTo(0.3977272727272727, CLOSE);
        assertThat(values.get("recall_macro")).isCloseTo(0.33333333333333337, CLOSE);
        assertThat(values.get("f1_macro")).isCloseTo(0.36086956521739133, CLOSE);
        assertThat(values.get("f1_micro")).isCloseTo(0.45, CLOSE);
        assertThat(values.get("precision_weighted")).isCloseTo(0.5454545454545454, CLOSE);
        assertThat(values.get("recall_weighted")).isCloseTo(0.45, CLOSE);
        assertThat(values.get("f1_weighted")).isCloseTo(0.4904347826086957, CLOSE);
    }

    @Test
    void scoresOfSeveralPlacesAndOfOneClass() {
        Made made = Made.of(1, 60, 4, 3, 0.7);
        var places = new Accuracy();
        places.update(made.scores.reshape(6, 10, 4).transpose(1, 2), made.targets.reshape(6, 10));
        assertThat(places.values().get("accuracy")).isEqualTo(0.45);
        var masked = new ConfusionMatrix();
        masked.update(made.scores.narrow(0, 0, 3), Tensor.of(new long[] {0, Tensor.IGNORED, 1}));
        assertThat(masked.counts()[0]).hasSize(4);
        var outside = new ConfusionMatrix();
        outside.update(made.scores.narrow(0, 0, 3), Tensor.of(new long[] {0, 7, 1}));
        assertThatThrownBy(outside::values)
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("from 0 to 3, got 1 others of 3");
    }

    @Test
    void twoClasses() {
        Generator numpy = Generator.numpy(3);
        double[] scores = numpy.fillNormal(new double[40], 0, 1);
        for (int i = 0; i < scores.length; i++) {
            scores[i] = Math.rint(scores[i] * 10) / 10;
        }
        Made made = new Made(Tensor.of(scores, 40, 1), Tensor.of(numpy.fillIntegers(new long[40], 0, 2)));
        assertThat(made.by(new RocAuc()).get("roc_auc")).isCloseTo(0.49218750000000006, CLOSE);
        assertThat(made.by(new Accuracy()).get("accuracy")).isEqualTo(0.5);
        Map<String, Double> values = made.by(new ConfusionMatrix(Average.BINARY));
        assertThat(values.get("precision")).isCloseTo(0.35714285714285715, CLOSE);
        assertThat(values.get("recall")).isCloseTo(0.3125, CLOSE);
        assertThat(values.get("f1")).isCloseTo(0.3333333333333333, CLOSE);
        Made logits = new Made(Tensor.cat(1, made.scores.mul(0.0), made.scores), made.targets);
        assertThat(logits.by(new RocAuc()).get("roc_auc")).isCloseTo(0.49218750000000006, CLOSE);
        Made floats = new Made(made.scores, made.targets.to(DType.FLOAT64).unsqueeze(1));
        assertThat(floats.by(new ConfusionMatrix(Average.BINARY))).isEqualTo(values);
    }

    @Test
    void manyClassesAndPerplexity() {
        Made made = Made.of(2, 50, 3, 3, 0.5);
        assertThat(made.by(new RocAuc()).get("roc_auc")).isCloseTo(0.5841903071314836, CLOSE);
        assertThat(made.by(new Perplexity()).get("perplexity")).isCloseTo(3.421458079045105, CLOSE);
        var notANumber = new RocAuc();
        notANumber.update(Tensor.of(Float.NaN, 1f), Tensor.of(new long[] {0, 1}));
        assertThat(notANumber.values()).containsKey("roc_auc");
    }

    @Test
    void areasLeaveOutWhatIsIgnoredAndRefuseWhatIsNoClass() {
        var masked = new RocAuc();
        masked.update(Tensor.of(0.1f, 0.9f, 0.95f), Tensor.of(new long[] {0, 1, Tensor.IGNORED}));
        assertThat(masked.values().get("roc_auc")).isEqualTo(1);
        var outside = new RocAuc();
        outside.update(Tensor.of(0.1f, 0.9f), Tensor.of(new long[] {1, 2}));
        assertThatThrownBy(outside::values)
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("[rocAuc] expected targets from 0 to 1, got 2");
    }

    @Test
    void regression() {
        Generator numpy = Generator.numpy(4);
        double[] targets = numpy.fillNormal(new double[60], 0, 1);
        double[] noise = numpy.fillNormal(new double[60], 0, 1);
        double[] outputs = new double[60];
        for (int i = 0; i < outputs.length; i++) {
            targets[i] = targets[i] * 3 + 1000;
            outputs[i] = targets[i] + noise[i];
        }
        Made made = new Made(Tensor.of(outputs, 30, 2), Tensor.of(targets, 30, 2));
        Map<String, Double> values = made.by(new RegressionErrors());
        assertThat(values.get("r2")).isCloseTo(0.8914772544382976, CLOSE);
        assertThat(values.get("rmse")).isCloseTo(0.9384426980118724, CLOSE);
        assertThat(values.get("mae")).isCloseTo(0.7401372890493367, CLOSE);
        Made column = new Made(made.scores.select(1, 0).unsqueeze(1), made.targets.select(1, 0));
        values = column.by(new RegressionErrors());
        assertThat(values.get("r2")).isCloseTo(0.8488926583923334, CLOSE);
        assertThat(values.get("rmse")).isCloseTo(1.1446580863925133, CLOSE);
        assertThat(values.get("mae")).isCloseTo(0.9418103771493141, CLOSE);
        var constant = new RegressionErrors();
        constant.update(Tensor.of(1f, 2f, 3f), Tensor.of(2f, 2f, 2f));
        assertThat(constant.values().get("r2")).isZero();
        constant.reset();
        constant.update(Tensor.of(2f, 2f), Tensor.of(2f, 2f));
        assertThat(constant.values().get("r2")).isEqualTo(1);
    }

    @Test
    void nothingIsNotANumber() {
        assertThat(new Accuracy().values().get("accuracy")).isNaN();
        assertThat(new ConfusionMatrix().values().get("f1_macro")).isNaN();
        assertThat(new RocAuc().values().get("roc_auc")).isNaN();
        var emptyBatch = new RocAuc();
        emptyBatch.update(Tensor.zeros(0), Tensor.zeros(0));
        assertThat(emptyBatch.values().get("roc_auc")).isNaN();
        assertThat(new RegressionErrors().values().get("r2")).isNaN();
        assertThat(new Perplexity().values().get("perplexity")).isNaN();
    }

    @Test
    void shapesThatDoNotFitAreRefused() {
        for (Metric metric : new Metric[] {new Accuracy(), new ConfusionMatrix(), new RocAuc(), new RegressionErrors()}) {
            assertThatThrownBy(() -> metric.update(Tensor.zeros(4, 3), Tensor.of(new long[] {0, 1})))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("[4, 3]")
                    .hasMessageContaining("[2]");
        }
        assertThatThrownBy(() -> new Accuracy(5).update(Tensor.zeros(4, 3), Tensor.zeros(4)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("at least 5 classes");
    }
}
