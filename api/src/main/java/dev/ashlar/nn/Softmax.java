// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

/** Applies {@link dev.ashlar.Tensor#softmax(int)}. */
public final class Softmax extends StatelessLayer<Softmax> {
    /** @param dim the dimension whose sums become 1; negative values count from the end */
    public Softmax(int dim) {
        super(x -> x.softmax(dim), "dim=" + dim);
    }
}
