// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;

/**
 * Least squares in closed form: the yardstick for networks that learn a line. Where several lines fit equally well, the one with the
 * smallest coefficients is found.
 *
 * @see <a href="https://scikit-learn.org/stable/modules/generated/sklearn.linear_model.LinearRegression.html">LinearRegression</a>
 */
public final class LinearRegression {
    private boolean fitIntercept = true;
    private double tolerance = 1e-6;
    private DoubleMatrix coefficients = new DoubleMatrix(new double[0], 0, 0);
    private double[] intercept = {};
    private int rank = -1;

    /** Creates a regression with an intercept. */
    public LinearRegression() {}

    /** Sets whether the line may miss the origin; true from the start. Returns this. */
    public LinearRegression fitIntercept(boolean fitted) {
        fitIntercept = fitted;
        return this;
    }

    /** Sets which part of the largest singular value of the features another one must reach to count; 1e-6 from the start. Returns this. */
    public LinearRegression tolerance(double part) {
        tolerance = Synthetic.notNegative("LinearRegression tolerance", part);
        return this;
    }

    /**
     * Finds the line.
     *
     * @param x of shape {@code [samples, features]}
     * @param y of shape {@code [samples, targets]}
     * @return this
     */
    public LinearRegression fit(DoubleMatrix x, DoubleMatrix y) {
        if (x.rows() == 0 || x.columns() == 0 || x.rows() != y.rows()) {
            throw new ShapeMismatchException("[LinearRegression fit] expected as many rows of features as of targets, at least one, got "
                    + x + " and " + y);
        }
        double[] xMean = means(x);
        double[] yMean = means(y);
        try (var _ = Autograd.noGrad()) {
            var solved = centred(x, xMean).toTensor().lstsq(centred(y, yMean).toTensor(), tolerance);
            coefficients = DoubleMatrix.of(solved.solution().transpose(0, 1));
            rank = (int) solved.rank().itemLong();
        }
        intercept = new double[y.columns()];
        for (int target = 0; target < intercept.length; target++) {
            intercept[target] = yMean[target] - Dot.vector(coefficients.values(), target * x.columns(), xMean);
        }
        return this;
    }

    /** Finds the line for one target. Returns this. */
    public LinearRegression fit(DoubleMatrix x, double[] y) {
        return fit(x, DoubleMatrix.column(y));
    }

    /** Finds the line; both tensors have shape [samples, values] or [samples]. Computed in float64 on the host. Returns this. */
    public LinearRegression fit(Tensor x, Tensor y) {
        return fit(DoubleMatrix.of(x), DoubleMatrix.of(y));
    }

    private double[] means(DoubleMatrix matrix) {
        if (!fitIntercept) {
            return new double[matrix.columns()];
        }
        double[] sums = Dot.columnSums(matrix.values(), matrix.columns());
        for (int j = 0; j < sums.length; j++) {
            sums[j] /= matrix.rows();
        }
        return sums;
    }

    private static DoubleMatrix centred(DoubleMatrix matrix, double[] means) {
        DoubleMatrix result = DoubleMatrix.allocate(matrix.rows(), matrix.columns());
        for (int i = 0; i < result.values().length; i++) {
            result.values()[i] = matrix.values()[i] - means[i % means.length];
        }
        return result;
    }

    /** Returns the slopes, of shape {@code [targets, features]}. */
    public DoubleMatrix coefficients() {
        requireFit("coefficients");
        return coefficients;
    }

    /** Returns what each target is at the origin; zeros without an intercept. */
    public double[] intercept() {
        requireFit("intercept");
        return intercept.clone();
    }

    /** Returns how many of the features' directions the samples really have. */
    public int rank() {
        requireFit("rank");
        return rank;
    }

    /** Returns the targets of rows, of shape {@code [rows, targets]}. */
    public DoubleMatrix predict(DoubleMatrix x) {
        requireFit("predict");
        if (x.columns() != coefficients.columns()) {
            throw new ShapeMismatchException("[LinearRegression predict] expected rows of " + coefficients.columns() + " features, got "
                    + x.columns());
        }
        DoubleMatrix result = DoubleMatrix.allocate(x.rows(), intercept.length);
        for (int i = 0; i < result.values().length; i++) {
            int target = i % intercept.length;
            result.values()[i] = intercept[target] + Dot.vector(x.values(), i / intercept.length * x.columns(), coefficients.row(target));
        }
        return result;
    }

    /** Returns the targets of the rows of a tensor, [rows, targets], in its type and on its device. */
    public Tensor predict(Tensor x) {
        return predict(DoubleMatrix.of(x)).toTensor().to(x.dtype()).to(x.device());
    }

    /**
     * Returns the coefficient of determination R^2, averaged over the targets: 1 is perfect, 0 as good as the mean. A constant target
     * counts 1 if it is met exactly, else 0.
     */
    public double score(DoubleMatrix x, DoubleMatrix y) {
        DoubleMatrix predicted = predict(x);
        if (y.rows() != predicted.rows() || y.columns() != predicted.columns()) {
            throw new ShapeMismatchException("[LinearRegression score] expected targets like " + predicted + ", got " + y);
        }
        double sum = 0;
        for (int target = 0; target < y.columns(); target++) {
            double[] truth = y.column(target);
            double mean = Dot.columnSums(truth, 1)[0] / truth.length;
            double residual = 0;
            double total = 0;
            for (int i = 0; i < truth.length; i++) {
                double miss = truth[i] - predicted.get(i, target);
                residual += miss * miss;
                total += (truth[i] - mean) * (truth[i] - mean);
            }
            sum += total == 0 ? residual == 0 ? 1 : 0 : 1 - residual / total;
        }
        return sum / y.columns();
    }

    /** Returns R^2 for one target. */
    public double score(DoubleMatrix x, double[] y) {
        return score(x, DoubleMatrix.column(y));
    }

    private void requireFit(String operation) {
        if (rank < 0) {
            throw new InvalidArgumentException("[LinearRegression " + operation + "] expected a fitted line, got a new regression; call"
                    + " fit first");
        }
    }
}
