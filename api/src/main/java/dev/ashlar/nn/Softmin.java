// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

/** Applies {@link dev.ashlar.Tensor#softmin(int)}. */
public final class Softmin extends StatelessLayer<Softmin> {
    /** @param dim the dimension whose sums become 1; negative values count from the end */
    public Softmin(int dim) {
        super(x -> x.softmin(dim), "dim=" + dim);
    }
}
