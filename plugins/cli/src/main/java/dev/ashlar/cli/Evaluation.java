// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.cli;

import java.util.List;

/** How good predictions are. */
sealed interface Evaluation {
    /**
     * Of numbers.
     *
     * @param targets names
     * @param rmse root of the mean squared error of each target, in its unit
     * @param r2 part of each target's variance that is explained, NaN where it has none
     * @param truth what the rows say, row after row
     * @param predicted what the model says, row after row
     */
    record Regression(List<String> targets, double[] rmse, double[] r2, double[][] truth, double[][] predicted) implements Evaluation {
        static Regression of(List<String> targets, double[][] truth, double[][] predicted) {
            int width = targets.size();
            double[] rmse = new double[width];
            double[] r2 = new double[width];
            for (int c = 0; c < width; c++) {
                double mean = 0;
                for (double[] row : truth) {
                    mean += row[c] / truth.length;
                }
                double residual = 0;
                double total = 0;
                for (int row = 0; row < truth.length; row++) {
                    residual += square(truth[row][c] - predicted[row][c]);
                    total += square(truth[row][c] - mean);
                }
                rmse[c] = Math.sqrt(residual / truth.length);
                r2[c] = total > 0 ? 1 - residual / total : Double.NaN;
            }
            return new Regression(targets, rmse, r2, truth, predicted);
        }

        private static double square(double x) {
            return x * x;
        }

        /** Returns the root of the mean squared error over all targets. */
        double overallRmse() {
            double sum = 0;
            for (double each : rmse) {
                sum += square(each) / rmse.length;
            }
            return Math.sqrt(sum);
        }

        /** Returns the mean of the targets' R^2. */
        double overallR2() {
            double sum = 0;
            for (double each : r2) {
                sum += each / r2.length;
            }
            return sum;
        }
    }

    /**
     * Of classes.
     *
     * @param classes names
     * @param accuracy part of the rows whose most probable class is the true one
     * @param confusion {@code confusion[t][p]} rows of true class t were predicted as p
     */
    record Classification(List<String> classes, double accuracy, long[][] confusion) implements Evaluation {
        static Classification of(List<String> classes, long[] truth, double[][] probabilities) {
            long[][] confusion = new long[classes.size()][classes.size()];
            long right = 0;
            for (int row = 0; row < truth.length; row++) {
                int predicted = mostProbable(probabilities[row]);
                confusion[(int) truth[row]][predicted]++;
                right += predicted == truth[row] ? 1 : 0;
            }
            return new Classification(classes, (double) right / truth.length, confusion);
        }

        static int mostProbable(double[] probabilities) {
            int best = 0;
            for (int i = 1; i < probabilities.length; i++) {
                if (probabilities[i] > probabilities[best]) {
                    best = i;
                }
            }
            return best;
        }
    }
}
