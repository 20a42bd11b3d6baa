// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/**
 * In training mode, sets whole channels of images, [batch, channels, rows, columns], to 0 with probability p and multiplies the others by 1
 * / (1 - p); else returns its input. Numbers are drawn from {@link dev.ashlar.Ashlar#generator()}, the same ones on every device.
 *
 * @see <a href="https://arxiv.org/abs/1411.4280">Tompson et al.: Efficient object localization using convolutional networks</a>
 */
public final class Dropout2d extends DroppingLayer<Dropout2d> {
    /** Creates the layer with probability 0.5. */
    public Dropout2d() {
        this(0.5);
    }

    /** @param probability of being dropped, in [0, 1] */
    public Dropout2d(double probability) {
        super("dropout2d", probability, Tensor::dropout2d);
    }
}
