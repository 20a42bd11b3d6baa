// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import dev.ashlar.ValuesAndIndices;
import org.jspecify.annotations.Nullable;

/** The largest element of each window, over any number of dimensions. */
abstract class MaxPooling<M extends MaxPooling<M>> extends IndexedPooling<M> {
    /** An operation such as {@link Tensor#maxPool2d(int[], int[], int[], int[], boolean)}. */
    @FunctionalInterface
    interface Largest<T> {
        T of(Tensor input, int[] kernel, int @Nullable [] stride, int[] padding, int[] dilation, boolean ceilMode);
    }

    MaxPooling(
            int rank,
            Largest<Tensor> plain,
            Largest<ValuesAndIndices> indexed,
            int[] kernel,
            int @Nullable [] stride,
            int[] padding,
            int[] dilation,
            boolean ceilMode) {
        String name = "maxPool" + rank + "d";
        int[] sizes = Windows.checked(name, "kernel", rank, kernel, 1);
        int[] steps = Windows.checked(name, "stride", rank, stride == null ? kernel : stride, 1);
        int[] added = Windows.checked(name, "padding", rank, padding, 0);
        int[] distances = Windows.checked(name, "dilation", rank, dilation, 1);
        super(
                x -> plain.of(x, sizes, steps, added, distances, ceilMode),
                x -> indexed.of(x, sizes, steps, added, distances, ceilMode),
                "kernel_size=" + Windows.repr(sizes) + ", stride=" + Windows.repr(steps) + ", padding=" + Windows.repr(added)
                        + ", dilation=" + Windows.repr(distances) + ", ceil_mode=" + Repr.of(ceilMode));
    }
}
