// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.type.InvalidArgumentException;

/** Applies {@link dev.ashlar.Tensor#hardtanh(double, double)}: {@code clamp(x, min, max)}. */
public final class Hardtanh extends StatelessLayer<Hardtanh> {
    /** Creates the layer with limits -1 and 1. */
    public Hardtanh() {
        this(-1, 1);
    }

    /** @param max above {@code min} */
    public Hardtanh(double min, double max) {
        super(x -> x.hardtanh(min, max), "min_val=" + Repr.of(min) + ", max_val=" + Repr.of(max));
        if (!(min < max)) {
            throw new InvalidArgumentException("[hardtanh] expected min < max, got " + min + " and " + max + "; swap them");
        }
    }
}
