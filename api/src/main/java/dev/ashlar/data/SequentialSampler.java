// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.data;

import dev.ashlar.Generator;
import java.util.stream.LongStream;

/**
 * All samples in their own order.
 *
 * @param size how many
 * @see <a href="https://docs.pytorch.org/docs/stable/data.html#torch.utils.data.SequentialSampler">torch.utils.data.SequentialSampler</a>
 */
public record SequentialSampler(long size) implements Sampler {
    public SequentialSampler(Dataset dataset) {
        this(dataset.size());
    }

    @Override
    public long[] order(Generator source) {
        return LongStream.range(0, size).toArray();
    }
}
