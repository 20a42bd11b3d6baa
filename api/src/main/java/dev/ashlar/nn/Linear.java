// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import dev.ashlar.type.InvalidArgumentException;
import org.jspecify.annotations.Nullable;

/**
 * Computes {@code input * weight^T + bias} over the last dimension: [..., inputs] to [..., outputs].
 *
 * <p>Weight [outputs, inputs] and bias [outputs] start evenly in plus or minus 1 / sqrt(inputs).
 */
public final class Linear extends ConcreteModule<Linear> implements Layer {
    private final long inputs;
    private final long outputs;
    private final Parameter weight;
    private final @Nullable Parameter bias;

    /** Creates a layer with bias. */
    public Linear(long inputs, long outputs) {
        this(inputs, outputs, true);
    }

    /**
     * @param inputs size of the last dimension of the input, &gt;= 0; without any the result is the bias
     * @param outputs size of the last dimension of the result, &gt;= 0
     * @param withBias whether a bias is added
     */
    public Linear(long inputs, long outputs, boolean withBias) {
        if (inputs < 0 || outputs < 0) {
            throw new InvalidArgumentException("[linear] expected sizes >= 0, got " + inputs + " inputs and " + outputs + " outputs");
        }
        this.inputs = inputs;
        this.outputs = outputs;
        double bound = inputs == 0 ? 0 : 1 / Math.sqrt(inputs);
        weight = registerParameter("weight", inputs == 0 ? Tensor.zeros(outputs, 0) : Init.drawWeight(outputs, inputs));
        bias = withBias ? registerParameter("bias", Init.drawUniform(bound, outputs)) : null;
    }

    @Override
    public Tensor forward(Tensor input) {
        return hooked(input, given -> given.linear(weight.tensor(), bias()));
    }

    /** Returns the weight as it is now, [outputs, inputs]. */
    public Tensor weight() {
        return weight.tensor();
    }

    /** Returns the bias as it is now, [outputs], or null if there is none. */
    public @Nullable Tensor bias() {
        return bias == null ? null : bias.tensor();
    }

    @Override
    public String extraRepr() {
        return "in_features=" + inputs + ", out_features=" + outputs + ", bias=" + Repr.of(bias != null);
    }
}
