// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import org.jspecify.annotations.Nullable;

/**
 * Normalises over the last dimensions to mean 0 and variance 1, then multiplies by {@code weight} and adds {@code bias}, both of those
 * dimensions' shape; they start at 1 and 0.
 *
 * @see <a href="https://arxiv.org/abs/1607.06450">Ba, Kiros, Hinton: Layer normalization</a>
 */
public final class LayerNorm extends ConcreteModule<LayerNorm> implements Layer {
    private final Shape normalized;
    private final double epsilon;
    private final @Nullable Parameter weight;
    private final @Nullable Parameter bias;

    /** Creates the layer for these last dimensions, with 1e-5 added to the variance. */
    public LayerNorm(long... normalized) {
        this(Shape.of(normalized), 1e-5, true);
    }

    /** Creates the layer with both weight and bias, or none. */
    public LayerNorm(Shape normalized, double epsilon, boolean affine) {
        this(normalized, epsilon, affine, true);
    }

    /**
     * @param normalized sizes of the last dimensions, at least one
     * @param epsilon added to the variance, &gt; 0
     * @param affine whether there is a weight
     * @param withBias whether there is a bias beside the weight
     */
    public LayerNorm(Shape normalized, double epsilon, boolean affine, boolean withBias) {
        this.normalized = checked("layerNorm", normalized);
        this.epsilon = epsilon;
        weight = affine ? registerParameter("weight", Tensor.ones(normalized.toArray())) : null;
        bias = affine && withBias ? registerParameter("bias", Tensor.zeros(normalized.toArray())) : null;
    }

    static Shape checked(String name, Shape normalized) {
        if (normalized.rank() == 0) {
            throw new ShapeMismatchException("[" + name + "] expected at least one dimension to normalise over, got none; name their sizes");
        }
        return normalized;
    }

    @Override
    public Tensor forward(Tensor input) {
        return hooked(input, given -> given.layerNorm(normalized.toArray(), weight(), bias(), epsilon));
    }

    /** Returns the weight as it is now, or null if there is none. */
    public @Nullable Tensor weight() {
        return weight == null ? null : weight.tensor();
    }

    /** Returns the bias as it is now, or null if there is none. */
    public @Nullable Tensor bias() {
        return bias == null ? null : bias.tensor();
    }

    @Override
    public String extraRepr() {
        return Repr.tuple(normalized.toArray()) + ", eps=" + Repr.of(epsilon) + ", elementwise_affine=" + Repr.of(weight != null)
                + ", bias=" + Repr.of(bias != null);
    }
}
