// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import dev.ashlar.type.ShapeMismatchException;

/** Checks of the number of dimensions. */
final class Ranks {
    private Ranks() {}

    /** Returns the input if it has from {@code least} to {@code most} dimensions. */
    static Tensor checked(String name, Tensor input, int least, int most) {
        int rank = input.dim();
        if (rank < least || rank > most) {
            throw new ShapeMismatchException("[" + name + "] expected " + least + (least == most ? "" : " or " + most)
                    + " dimensions, got shape " + input.shape() + "; add missing ones with unsqueeze");
        }
        return input;
    }
}
