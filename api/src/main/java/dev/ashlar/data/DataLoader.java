// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.data;

import dev.ashlar.Ashlar;
import dev.ashlar.Generator;
import dev.ashlar.type.InvalidArgumentException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a data set in batches.
 *
 * <pre>{@code
 * var loader = new DataLoader(new TensorDataset(x, y)).batchSize(25).shuffle(true).generator(new Generator(7));
 * for (Batch batch : loader) {
 *     Tensor loss = lossFunction.forward(model.forward(batch.get(0)), batch.get(1));
 * }
 * }</pre>
 *
 * <p>Each loop is an epoch; a shuffled one has a new order, which depends on the generator's seed and on how many numbers were drawn
 * from it, and not on prefetching. A {@link TensorDataset} is cut where its tensors lie: batches of rows in their order cost no copy,
 * shuffled ones an upload of the order. Samples of other data sets are stacked on the device of their tensors.
 *
 * <p>A batch may be used until the next one is asked for; see {@link Batch}.
 */
public final class DataLoader implements Iterable<Batch> {
    private final Dataset dataset;
    private int batchSize = 1;
    private boolean shuffle;
    private boolean dropLast;
    private int prefetch;
    private @Nullable Generator generator;

    public DataLoader(Dataset dataset) {
        this.dataset = dataset;
    }

    /** Sets how many samples a batch has, at least 1; 1 from the start. Returns this. */
    public DataLoader batchSize(int samples) {
        if (samples < 1) {
            throw new InvalidArgumentException("[dataLoader] expected a batch size >= 1, got " + samples);
        }
        batchSize = samples;
        return this;
    }

    /** Sets whether each epoch has a random order; false from the start. Returns this. */
    public DataLoader shuffle(boolean random) {
        shuffle = random;
        return this;
    }

    /** Sets where random orders come from; {@link Ashlar#generator()} from the start. Returns this. */
    public DataLoader generator(Generator source) {
        generator = source;
        return this;
    }

    /** Sets whether a last batch with fewer samples is left out; false from the start. Returns this. */
    public DataLoader dropLast(boolean drop) {
        dropLast = drop;
        return this;
    }

    /**
     * Sets how many batches' samples are made ahead, on a virtual thread, while the caller computes; 0 from the start. A
     * {@link TensorDataset} has nothing to make ahead. Returns this.
     */
    public DataLoader prefetch(int batches) {
        if (batches < 0) {
            throw new InvalidArgumentException("[dataLoader] expected a number of batches >= 0, got " + batches);
        }
        prefetch = batches;
        return this;
    }

    /** Returns the number of batches of an epoch. */
    public long size() {
        return dropLast ? dataset.size() / batchSize : Math.ceilDiv(dataset.size(), batchSize);
    }

    /** Starts an epoch. */
    @Override
    public Iterator<Batch> iterator() {
        long count = dataset.size();
        if (count > Integer.MAX_VALUE - 8) {
            throw new InvalidArgumentException("[dataLoader] expected fewer than 2^31 samples, got " + count);
        }
        Generator source = generator == null ? Ashlar.generator() : generator;
        long[] order = source.epoch((int) count, shuffle, generator != null);
        BatchPlan plan = new BatchPlan((int) count, batchSize, (int) size(), order);
        return dataset instanceof TensorDataset tensors ? new TensorBatches(tensors, plan) : new SampleBatches(dataset, plan, prefetch);
    }
}
