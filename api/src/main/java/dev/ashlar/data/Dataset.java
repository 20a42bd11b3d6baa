// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.data;

import dev.ashlar.Ashlar;
import dev.ashlar.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Numbered samples.
 *
 * <p>A loader with several workers asks for several samples at the same time, from different threads; a loader without them, or with one,
 * asks for one after the other. While it asks, {@link Ashlar#generator()} is one that belongs to the sample's place in the epoch, so that
 * random changes of samples do not depend on the number of workers.
 */
public interface Dataset {
    /** Returns the number of samples. */
    long size();

    /**
     * Returns one sample.
     *
     * @param index in [0, size)
     * @return the tensors that make up a sample, for example input and target; all samples have as many, of the same shapes and types.
     *     {@link Collate#sample} makes them of numbers
     */
    List<Tensor> get(long index);

    /**
     * Returns several samples as a batch at once, if there is a faster way than to stack them; null if there is none.
     *
     * @return new tensors, which the loader closes; one dimension more in front of those of samples
     */
    default @Nullable List<Tensor> batch(long[] indices) {
        return null;
    }

    /** Returns a data set of as many samples, each changed when it is asked for: scaled, or cropped at random. */
    default Dataset map(UnaryOperator<List<Tensor>> change) {
        return new MappedDataset(this, change);
    }
}
