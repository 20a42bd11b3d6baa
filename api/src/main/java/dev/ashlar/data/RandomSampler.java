// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.data;

import dev.ashlar.Generator;
import dev.ashlar.type.InvalidArgumentException;
import org.jspecify.annotations.Nullable;

/**
 * Samples in random order, with {@link Generator#pytorch} in that of PyTorch.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/data.html#torch.utils.data.RandomSampler">torch.utils.data.RandomSampler</a>
 */
public final class RandomSampler implements Sampler {
    private final int count;
    private boolean replacement;
    private long numSamples = -1;
    private @Nullable Generator generator;

    public RandomSampler(Dataset dataset) {
        this(dataset.size());
    }

    /** @param size how many samples there are, at least 1 */
    public RandomSampler(long size) {
        count = Indices.count("randomSampler", size);
        if (count == 0) {
            throw new InvalidArgumentException("[randomSampler] expected at least one sample, got an empty data set");
        }
    }

    /** Sets whether a sample may be drawn again; false from the start. Returns this. */
    public RandomSampler replacement(boolean again) {
        replacement = again;
        return this;
    }

    /**
     * Sets how many samples an epoch has; as many as there are from the start. Where it has more, without replacement, all are drawn
     * once before one is drawn again. Returns this.
     */
    public RandomSampler numSamples(long samples) {
        if (samples < 1) {
            throw new InvalidArgumentException("[randomSampler] expected a number of samples >= 1, got " + samples);
        }
        numSamples = Indices.count("randomSampler", samples);
        return this;
    }

    /** Sets a generator for this sampler alone. Returns this. */
    public RandomSampler generator(@Nullable Generator own) {
        generator = own;
        return this;
    }

    @Override
    public @Nullable Generator generator() {
        return generator;
    }

    @Override
    public long size() {
        return numSamples < 0 ? count : numSamples;
    }

    @Override
    public long[] order(Generator source) {
        return source.epoch(count, (int) size(), replacement, generator != null);
    }
}
