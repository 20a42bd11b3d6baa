// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

/**
 * What follows a layer, for the scale of its initial weights.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/nn.init.html#torch.nn.init.calculate_gain">torch.nn.init.calculate_gain</a>
 */
public enum Nonlinearity {
    LINEAR,
    CONVOLUTION,
    SIGMOID,
    TANH,
    RELU,
    LEAKY_RELU,
    SELU
}
