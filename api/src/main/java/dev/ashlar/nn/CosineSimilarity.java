// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/** Computes the cosine of the angle between vectors along a dimension; see {@link Tensor#cosineSimilarity(Tensor, int, double)}. */
public final class CosineSimilarity extends ConcreteModule<CosineSimilarity> {
    private final int dim;
    private final double epsilon;

    /** Creates the module for dimension 1, with epsilon 1e-8. */
    public CosineSimilarity() {
        this(1, 1e-8);
    }

    /** @param epsilon what lengths are at least taken as */
    public CosineSimilarity(int dim, double epsilon) {
        this.dim = dim;
        this.epsilon = epsilon;
    }

    /** Returns the cosines; inputs broadcast. */
    public Tensor forward(Tensor first, Tensor second) {
        return hooked(first, second, (a, b) -> a.cosineSimilarity(b, dim, epsilon));
    }
}
