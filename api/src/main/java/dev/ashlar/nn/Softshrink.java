// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

/** Applies {@link dev.ashlar.Tensor#softshrink(double)}. */
public final class Softshrink extends StatelessLayer<Softshrink> {
    /** Creates the layer with 0.5. */
    public Softshrink() {
        this(0.5);
    }

    /** @param lambda elements move towards 0 by it; &gt;= 0 */
    public Softshrink(double lambda) {
        super(x -> x.softshrink(lambda), Repr.of(lambda));
    }
}
