// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/**
 * In training mode, sets each element to 0 with probability p and multiplies the others by 1 / (1 - p); else returns
 * its input. Numbers are drawn from {@link dev.ashlar.Ashlar#generator()}, the same ones on every device.
 *
 * @see <a href="https://arxiv.org/abs/1207.0580">Hinton et al.: Improving neural networks by preventing co-adaptation</a>
 */
public final class Dropout extends DroppingLayer<Dropout> {
    /** Creates the layer with probability 0.5. */
    public Dropout() {
        this(0.5);
    }

    /** @param probability of being dropped, in [0, 1] */
    public Dropout(double probability) {
        super("dropout", probability, Tensor::dropout);
    }
}
