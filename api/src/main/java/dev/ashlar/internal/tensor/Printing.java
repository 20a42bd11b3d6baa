// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Tensor;
import java.util.Arrays;

/** Renders tensors as text. */
final class Printing {
    private Printing() {}

    static String print(Tensor tensor) {
        return "tensor(" + Arrays.toString(tensor.toDoubleArray()) + ", shape=" + tensor.shape() + ")";
    }
}
