// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import dev.ashlar.type.InvalidArgumentException;

/**
 * Multiplies negative elements with slopes that are drawn evenly in training mode, and with their mean else; see
 * {@link Tensor#rrelu(double, double, boolean, dev.ashlar.Generator)}.
 *
 * @see <a href="https://arxiv.org/abs/1505.00853">Xu et al.: Empirical evaluation of rectified activations in convolutional network</a>
 */
public final class RReLU extends ConcreteModule<RReLU> implements Layer {
    private final double lower;
    private final double upper;

    /** Creates the layer with slopes from 1/8 to 1/3. */
    public RReLU() {
        this(1.0 / 8, 1.0 / 3);
    }

    /** @param upper at least {@code lower} */
    public RReLU(double lower, double upper) {
        if (!(lower <= upper)) {
            throw new InvalidArgumentException("[rrelu] expected lower <= upper, got " + lower + " and " + upper + "; swap them");
        }
        this.lower = lower;
        this.upper = upper;
    }

    @Override
    public Tensor forward(Tensor input) {
        return hooked(input, given -> given.rrelu(lower, upper, isTraining(), null));
    }

    @Override
    public String extraRepr() {
        return "lower=" + Repr.of(lower) + ", upper=" + Repr.of(upper);
    }
}
