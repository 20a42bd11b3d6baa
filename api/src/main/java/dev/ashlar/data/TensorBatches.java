// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.data;

import dev.ashlar.Device;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** An epoch of a {@link TensorDataset}: rows in their order are slices, others are selected on the device. */
final class TensorBatches implements Iterator<Batch> {
    private final TensorDataset dataset;
    private final BatchPlan plan;
    private final List<Tensor> open = new ArrayList<>();
    private int next;

    TensorBatches(TensorDataset dataset, BatchPlan plan) {
        this.dataset = dataset;
        this.plan = plan;
    }

    @Override
    public boolean hasNext() {
        boolean more = next < plan.batches();
        if (!more) {
            closeLast();
        }
        return more;
    }

    @Override
    public Batch next() {
        if (next >= plan.batches()) {
            throw new NoSuchElementException("[dataLoader] the epoch has " + plan.batches() + " batches only");
        }
        closeLast();
        int batch = next++;
        try (var _ = Autograd.noGrad()) {
            List<Tensor> tensors = plan.order() == null ? slices(batch) : selections(batch);
            return new Batch(tensors, plan.to(batch) - plan.from(batch));
        }
    }

    private List<Tensor> slices(int batch) {
        int from = plan.from(batch);
        int rows = plan.to(batch) - from;
        // These are not closed: they own no memory, and a batch of all rows is the data set's tensor itself.
        return dataset.tensors().stream().map(tensor -> tensor.narrow(0, from, rows)).toList();
    }

    private List<Tensor> selections(int batch) {
        Map<Device, Tensor> rows = new HashMap<>();
        List<Tensor> tensors = new ArrayList<>();
        for (Tensor tensor : dataset.tensors()) {
            Tensor index = rows.computeIfAbsent(tensor.device(), device -> Tensor.of(plan.indices(batch)).to(device));
            tensors.add(tensor.indexSelect(0, index));
        }
        open.addAll(tensors);
        open.addAll(rows.values());
        return tensors;
    }

    private void closeLast() {
        open.forEach(Tensor::close);
        open.clear();
    }
}
