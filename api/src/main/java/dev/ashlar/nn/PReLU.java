// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import dev.ashlar.type.InvalidArgumentException;

/**
 * Multiplies negative elements with a slope that is learned: {@code weight}, one for all or one for each channel.
 *
 * @see <a href="https://arxiv.org/abs/1502.01852">He et al.: Delving deep into rectifiers</a>
 */
public final class PReLU extends ConcreteModule<PReLU> implements Layer {
    private final Parameter weight;

    /** Creates the layer with one slope, 0.25 at first. */
    public PReLU() {
        this(1, 0.25);
    }

    /**
     * @param count of slopes: 1, or the size of dimension 1 of the input
     * @param initial what slopes start with
     */
    public PReLU(long count, double initial) {
        if (count < 1) {
            throw new InvalidArgumentException("[prelu] expected one slope or one per channel, got " + count + "; 1 is usual");
        }
        weight = registerParameter("weight", Tensor.full(initial, count));
    }

    @Override
    public Tensor forward(Tensor input) {
        return hooked(input, given -> given.prelu(weight.tensor()));
    }

    /** Returns the slopes as they are now. */
    public Tensor weight() {
        return weight.tensor();
    }

    @Override
    public String extraRepr() {
        return "num_parameters=" + weight.shape().elements();
    }
}
