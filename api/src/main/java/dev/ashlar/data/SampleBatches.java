// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.data;

import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.type.InvalidArgumentException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * An epoch of a data set that makes its samples when asked. With prefetching, a virtual thread per batch asks for the samples, one
 * batch after the other and a bounded number ahead, so that none is left waiting when a loop is given up.
 */
final class SampleBatches implements Iterator<Batch> {
    private final Dataset dataset;
    private final BatchPlan plan;
    private final int ahead;
    private final Deque<CompletableFuture<List<List<Tensor>>>> made = new ArrayDeque<>();
    private final List<Tensor> open = new ArrayList<>();
    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);
    private int started;
    private int next;

    SampleBatches(Dataset dataset, BatchPlan plan, int ahead) {
        this.dataset = dataset;
        this.plan = plan;
        this.ahead = ahead;
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
        List<List<Tensor>> samples = ahead == 0 ? samples(next) : prefetched();
        next++;
        try (var _ = Autograd.noGrad()) {
            open.addAll(stack(samples));
        }
        return new Batch(open, samples.size());
    }

    private List<List<Tensor>> prefetched() {
        while (started < plan.batches() && started <= next + ahead) {
            int batch = started++;
            CompletableFuture<List<List<Tensor>>> future =
                    last.thenApplyAsync(_ -> samples(batch), task -> Thread.ofVirtual().name("ashlar-prefetch").start(task));
            made.add(future);
            last = future;
        }
        try {
            return made.remove().join();
        } catch (CompletionException e) {
            // The data set's own exception, as without prefetching.
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private List<List<Tensor>> samples(int batch) {
        List<List<Tensor>> samples = new ArrayList<>();
        for (long index : plan.indices(batch)) {
            samples.add(dataset.get(index));
        }
        return samples;
    }

    private static List<Tensor> stack(List<List<Tensor>> samples) {
        int count = samples.getFirst().size();
        List<Tensor> stacked = new ArrayList<>();
        for (int position = 0; position < count; position++) {
            Tensor[] column = new Tensor[samples.size()];
            for (int i = 0; i < column.length; i++) {
                if (samples.get(i).size() != count) {
                    throw new InvalidArgumentException("[dataLoader] expected samples of as many tensors, got " + count + " and "
                            + samples.get(i).size());
                }
                column[i] = samples.get(i).get(position);
            }
            stacked.add(Tensor.stack(0, column));
        }
        return stacked;
    }

    private void closeLast() {
        open.forEach(Tensor::close);
        open.clear();
    }
}
