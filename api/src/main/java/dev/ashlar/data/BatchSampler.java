// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.data;

import dev.ashlar.Generator;
import dev.ashlar.type.InvalidArgumentException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides which samples each batch of an epoch has: samples of similar length together, for example.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/data.html#torch.utils.data.BatchSampler">torch.utils.data.BatchSampler</a>
 */
public interface BatchSampler {
    /** Returns the number of batches of an epoch. */
    long size();

    /**
     * Draws the batches of the next epoch.
     *
     * @param source {@link #generator()}, or the default one if there is none; or, when a broken epoch goes on, a copy of what it was then
     */
    List<long[]> batches(Generator source);

    /** Returns the generator that was set for this sampler alone; null if it draws from the default one. */
    default @Nullable Generator generator() {
        return null;
    }

    /**
     * Returns batches of the same size, in a sampler's order.
     *
     * @param batchSize at least 1
     * @param dropLast whether a last batch with fewer samples is left out
     */
    static BatchSampler of(Sampler sampler, int batchSize, boolean dropLast) {
        if (batchSize < 1) {
            throw new InvalidArgumentException("[batchSampler] expected a batch size >= 1, got " + batchSize);
        }
        return new EvenBatches(sampler, batchSize, dropLast);
    }

    /**
     * See {@link BatchSampler#of}.
     *
     * @param sampler decides about the order
     * @param batchSize samples per batch
     * @param dropLast whether a last batch with fewer samples is left out
     */
    record EvenBatches(Sampler sampler, int batchSize, boolean dropLast) implements BatchSampler {
        @Override
        public long size() {
            return dropLast ? sampler.size() / batchSize : Math.ceilDiv(sampler.size(), batchSize);
        }

        @Override
        public @Nullable Generator generator() {
            return sampler.generator();
        }

        @Override
        public List<long[]> batches(Generator source) {
            long[] order = sampler.order(source);
            List<long[]> batches = new ArrayList<>();
            for (int from = 0; from < order.length; from += batchSize) {
                int to = Math.min(order.length, from + batchSize);
                if (to - from == batchSize || !dropLast) {
                    batches.add(Arrays.copyOfRange(order, from, to));
                }
            }
            return batches;
        }
    }
}
