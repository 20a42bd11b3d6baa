// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

/** Applies {@link dev.ashlar.Tensor#hardshrink(double)}. */
public final class Hardshrink extends StatelessLayer<Hardshrink> {
    /** Creates the layer with 0.5. */
    public Hardshrink() {
        this(0.5);
    }

    /** @param lambda elements from minus it to it become 0 */
    public Hardshrink(double lambda) {
        super(x -> x.hardshrink(lambda), Repr.of(lambda));
    }
}
