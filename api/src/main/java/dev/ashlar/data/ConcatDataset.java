// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.data;

import dev.ashlar.Tensor;
import dev.ashlar.type.InvalidArgumentException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one data set after those of another.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/data.html#torch.utils.data.ConcatDataset">torch.utils.data.ConcatDataset</a>
 */
public final class ConcatDataset implements Dataset {
    private final List<Dataset> parts;
    /** How many samples there are up to the end of each part. */
    private final long[] ends;

    /** @param parts at least one */
    public ConcatDataset(Dataset... parts) {
        if (parts.length == 0) {
            throw new InvalidArgumentException("[concatDataset] expected at least one data set, got none");
        }
        this.parts = List.of(parts);
        ends = new long[parts.length];
        long end = 0;
        for (int i = 0; i < ends.length; i++) {
            end += parts[i].size();
            ends[i] = end;
        }
    }

    @Override
    public long size() {
        return ends[ends.length - 1];
    }

    @Override
    public List<Tensor> get(long index) {
        int part = part(index);
        return parts.get(part).get(index - start(part));
    }

    /** Is fast where all samples lie in one part. */
    @Override
    public @Nullable List<Tensor> batch(long[] indices) {
        int part = indices.length == 0 ? 0 : part(indices[0]);
        boolean together = Arrays.stream(indices).allMatch(index -> part(index) == part);
        return together ? parts.get(part).batch(Arrays.stream(indices).map(index -> index - start(part)).toArray()) : null;
    }

    private int part(long index) {
        Indices.check("concatDataset", index, size());
        int part = 0;
        while (index >= ends[part]) {
            part++;
        }
        return part;
    }

    private long start(int part) {
        return part == 0 ? 0 : ends[part - 1];
    }
}
