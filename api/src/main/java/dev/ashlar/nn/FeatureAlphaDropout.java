// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/**
 * In training mode, sets whole features, all that follows the first two dimensions, with probability p to the value that {@link SELU} tends
 * to, scaled and moved so that mean 0 and variance 1 are kept; else returns its input.
 *
 * @see <a href="https://arxiv.org/abs/1706.02515">Klambauer et al.: Self-normalizing neural networks</a>
 */
public final class FeatureAlphaDropout extends DroppingLayer<FeatureAlphaDropout> {
    /** Creates the layer with probability 0.5. */
    public FeatureAlphaDropout() {
        this(0.5);
    }

    /** @param probability of being dropped, in [0, 1] */
    public FeatureAlphaDropout(double probability) {
        super("featureAlphaDropout", probability, Tensor::featureAlphaDropout);
    }
}
