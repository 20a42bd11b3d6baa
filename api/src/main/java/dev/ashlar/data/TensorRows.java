// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.data;

import dev.ashlar.Device;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Batches of a {@link TensorDataset}: neighbouring rows are slices, others are selected on the device. */
final class TensorRows {
    private TensorRows() {}

    /** Returns whether samples are rows of tensors, all of them or some. */
    static boolean areRows(Dataset dataset) {
        return dataset instanceof TensorDataset || dataset instanceof Subset subset && areRows(subset.source());
    }

    /** Returns a batch, or null if samples are no rows of tensors. */
    static BatchMaker.@Nullable Made select(Dataset dataset, long[] indices) {
        return switch (dataset) {
            case Subset subset -> select(subset.source(), subset.inSource(indices));
            case TensorDataset tensors -> rows(tensors, indices);
            default -> null;
        };
    }

    private static BatchMaker.Made rows(TensorDataset dataset, long[] rows) {
        try (var _ = Autograd.noGrad()) {
            if (areNeighbours(rows)) {
                List<Tensor> slices = dataset.tensors().stream()
                        .map(tensor -> tensor.narrow(0, rows[0], rows.length))
                        .toList();
                // A batch of all rows is the data set's tensor itself.
                List<Tensor> owned = slices.stream().filter(slice -> !dataset.tensors().contains(slice)).toList();
                return new BatchMaker.Made(slices, owned, rows.length);
            }
            Map<Device, Tensor> indices = new HashMap<>();
            List<Tensor> tensors = new ArrayList<>();
            for (Tensor tensor : dataset.tensors()) {
                Tensor index = indices.computeIfAbsent(tensor.device(), device -> Tensor.of(rows).to(device));
                tensors.add(tensor.indexSelect(0, index));
            }
            List<Tensor> owned = new ArrayList<>(tensors);
            owned.addAll(indices.values());
            return new BatchMaker.Made(tensors, owned, rows.length);
        }
    }

    private static boolean areNeighbours(long[] rows) {
        for (int i = 1; i < rows.length; i++) {
            if (rows[i] != rows[0] + i) {
                return false;
            }
        }
        return rows.length > 0;
    }
}
