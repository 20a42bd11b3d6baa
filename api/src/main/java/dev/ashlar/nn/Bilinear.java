// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import dev.ashlar.type.InvalidArgumentException;
import org.jspecify.annotations.Nullable;

/**
 * Computes {@code sum over i, j of first[..., i] * weight[o, i, j] * second[..., j] + bias[o]}; see {@link Tensor#bilinear}.
 *
 * <p>Weight [outputs, first inputs, second inputs] and bias [outputs] start evenly in plus or minus 1 / sqrt(first inputs).
 */
public final class Bilinear extends ConcreteModule<Bilinear> {
    private final Parameter weight;
    private final @Nullable Parameter bias;

    /** Creates a module with bias. */
    public Bilinear(long firstInputs, long secondInputs, long outputs) {
        this(firstInputs, secondInputs, outputs, true);
    }

    /** Sizes of last dimensions are &gt;= 1. */
    public Bilinear(long firstInputs, long secondInputs, long outputs, boolean withBias) {
        if (firstInputs < 1 || secondInputs < 1 || outputs < 1) {
            throw new InvalidArgumentException("[bilinear] expected sizes >= 1, got " + firstInputs + " and " + secondInputs
                    + " inputs and "
                    + outputs + " outputs");
        }
        double bound = 1 / Math.sqrt(firstInputs);
        weight = registerParameter("weight", Init.drawUniform(bound, outputs, firstInputs, secondInputs));
        bias = withBias ? registerParameter("bias", Init.drawUniform(bound, outputs)) : null;
    }

    /** Returns [..., outputs] of inputs whose leading dimensions agree. */
    public Tensor forward(Tensor first, Tensor second) {
        return hooked(first, second, (a, b) -> a.bilinear(b, weight.tensor(), bias()));
    }

    /** Returns the weight as it is now, [outputs, first inputs, second inputs]. */
    public Tensor weight() {
        return weight.tensor();
    }

    /** Returns the bias as it is now, [outputs], or null if there is none. */
    public @Nullable Tensor bias() {
        return bias == null ? null : bias.tensor();
    }

    @Override
    public String extraRepr() {
        return "in1_features=" + weight.shape().size(1) + ", in2_features=" + weight.shape().size(2) + ", out_features="
                + weight.shape().size(0) + ", bias=" + Repr.of(bias != null);
    }
}
