// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.data;

import dev.ashlar.Tensor;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.List;
import java.util.stream.Stream;

/** Data that lies in tensors: sample i is the i-th row of each of them. */
public final class TensorDataset implements Dataset {
    private final List<Tensor> tensors;

    /** @param tensors at least one; all with the same first dimension */
    public TensorDataset(Tensor... tensors) {
        if (tensors.length == 0) {
            throw new InvalidArgumentException("[tensorDataset] expected at least one tensor, got none");
        }
        for (Tensor tensor : tensors) {
            if (tensor.dim() == 0 || tensors[0].dim() == 0 || tensor.size(0) != tensors[0].size(0)) {
                throw new ShapeMismatchException("[tensorDataset] expected tensors with the same first dimension, got "
                        + Stream.of(tensors).map(Tensor::shape).toList());
            }
        }
        this.tensors = List.of(tensors);
    }

    /** Returns the tensors that hold all samples. */
    public List<Tensor> tensors() {
        return tensors;
    }

    @Override
    public long size() {
        return tensors.getFirst().size(0);
    }

    @Override
    public List<Tensor> get(long index) {
        Indices.check("tensorDataset", index, size());
        return tensors.stream().map(tensor -> tensor.select(0, index)).toList();
    }
}
