// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import org.jspecify.annotations.Nullable;

/** The way back of a pooling that picked the largest elements, over any number of dimensions. */
abstract class MaxUnpooling<M extends MaxUnpooling<M>> extends ConcreteModule<M> {
    private final Unpool unpool;
    private final int[] kernel;
    private final int[] stride;
    private final int[] padding;

    /** An operation such as {@link Tensor#maxUnpool2d(Tensor, int[], int[], int[], long[])}. */
    @FunctionalInterface
    interface Unpool {
        Tensor of(Tensor input, Tensor indices, int[] kernel, int @Nullable [] stride, int[] padding, long @Nullable [] outputSize);
    }

    MaxUnpooling(int rank, Unpool unpool, int[] kernel, int @Nullable [] stride, int[] padding) {
        String name = "maxUnpool" + rank + "d";
        this.unpool = unpool;
        this.kernel = Windows.each(name, "kernel", rank, kernel, 1);
        this.stride = Windows.each(name, "stride", rank, stride == null ? kernel : stride, 1);
        this.padding = Windows.each(name, "padding", rank, padding, 0);
    }

    /** Returns the smallest tensor that pooling may have made the input of. */
    public Tensor forward(Tensor input, Tensor indices) {
        return forward(input, indices, (long[]) null);
    }

    /**
     * Returns elements at their places, and zeros.
     *
     * @param indices int64, of the input's shape
     * @param outputSize the size that was pooled, the dimensions before it may be included; null for the smallest that fits
     */
    public Tensor forward(Tensor input, Tensor indices, long @Nullable ... outputSize) {
        return hooked(input, indices, (given, places) -> unpool.of(given, places, kernel, stride, padding, outputSize));
    }

    @Override
    public String extraRepr() {
        return "kernel_size=" + Repr.tuple(kernel) + ", stride=" + Repr.tuple(stride) + ", padding=" + Repr.tuple(padding);
    }
}
