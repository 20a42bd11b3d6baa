// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Ashlar;
import dev.ashlar.Tensor;
import dev.ashlar.type.InvalidArgumentException;

/**
 * In training mode, sets each element to 0 with probability p and multiplies the others by 1 / (1 - p); else returns its input. Numbers
 * are drawn from {@link Ashlar#generator()}, the same ones on every device.
 *
 * @see <a href="https://arxiv.org/abs/1207.0580">Hinton et al.: Improving neural networks by preventing co-adaptation</a>
 */
public final class Dropout extends ConcreteModule<Dropout> implements Layer {
    private final double probability;

    /** Creates the layer with probability 0.5. */
    public Dropout() {
        this(0.5);
    }

    /** @param probability in [0, 1] */
    public Dropout(double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new InvalidArgumentException("[dropout] expected a probability in [0, 1], got " + probability
                    + "; it is that of being dropped");
        }
        this.probability = probability;
    }

    @Override
    public Tensor forward(Tensor input) {
        return hooked(input, given -> given.dropout(probability, isTraining()));
    }

    @Override
    public String extraRepr() {
        return "p=" + Repr.of(probability) + ", inplace=False";
    }
}
