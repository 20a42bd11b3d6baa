// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.type.ShapeMismatchException;

/**
 * Computes {@code input * std + mean} with constants that belong to the state: as the last layer of a model, it makes scaling
 * part of what is saved and moved.
 */
public final class Destandardize extends ConcreteModule<Destandardize> implements Layer {
    private final Buffer mean;
    private final Buffer std;

    /**
     * @param mean broadcasts with the input
     * @param std of the shape of {@code mean}; not 0
     */
    public Destandardize(Tensor mean, Tensor std) {
        if (!mean.shape().equals(std.shape())) {
            throw new ShapeMismatchException("[destandardize] expected mean and std of one shape, got " + mean.shape() + " and "
                    + std.shape());
        }
        this.mean = registerBuffer("mean", mean);
        this.std = registerBuffer("std", std);
    }

    /**
     * Returns the layer with mean and deviation of each column; a column without any gets 1.
     *
     * @param rows [rows, columns], two rows or more
     */
    public static Destandardize of(Tensor rows) {
        try (var _ = Autograd.noGrad()) {
            return new Destandardize(rows.mean(0), Columns.deviation(rows));
        }
    }

    @Override
    public Tensor forward(Tensor input) {
        return hooked(input, given -> given.mul(std.tensor()).add(mean.tensor()));
    }

    /** Returns the mean as it is now. */
    public Tensor mean() {
        return mean.tensor();
    }

    /** Returns the deviation as it is now. */
    public Tensor std() {
        return std.tensor();
    }

    @Override
    public String extraRepr() {
        return mean.shape().toString();
    }
}
