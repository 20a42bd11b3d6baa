// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.data;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes the batches of an epoch, on any thread.
 *
 * @param collate null for stacking
 * @param device where batches go; null to leave them where the samples are
 * @param seed with the number of the batch and the sample's place in it, it decides about random changes of the sample
 * @param threads whether batches are made on threads of their own, where nobody else would compute them
 */
record BatchMaker(@Nullable Collate collate, @Nullable Device device, long seed, boolean threads) {
    /** What a stream returns when it is over. */
    static final Made END = new Made(List.of(), List.of(), 0);

    /**
     * A batch.
     *
     * @param tensors what the loop gets
     * @param owned what is closed when the loop asks for the next batch
     * @param rows how many samples there are
     */
    record Made(List<Tensor> tensors, List<Tensor> owned, long rows) {
        void close() {
            owned.forEach(Tensor::close);
        }
    }

    /** Makes a batch of numbered samples. */
    Made make(Dataset dataset, long[] indices, int batch, BooleanSupplier cancelled) {
        if (collate == null) {
            Made rows = TensorRows.select(dataset, indices);
            if (rows != null) {
                return moved(rows);
            }
            Made together = together(dataset, indices, batch);
            if (together != null) {
                return together;
            }
        }
        List<List<Tensor>> samples = new ArrayList<>();
        for (long index : indices) {
            if (cancelled.getAsBoolean()) {
                throw new CancellationException("[dataLoader] the epoch was closed");
            }
            samples.add(drawing(batch, samples.size(), index, number -> computed(dataset.get(number))));
        }
        return collated(samples);
    }

    /** Returns what the data set makes at once; null if it cannot, or fails: sample by sample it will turn out which one is to blame. */
    private @Nullable Made together(Dataset dataset, long[] indices, int batch) {
        try {
            List<Tensor> tensors = drawing(batch, -1, 0, _ -> dataset.batch(indices));
            return tensors == null ? null : finished(tensors, true, indices.length);
        } catch (SampleException e) {
            return null;
        }
    }

    /** Opens a stream where a batch begins. */
    Iterator<List<Tensor>> open(IterableDataset stream, int batch, int batchSize) {
        return drawing(0, -1, 0, _ -> {
            Iterator<List<Tensor>> after = batch == 0 ? stream.iterator() : stream.iteratorAfter((long) batch * batchSize);
            if (after != null) {
                return after;
            }
            Iterator<List<Tensor>> all = stream.iterator();
            // Read as it was read before, so that what it draws is the same.
            for (long i = 0; i < (long) batch * batchSize; i++) {
                drawing((int) (i / batchSize), (int) (i % batchSize), i, _ -> all.hasNext() ? all.next() : null);
            }
            return all;
        });
    }

    /** Makes a batch of the next samples of a stream; {@link #END} if there are none, or too few and they shall be left out. */
    Made make(Iterator<List<Tensor>> stream, long first, int count, boolean dropLast, int batch, BooleanSupplier cancelled) {
        List<List<Tensor>> samples = new ArrayList<>();
        while (samples.size() < count && !cancelled.getAsBoolean()) {
            int place = samples.size();
            List<Tensor> sample = drawing(batch, place, first + place, _ -> stream.hasNext() ? computed(stream.next()) : null);
            if (sample == null) {
                break;
            }
            samples.add(sample);
        }
        return samples.isEmpty() || dropLast && samples.size() < count ? END : collated(samples);
    }

    /** Calls a data set while the default generator is the sample's own and no gradients are recorded. */
    private <T extends @Nullable Object> T drawing(int batch, int place, long index, LongFunction<T> call) {
        Generator own = new Generator(Seeds.mix(Seeds.mix(seed, batch), place));
        try (var _ = Ashlar.drawingFrom(own);
                var _ = Autograd.noGrad()) {
            return call.apply(index);
        } catch (SampleException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new SampleException(index, batch, e);
        }
    }

    /**
     * Computes a sample by itself: random changes make batches whose graphs are never the same twice, while those of samples are few and
     * have their plans soon.
     */
    private static List<Tensor> computed(List<Tensor> sample) {
        sample.forEach(Tensor::realize);
        return sample;
    }

    private Made collated(List<List<Tensor>> samples) {
        try (var _ = Autograd.noGrad()) {
            return finished(collate == null ? Collate.stack(samples) : collate.collate(samples), collate == null, samples.size());
        }
    }

    private Made finished(List<Tensor> tensors, boolean fresh, long rows) {
        // What others may hold on to is not closed later.
        return moved(new Made(tensors, fresh ? tensors : List.of(), rows));
    }

    /** Brings a batch to the device, and computes it on a worker's thread. */
    private Made moved(Made made) {
        Made there = made;
        if (device != null) {
            List<Tensor> tensors = made.tensors.stream()
                    .map(tensor -> tensor.device().equals(device) ? tensor : tensor.to(device))
                    .toList();
            List<Tensor> owned = new ArrayList<>(made.owned);
            tensors.stream().filter(tensor -> !made.tensors.contains(tensor)).forEach(owned::add);
            there = new Made(tensors, owned, made.rows);
        }
        if (threads) {
            there.tensors.forEach(Tensor::realize);
        }
        return there;
    }
}
