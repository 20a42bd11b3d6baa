// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.data;

import dev.ashlar.Generator;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Some samples in random order.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/data.html#torch.utils.data.SubsetRandomSampler">
 *     torch.utils.data.SubsetRandomSampler</a>
 */
public final class SubsetRandomSampler implements Sampler {
    private final long[] indices;
    private final @Nullable Generator generator;

    /** Creates a sampler that draws from the default generator. */
    public SubsetRandomSampler(long... indices) {
        this(indices, null);
    }

    /** @param generator null for the default one */
    public SubsetRandomSampler(long[] indices, @Nullable Generator generator) {
        this.indices = indices.clone();
        this.generator = generator;
    }

    @Override
    public @Nullable Generator generator() {
        return generator;
    }

    @Override
    public long size() {
        return indices.length;
    }

    @Override
    public long[] order(Generator source) {
        return Arrays.stream(source.permutation(indices.length)).map(at -> indices[(int) at]).toArray();
    }
}
