// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import dev.ashlar.ValuesAndIndices;
import dev.ashlar.type.InvalidArgumentException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The largest elements of windows at random places, over any number of dimensions; fixed samples are the buffer {@code _random_samples}.
 */
abstract class FractionalMaxPooling<M extends FractionalMaxPooling<M>> extends IndexedPooling<M> {
    /** An operation such as {@link Tensor#fractionalMaxPool2d(int[], int[], double[], Tensor)}. */
    @FunctionalInterface
    interface Fractional<T> {
        T of(Tensor input, int[] kernel, int @Nullable [] outputSize, double @Nullable [] outputRatio, @Nullable Tensor randomSamples);
    }

    FractionalMaxPooling(
            int rank,
            Fractional<Tensor> plain,
            Fractional<ValuesAndIndices> indexed,
            int[] kernel,
            int @Nullable [] outputSize,
            double @Nullable [] outputRatio,
            @Nullable Tensor randomSamples) {
        String name = "fractionalMaxPool" + rank + "d";
        int[] sizes = Windows.checked(name, "kernel", rank, kernel, 1);
        int[] counts = Windows.checkedOrNull(name, "output size", rank, outputSize, 1);
        boolean ratios = outputRatio != null && (outputRatio.length == 1 || outputRatio.length == rank)
                && Arrays.stream(outputRatio).allMatch(ratio -> ratio > 0 && ratio < 1);
        if (counts == null ? !ratios : outputRatio != null) {
            throw new InvalidArgumentException("[" + name + "] expected either an output size or ratios between 0 and 1, got "
                    + Arrays.toString(outputSize) + " and " + Arrays.toString(outputRatio) + "; null is for what is not given");
        }
        @Nullable Buffer[] samples = new @Nullable Buffer[1];
        super(
                x -> plain.of(x, sizes, counts, outputRatio, tensor(samples[0])),
                x -> indexed.of(x, sizes, counts, outputRatio, tensor(samples[0])),
                "");
        samples[0] = randomSamples == null ? null : registerBuffer("_random_samples", randomSamples);
    }

    private static @Nullable Tensor tensor(@Nullable Buffer buffer) {
        return buffer == null ? null : buffer.tensor();
    }
}
