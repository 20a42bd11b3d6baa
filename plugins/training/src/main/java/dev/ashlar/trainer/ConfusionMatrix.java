// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.trainer;

import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How often each class was taken for each other one, and what follows from it: precision, recall and F1, named {@code f1_macro} and
 * so on. A figure whose divisor is 0 counts as 0. Targets of {@link Tensor#IGNORED} are left out.
 *
 * <p>Outputs are scores [samples, classes, ...] with targets [samples, ...], or one score per target that is 0 or 1.
 */
public final class ConfusionMatrix extends Totals {
    private final List<Average> averages;
    private double threshold;

    /** @param averages how the classes' figures are put together; MACRO if there are none */
    public ConfusionMatrix(Average... averages) {
        this.averages = averages.length == 0 ? List.of(Average.MACRO) : List.of(averages);
    }

    /** Sets above which a single score means 1: 0, for logits, unless it is set; 0.5 for probabilities. Returns this. */
    public ConfusionMatrix threshold(double score) {
        threshold = score;
        return this;
    }

    @Override
    void record(Tensor output, Tensor target) {
        Classes classes = Classes.of("confusionMatrix", output, target);
        Tensor all = Tensor.arange(classes.count()).to(output.device());
        Tensor targets = classes.targets().unsqueeze(1);
        // Counts of a batch are exact in float32; their sums over batches are whole numbers.
        Tensor expected = targets.eq(all).to(DType.FLOAT32);
        Tensor decided = classes.decisions(threshold).unsqueeze(1).eq(all).to(DType.FLOAT32);
        add("counts", expected.t().matmul(decided).to(DType.INT64));
        add("rows", targets.ne(Tensor.IGNORED).sum());
    }

    /**
     * Returns how often each class (rows) was taken for each class (columns).
     *
     * @throws InvalidArgumentException if targets were outside of the classes
     */
    public long[][] counts() {
        double[] flat = sum("counts");
        int classes = (int) Math.round(Math.sqrt(flat.length));
        long[][] counts = new long[classes][classes];
        long counted = 0;
        for (int i = 0; i < flat.length; i++) {
            counts[i / classes][i % classes] = Math.round(flat[i]);
            counted += Math.round(flat[i]);
        }
        long rows = Math.round(total("rows"));
        if (counted != rows) {
            throw new InvalidArgumentException("[confusionMatrix] expected targets from 0 to " + (classes - 1) + ", got " + (rows - counted)
                    + " others of " + rows + "; use " + Tensor.IGNORED + " for those to leave out");
        }
        return counts;
    }

    /** Returns the share of right decisions. */
    public double accuracy() {
        Sums all = Sums.of(counts());
        return (double) all.hits / all.rows;
    }

    /** Returns the share of right ones among the decisions for a class. */
    public double precision(Average average) {
        return Sums.of(counts()).average(average, 0);
    }

    /** Returns the share of a class that was found. */
    public double recall(Average average) {
        return Sums.of(counts()).average(average, 1);
    }

    /** Returns the harmonic mean of precision and recall. */
    public double f1(Average average) {
        return Sums.of(counts()).average(average, 2);
    }

    @Override
    public Map<String, Double> values() {
        Sums all = Sums.of(counts());
        Map<String, Double> values = new LinkedHashMap<>();
        for (Average average : averages) {
            String suffix = average == Average.BINARY ? "" : "_" + average.name().toLowerCase(Locale.ROOT);
            values.put("precision" + suffix, all.average(average, 0));
            values.put("recall" + suffix, all.average(average, 1));
            values.put("f1" + suffix, all.average(average, 2));
        }
        return values;
    }

    /**
     * Sums along the matrix.
     *
     * @param right decisions that were right, by class
     * @param decided decisions, by class
     * @param expected targets, by class
     */
    private record Sums(long[] right, long[] decided, long[] expected, long hits, long rows) {
        static Sums of(long[][] counts) {
            int classes = counts.length;
            long[] right = new long[classes];
            long[] decided = new long[classes];
            long[] expected = new long[classes];
            long hits = 0;
            long rows = 0;
            for (int i = 0; i < classes; i++) {
                for (int j = 0; j < classes; j++) {
                    expected[i] += counts[i][j];
                    decided[j] += counts[i][j];
                    rows += counts[i][j];
                }
                right[i] = counts[i][i];
                hits += counts[i][i];
            }
            return new Sums(right, decided, expected, hits, rows);
        }

        /** Returns precision, recall or F1 by its number. */
        private static double figure(int which, double right, double decided, double expected) {
            double divisor = which == 0 ? decided : which == 1 ? expected : (decided + expected) / 2;
            return divisor == 0 ? 0 : right / divisor;
        }

        double average(Average average, int which) {
            if (rows == 0) {
                return Double.NaN;
            }
            if (average == Average.MICRO) {
                return figure(which, hits, rows, rows);
            }
            if (average == Average.BINARY) {
                if (right.length != 2) {
                    throw new InvalidArgumentException("[confusionMatrix] expected 2 classes for BINARY, got " + right.length
                            + "; choose another average");
                }
                return figure(which, right[1], decided[1], expected[1]);
            }
            double sum = 0;
            double weights = 0;
            for (int i = 0; i < right.length; i++) {
                double weight = average == Average.WEIGHTED ? expected[i] : decided[i] + expected[i] > 0 ? 1 : 0;
                sum += weight * figure(which, right[i], decided[i], expected[i]);
                weights += weight;
            }
            return sum / weights;
        }
    }
}
