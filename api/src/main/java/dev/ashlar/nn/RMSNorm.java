// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import dev.ashlar.type.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Divides by the root mean square over the last dimensions, then multiplies by {@code weight}, of those dimensions' shape; it starts at 1.
 *
 * @see <a href="https://arxiv.org/abs/1910.07467">Zhang, Sennrich: Root mean square layer normalization</a>
 */
public final class RMSNorm extends ConcreteModule<RMSNorm> implements Layer {
    private final Shape normalized;
    private final @Nullable Double epsilon;
    private final @Nullable Parameter weight;

    /** Creates the layer for these last dimensions. */
    public RMSNorm(long... normalized) {
        this(Shape.of(normalized), null, true);
    }

    /**
     * @param normalized sizes of the last dimensions, at least one
     * @param epsilon added to the mean square; null for the distance from 1 to the next number of the type that is computed in
     * @param affine whether there is a weight
     */
    public RMSNorm(Shape normalized, @Nullable Double epsilon, boolean affine) {
        this.normalized = LayerNorm.checked("rmsNorm", normalized);
        this.epsilon = epsilon;
        weight = affine ? registerParameter("weight", Tensor.ones(normalized.toArray())) : null;
    }

    @Override
    public Tensor forward(Tensor input) {
        return hooked(input, given -> given.rmsNorm(normalized.toArray(), weight(), epsilon));
    }

    /** Returns the weight as it is now, or null if there is none. */
    public @Nullable Tensor weight() {
        return weight == null ? null : weight.tensor();
    }

    @Override
    public String extraRepr() {
        return Repr.tuple(normalized.toArray()) + ", eps=" + (epsilon == null ? "None" : Repr.of(epsilon)) + ", elementwise_affine="
                + Repr.of(weight != null);
    }
}
