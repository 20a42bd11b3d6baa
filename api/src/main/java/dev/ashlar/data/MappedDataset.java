// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.data;

import dev.ashlar.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;

/** See {@link Dataset#map}. */
record MappedDataset(Dataset source, UnaryOperator<List<Tensor>> change) implements Dataset {
    @Override
    public long size() {
        return source.size();
    }

    @Override
    public List<Tensor> get(long index) {
        return change.apply(source.get(index));
    }
}
