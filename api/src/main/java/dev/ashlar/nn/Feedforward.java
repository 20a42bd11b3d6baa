// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/** The part that the layers of encoders and decoders share; its modules belong to the layer that made it, under PyTorch's names. */
record Feedforward(Linear linear1, Dropout dropout, Linear linear2, Dropout last, Layer activation) {

    Tensor forward(Tensor input) {
        return last.forward(linear2.forward(dropout.forward(activation.forward(linear1.forward(input)))));
    }
}
