// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import dev.ashlar.type.InvalidArgumentException;
import java.util.Arrays;

/**
 * Maps each column's smallest and largest value to the ends of a range. A constant column goes to the lower end.
 *
 * @see <a href="https://scikit-learn.org/stable/modules/generated/sklearn.preprocessing.MinMaxScaler.html">MinMaxScaler</a>
 */
public final class MinMaxScaler extends Scaler<MinMaxScaler> {
    private static final double CONSTANT = 10 * Math.ulp(1.0);

    private double low;
    private double high = 1;
    private boolean clip;
    private double[] least = {};
    private double[] most = {};
    private double[] scale = {};
    private double[] offset = {};

    public MinMaxScaler() {
        super("MinMaxScaler");
    }

    /** Sets the range, the lower end below the upper one; 0 to 1 from the start. Returns this. */
    public MinMaxScaler featureRange(double lower, double upper) {
        if (!(lower < upper)) {
            throw new InvalidArgumentException("[MinMaxScaler featureRange] expected a lower end below the upper one, got " + lower
                    + " and " + upper);
        }
        low = lower;
        high = upper;
        return this;
    }

    /** Sets whether values outside of what was learned go to the ends of the range; false from the start. Returns this. */
    public MinMaxScaler clip(boolean clipped) {
        clip = clipped;
        return this;
    }

    /** Returns the smallest values of the columns. */
    public double[] dataMin() {
        requireFit("dataMin");
        return least.clone();
    }

    /** Returns the largest values of the columns. */
    public double[] dataMax() {
        requireFit("dataMax");
        return most.clone();
    }

    /** Returns what the columns are multiplied by. */
    public double[] scale() {
        requireFit("scale");
        return scale.clone();
    }

    /** Returns what is added to the columns after that. */
    public double[] min() {
        requireFit("min");
        return offset.clone();
    }

    @Override
    void learn(DoubleMatrix rows) {
        int columns = rows.columns();
        double[] smallest = new double[columns];
        double[] largest = new double[columns];
        Arrays.fill(smallest, Double.NaN);
        Arrays.fill(largest, Double.NaN);
        for (int i = 0; i < rows.values().length; i++) {
            double value = rows.values()[i];
            int j = i % columns;
            // Comparisons with NaN are false: the first number replaces it.
            smallest[j] = value >= smallest[j] || Double.isNaN(value) ? smallest[j] : value;
            largest[j] = value <= largest[j] || Double.isNaN(value) ? largest[j] : value;
        }
        scale = new double[columns];
        offset = new double[columns];
        for (int j = 0; j < columns; j++) {
            double range = largest[j] - smallest[j];
            scale[j] = (high - low) / (range < CONSTANT ? 1 : range);
            offset[j] = low - smallest[j] * scale[j];
        }
        least = smallest;
        most = largest;
    }

    @Override
    double forward(double value, int column) {
        double moved = value * scale[column] + offset[column];
        return clip && !Double.isNaN(moved) ? Math.clamp(moved, low, high) : moved;
    }

    @Override
    double backward(double value, int column) {
        return (value - offset[column]) / scale[column];
    }
}
