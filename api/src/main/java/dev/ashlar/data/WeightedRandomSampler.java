// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.data;

import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.type.InvalidArgumentException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Samples drawn by their weights: rare classes as often as common ones, for example.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/data.html#torch.utils.data.WeightedRandomSampler">
 *     torch.utils.data.WeightedRandomSampler</a>
 */
public final class WeightedRandomSampler implements Sampler {
    private final double[] weights;
    private final int numSamples;
    private final boolean replacement;
    private final @Nullable Generator generator;

    /** Creates a sampler with replacement that draws from the default generator. */
    public WeightedRandomSampler(double[] weights, long numSamples) {
        this(weights, numSamples, true, null);
    }

    /**
     * @param weights one for each sample, at least 0; they need not sum to 1
     * @param numSamples how many samples an epoch has, at least 1
     * @param replacement whether a sample may be drawn again
     * @param generator null for the default one
     */
    public WeightedRandomSampler(double[] weights, long numSamples, boolean replacement, @Nullable Generator generator) {
        long drawable = Arrays.stream(weights).filter(weight -> weight > 0).count();
        if (Arrays.stream(weights).anyMatch(weight -> !(weight >= 0 && weight < Double.POSITIVE_INFINITY)) || drawable == 0) {
            throw new InvalidArgumentException("[weightedRandomSampler] expected finite weights >= 0, some above 0, got "
                    + (weights.length > 10 ? weights.length + " others" : Arrays.toString(weights)));
        }
        if (numSamples < 1 || !replacement && numSamples > weights.length) {
            throw new InvalidArgumentException("[weightedRandomSampler] expected at least one sample, without replacement at most "
                    + weights.length + ", got " + numSamples);
        }
        this.weights = weights.clone();
        this.numSamples = Indices.count("weightedRandomSampler", numSamples);
        this.replacement = replacement;
        this.generator = generator;
    }

    @Override
    public @Nullable Generator generator() {
        return generator;
    }

    @Override
    public long size() {
        return numSamples;
    }

    @Override
    public long[] order(Generator source) {
        return Tensor.of(weights).multinomial(numSamples, replacement, source).toLongArray();
    }
}
