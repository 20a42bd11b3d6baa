// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.data;

import dev.ashlar.Tensor;
import dev.ashlar.type.InvalidArgumentException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Data sets side by side: sample i has the tensors of sample i of each.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/data.html#torch.utils.data.StackDataset">torch.utils.data.StackDataset</a>
 */
public final class StackDataset implements Dataset {
    private final List<Dataset> parts;

    /** @param parts at least one; all of the same size */
    public StackDataset(Dataset... parts) {
        if (parts.length == 0 || Stream.of(parts).anyMatch(part -> part.size() != parts[0].size())) {
            throw new InvalidArgumentException("[stackDataset] expected data sets of the same size, got sizes "
                    + Stream.of(parts).map(Dataset::size).toList());
        }
        this.parts = List.of(parts);
    }

    @Override
    public long size() {
        return parts.getFirst().size();
    }

    @Override
    public List<Tensor> get(long index) {
        return parts.stream().flatMap(part -> part.get(index).stream()).toList();
    }
}
