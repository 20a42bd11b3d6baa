// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import dev.ashlar.Tensor;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;

/**
 * Moves and stretches columns by what it has learned from training rows, as scikit-learn's scalers do. NaN is left out of what is learned,
 * and stays NaN.
 *
 * @param <S> the class itself
 */
public abstract sealed class Scaler<S extends Scaler<S>> permits StandardScaler, MinMaxScaler {
    private final String name;
    private int columns = -1;

    Scaler(String name) {
        this.name = name;
    }

    /** Learns from rows; what was learned before is forgotten. Returns this. */
    @SuppressWarnings("unchecked")
    public S fit(DoubleMatrix rows) {
        if (rows.rows() == 0 || rows.columns() == 0) {
            throw new InvalidArgumentException("[" + name + " fit] expected at least one row and one column, got " + rows
                    + "; scale what the model is trained with");
        }
        learn(rows);
        columns = rows.columns();
        return (S) this;
    }

    /** Learns from the rows of a tensor, [rows, columns] or [rows]. Returns this. */
    public S fit(Tensor rows) {
        return fit(DoubleMatrix.of(rows));
    }

    /** Returns the scaled rows. */
    public DoubleMatrix transform(DoubleMatrix rows) {
        return changed("transform", rows, true);
    }

    /** Returns the scaled rows of a tensor, [rows, columns] or [rows], in its type and on its device. Computed in float64 on the host. */
    public Tensor transform(Tensor rows) {
        return changed("transform", rows, true);
    }

    /** Learns from rows and returns them scaled. */
    public DoubleMatrix fitTransform(DoubleMatrix rows) {
        return fit(rows).transform(rows);
    }

    /** Learns from the rows of a tensor and returns them scaled. */
    public Tensor fitTransform(Tensor rows) {
        return fit(rows).transform(rows);
    }

    /** Returns what rows were before they were scaled. */
    public DoubleMatrix inverseTransform(DoubleMatrix rows) {
        return changed("inverseTransform", rows, false);
    }

    /** Returns what the rows of a tensor were before they were scaled, in its type and on its device. */
    public Tensor inverseTransform(Tensor rows) {
        return changed("inverseTransform", rows, false);
    }

    abstract void learn(DoubleMatrix rows);

    abstract double forward(double value, int column);

    abstract double backward(double value, int column);

    final void requireFit(String operation) {
        if (columns < 0) {
            throw new InvalidArgumentException("[" + name + " " + operation + "] expected a scaler that has learned, got a new one;"
                    + " call fit first");
        }
    }

    private DoubleMatrix changed(String operation, DoubleMatrix rows, boolean forward) {
        requireFit(operation);
        if (rows.columns() != columns) {
            throw new ShapeMismatchException("[" + name + " " + operation + "] expected rows of " + columns + " columns as in fit, got "
                    + rows.columns());
        }
        DoubleMatrix result = DoubleMatrix.allocate(rows.rows(), columns);
        for (int i = 0; i < result.values().length; i++) {
            double value = rows.values()[i];
            result.values()[i] = forward ? forward(value, i % columns) : backward(value, i % columns);
        }
        return result;
    }

    private Tensor changed(String operation, Tensor rows, boolean forward) {
        DoubleMatrix result = changed(operation, DoubleMatrix.of(rows), forward);
        return result.toTensor().reshape(rows.shape().toArray()).to(rows.dtype()).to(rows.device());
    }
}
