// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.data;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Which samples each batch of an epoch has.
 *
 * @param samples size of the data set
 * @param batchSize samples per batch; the last one may have fewer
 * @param batches number of batches
 * @param order a permutation of the samples, or null if they keep their order
 */
record BatchPlan(int samples, int batchSize, int batches, long @Nullable [] order) {
    int from(int batch) {
        return batch * batchSize;
    }

    int to(int batch) {
        return (int) Math.min(samples, (batch + 1L) * batchSize);
    }

    /** Returns the samples of a batch. */
    long[] indices(int batch) {
        return order == null
                ? LongStream.range(from(batch), to(batch)).toArray()
                : Arrays.copyOfRange(order, from(batch), to(batch));
    }
}
