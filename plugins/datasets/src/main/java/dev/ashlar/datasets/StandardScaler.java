// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import java.util.Arrays;

/**
 * Takes the mean from each column and divides by the standard deviation (of n, not n - 1). Columns without variance, up to rounding,
 * are divided by 1.
 *
 * @see <a href="https://scikit-learn.org/stable/modules/generated/sklearn.preprocessing.StandardScaler.html">StandardScaler</a>
 */
public final class StandardScaler extends Scaler<StandardScaler> {
    private static final double EPSILON = Math.ulp(1.0);

    private boolean withMean = true;
    private boolean withStd = true;
    private double[] mean = {};
    private double[] variance = {};
    private double[] scale = {};

    public StandardScaler() {
        super("StandardScaler");
    }

    /** Sets whether means are taken away; true from the start. Returns this. */
    public StandardScaler withMean(boolean centred) {
        withMean = centred;
        return this;
    }

    /** Sets whether columns are divided by their standard deviations; true from the start. Returns this. */
    public StandardScaler withStd(boolean scaled) {
        withStd = scaled;
        return this;
    }

    /** Returns the means of the columns. */
    public double[] mean() {
        requireFit("mean");
        return mean.clone();
    }

    /** Returns the variances of the columns. */
    public double[] variance() {
        requireFit("variance");
        return variance.clone();
    }

    /** Returns what the columns are divided by. */
    public double[] scale() {
        requireFit("scale");
        return scale.clone();
    }

    @Override
    void learn(DoubleMatrix rows) {
        int columns = rows.columns();
        double[] values = rows.values();
        double[] present = new double[values.length];
        double[] ones = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            boolean missing = Double.isNaN(values[i]);
            present[i] = missing ? 0 : values[i];
            ones[i] = missing ? 0 : 1;
        }
        double[] counts = Dot.columnSums(ones, columns);
        double[] means = Dot.columnSums(present, columns);
        Arrays.setAll(means, j -> means[j] / counts[j]);
        // Chan, Golub and LeVeque: two passes, and the rounding of the mean taken back.
        for (int i = 0; i < values.length; i++) {
            present[i] = ones[i] == 0 ? 0 : values[i] - means[i % columns];
        }
        double[] errors = Dot.columnSums(present, columns);
        for (int i = 0; i < values.length; i++) {
            present[i] *= present[i];
        }
        double[] squares = Dot.columnSums(present, columns);
        double[] scales = new double[columns];
        for (int j = 0; j < columns; j++) {
            squares[j] = (squares[j] - errors[j] * errors[j] / counts[j]) / counts[j];
            double rounding = counts[j] * means[j] * EPSILON;
            boolean constant = squares[j] <= counts[j] * EPSILON * squares[j] + rounding * rounding;
            scales[j] = constant || !withStd ? 1 : Math.sqrt(squares[j]);
        }
        mean = means;
        variance = squares;
        scale = scales;
    }

    @Override
    double forward(double value, int column) {
        return (withMean ? value - mean[column] : value) / scale[column];
    }

    @Override
    double backward(double value, int column) {
        return withMean ? value * scale[column] + mean[column] : value * scale[column];
    }
}
