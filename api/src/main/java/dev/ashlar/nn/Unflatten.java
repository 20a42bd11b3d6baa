// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

/** Makes several dimensions of one. */
public final class Unflatten extends StatelessLayer<Unflatten> {
    /**
     * @param dim negative values count from the end
     * @param sizes of the dimensions that take its place; one may be -1, which is what is left
     */
    public Unflatten(int dim, long... sizes) {
        super(x -> x.unflatten(dim, sizes), "dim=" + dim + ", unflattened_size=" + Repr.tuple(sizes));
    }
}
