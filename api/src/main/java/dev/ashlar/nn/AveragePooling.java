// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import org.jspecify.annotations.Nullable;

/** The mean of each window, over any number of dimensions. */
abstract class AveragePooling<M extends AveragePooling<M>> extends StatelessLayer<M> {
    /** An operation such as {@link Tensor#avgPool2d(int[], int[], int[], boolean, boolean, Long)}. */
    @FunctionalInterface
    interface Mean {
        Tensor of(
                Tensor input,
                int[] kernel,
                int @Nullable [] stride,
                int[] padding,
                boolean ceilMode,
                boolean countIncludePad,
                @Nullable Long divisorOverride);
    }

    AveragePooling(
            int rank,
            Mean mean,
            int[] kernel,
            int @Nullable [] stride,
            int[] padding,
            boolean ceilMode,
            boolean countIncludePad,
            @Nullable Long divisorOverride) {
        String name = "avgPool" + rank + "d";
        int[] sizes = Windows.checked(name, "kernel", rank, kernel, 1);
        int[] steps = Windows.checked(name, "stride", rank, stride == null ? kernel : stride, 1);
        int[] added = Windows.checked(name, "padding", rank, padding, 0);
        super(
                x -> mean.of(x, sizes, steps, added, ceilMode, countIncludePad, divisorOverride),
                "kernel_size=" + repr(rank, sizes) + ", stride=" + repr(rank, steps) + ", padding=" + repr(rank, added));
    }

    private static String repr(int rank, int[] values) {
        return rank == 1 ? Repr.tuple(values) : Windows.repr(values);
    }
}
