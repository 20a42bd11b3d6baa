// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/**
 * Computes the distance between vectors along the last dimension; see
 * {@link Tensor#pairwiseDistance(Tensor, double, double, boolean)}.
 */
public final class PairwiseDistance extends ConcreteModule<PairwiseDistance> {
    private final double p;
    private final double epsilon;
    private final boolean keepDim;

    /** Creates the module for Euclidean distances, with epsilon 1e-6. */
    public PairwiseDistance() {
        this(2, 1e-6, false);
    }

    /**
     * @param p the order of the norm
     * @param epsilon added to each difference
     * @param keepDim whether the dimension stays, with size 1
     */
    public PairwiseDistance(double p, double epsilon, boolean keepDim) {
        this.p = p;
        this.epsilon = epsilon;
        this.keepDim = keepDim;
    }

    /** Returns the distances; inputs broadcast. */
    public Tensor forward(Tensor first, Tensor second) {
        return hooked(first, second, (a, b) -> a.pairwiseDistance(b, p, epsilon, keepDim));
    }
}
