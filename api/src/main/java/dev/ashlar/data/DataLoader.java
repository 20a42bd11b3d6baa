// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.data;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.Generator;
import dev.ashlar.State;
import dev.ashlar.Stateful;
import dev.ashlar.Tensor;
import dev.ashlar.type.InvalidArgumentException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntConsumer;
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
 * from it. Neither the order nor the values depend on the number of workers: these make batches ahead, on virtual threads, while the
 * caller computes. With {@link Generator#pytorch} the order is that of PyTorch's loader.
 *
 * <p>A {@link TensorDataset} is cut where its tensors lie: batches of rows in their order cost no copy, shuffled ones an upload of the
 * order, and workers have nothing to do. Samples of other data sets are stacked, on the device of their tensors, and then brought to the
 * loader's {@link #device}; workers do both.
 *
 * <p>A batch may be used until the next one is asked for; see {@link Batch}. A sample that cannot be made is a {@link SampleException} in
 * the loop, where its batch would have come; a loop that goes on gets the next one. Whoever leaves a loop early and has workers closes the
 * {@link BatchIterator}.
 *
 * <p>{@link #state()}, which a checkpoint saves, says where the epoch is that was started last; after {@link #loadState} the next loop
 * goes through the rest of it, with the same samples.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/data.html#torch.utils.data.DataLoader">torch.utils.data.DataLoader</a>
 */
public final class DataLoader implements Iterable<Batch>, Stateful {
    private static final String KIND = "DataLoader";
    private static final int AHEAD_PER_WORKER = 2;

    private final @Nullable Dataset dataset;
    private final @Nullable IterableDataset stream;
    private int batchSize = 1;
    private boolean shuffle;
    private boolean dropLast;
    private int workers;
    private int prefetch = -1;
    private @Nullable Sampler sampler;
    private @Nullable BatchSampler batchSampler;
    private @Nullable Collate collate;
    private @Nullable Device device;
    private @Nullable Generator generator;

    private long epochs;
    private @Nullable Start running;
    private @Nullable Start resumed;
    private int position;

    /**
     * What an epoch follows from.
     *
     * @param order the state of the generator that draws the order
     * @param seed for what changes samples at random
     */
    private record Start(byte[] order, long seed) {
    }

    /** Creates a loader of batches of one sample. */
    public DataLoader(Dataset dataset) {
        this.dataset = dataset;
        stream = null;
    }

    /** Creates a loader of batches of one sample. A stream decides about its order itself, and has at most one worker. */
    public DataLoader(IterableDataset stream) {
        this.stream = stream;
        dataset = null;
    }

    // ---- settings ---------------------------------------------------------------------------------------------------------------

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

    /** Sets what decides about the order, instead of {@link #shuffle}. Returns this. */
    public DataLoader sampler(Sampler order) {
        sampler = order;
        return this;
    }

    /** Sets what decides about the batches, instead of batch size, order and {@link #dropLast}. Returns this. */
    public DataLoader batchSampler(BatchSampler batches) {
        batchSampler = batches;
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

    /** Sets what makes a batch of samples; {@link Collate#stack} from the start. It runs on the workers. Returns this. */
    public DataLoader collate(Collate function) {
        collate = function;
        return this;
    }

    /** Sets where batches go; from the start they stay where the samples lie. Returns this. */
    public DataLoader device(Device target) {
        device = target;
        return this;
    }

    /**
     * Sets how many batches are made at the same time, on virtual threads, while the caller computes; 0 from the start: the loop makes
     * them. The data set must allow for being asked by several threads. Returns this.
     */
    public DataLoader workers(int threads) {
        if (threads < 0) {
            throw new InvalidArgumentException("[dataLoader] expected a number of workers >= 0, got " + threads);
        }
        workers = threads;
        return this;
    }

    /** Sets how many batches are made ahead, by at least one worker; two for each worker from the start. Returns this. */
    public DataLoader prefetch(int batches) {
        if (batches < 0) {
            throw new InvalidArgumentException("[dataLoader] expected a number of batches >= 0, got " + batches);
        }
        prefetch = batches;
        return this;
    }

    // ---- epochs -----------------------------------------------------------------------------------------------------------------

    /**
     * Returns the number of batches of an epoch.
     *
     * @throws InvalidArgumentException if this reads a stream
     */
    public long size() {
        return batches().size();
    }

    private BatchSampler batches() {
        if (dataset == null) {
            throw new InvalidArgumentException("[dataLoader] expected a data set with a size, got a stream; count its batches");
        }
        boolean several = batchSampler != null && (sampler != null || shuffle || dropLast || batchSize != 1) || sampler != null && shuffle;
        if (several) {
            throw new InvalidArgumentException("[dataLoader] expected one that decides about the order, got several; set a batch sampler,"
                    + " or a sampler with batchSize and dropLast, or shuffle");
        }
        if (batchSampler != null) {
            return batchSampler;
        }
        if (sampler != null) {
            return BatchSampler.of(sampler, batchSize, dropLast);
        }
        boolean random = shuffle && dataset.size() > 0;
        return BatchSampler.of(
                random ? new RandomSampler(dataset).generator(generator) : new SequentialSampler(dataset), batchSize, dropLast);
    }

    /** Starts an epoch, or goes on with the one that was loaded. */
    @Override
    public BatchIterator iterator() {
        BatchSampler sampling = stream == null ? batches() : null;
        Generator base = generator == null ? Ashlar.generator() : generator;
        Generator own = sampling == null ? null : sampling.generator();
        Generator source = own == null ? Ashlar.generator() : own;
        Start start = resumed;
        int first = start == null ? 0 : position;
        if (start == null) {
            long seed = Seeds.mix(Seeds.of(base.getState()), epochs++);
            base.startEpoch();
            start = new Start(source.getState(), seed);
        } else {
            source = Generator.fromState(start.order);
        }
        List<long[]> order = sampling == null ? List.of() : sampling.batches(source);
        resumed = null;
        running = start;
        position = first;
        return dataset == null
                ? streamed(Objects.requireNonNull(stream), start, first)
                : numbered(dataset, start, order, first);
    }

    private IntConsumer progress(Start start, int first) {
        return handedOut -> {
            // An epoch that was left for another one does not count.
            if (running == start) {
                running = handedOut < 0 ? null : start;
                position = handedOut < 0 ? 0 : first + handedOut;
            }
        };
    }

    private BatchIterator numbered(Dataset source, Start start, List<long[]> order, int first) {
        boolean threads = hasWorkers() && !(collate == null && device == null && TensorRows.areRows(source));
        BatchMaker maker = new BatchMaker(collate, device, start.seed, threads);
        int count = Math.max(0, order.size() - first);
        Ahead.Task<BatchMaker.Made> task = (number, cancelled) -> {
            long[] indices = order.get(first + number);
            for (long index : indices) {
                Indices.check("dataLoader", index, source.size());
            }
            return maker.make(source, indices, first + number, cancelled);
        };
        return new Epoch(ahead(task, threads ? Math.max(1, workers) : 0, count), count, progress(start, first), () -> {});
    }

    private BatchIterator streamed(IterableDataset source, Start start, int first) {
        BatchMaker maker = new BatchMaker(collate, device, start.seed, hasWorkers());
        Iterator<List<Tensor>> samples = maker.open(source, first, batchSize);
        Ahead.Task<BatchMaker.Made> task = (number, cancelled) ->
                maker.make(samples, (first + (long) number) * batchSize, batchSize, dropLast, first + number, cancelled);
        // One at a time: the samples come from one iterator.
        return new Epoch(ahead(task, hasWorkers() ? 1 : 0, Epoch.UNKNOWN), Epoch.UNKNOWN, progress(start, first), () -> close(samples));
    }

    private static void close(Iterator<?> samples) {
        if (samples instanceof AutoCloseable open) {
            try {
                open.close();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new InvalidArgumentException("[dataLoader] expected a stream that can be closed, got " + e);
            }
        }
    }

    private boolean hasWorkers() {
        return workers > 0 || prefetch > 0;
    }

    private Ahead<BatchMaker.Made> ahead(Ahead.Task<BatchMaker.Made> task, int threads, int count) {
        return new Ahead<>(task, threads, prefetch >= 0 ? prefetch : AHEAD_PER_WORKER * threads, count);
    }

    // ---- state ------------------------------------------------------------------------------------------------------------------

    /**
     * Returns where the epoch is that was started last: how many batches of it the loop was given, and what its order follows from. The
     * generators that were set here and in the sampler belong to it; the default one does not.
     */
    @Override
    public State state() {
        Start start = resumed != null ? resumed : running;
        State state = State.of(KIND)
                .with("epochs", epochs)
                .with("position", start == null ? 0 : position)
                .with("batchSize", batchSize)
                .with("samples", dataset == null ? -1 : dataset.size());
        if (start != null) {
            state = state.with("order", HexFormat.of().formatHex(start.order)).with("seed", Long.toString(start.seed));
        }
        for (Map.Entry<String, Stateful> part : parts().entrySet()) {
            state = state.with(part.getKey(), part.getValue().state());
        }
        return state;
    }

    /** Goes on from a state: the next loop has the batches that were left then, of the same samples. */
    @Override
    public void loadState(State state) {
        boolean within = state.expect(KIND).texts().containsKey("order");
        long samples = dataset == null ? -1 : dataset.size();
        if (within && (state.whole("samples") != samples || state.whole("batchSize") != batchSize)) {
            throw new InvalidArgumentException("[dataLoader loadState] expected a data set of " + state.whole("samples")
                    + " samples and batches of " + state.whole("batchSize") + " in the middle of an epoch, got " + samples
                    + " samples and batches of " + batchSize + "; load before the settings change");
        }
        Start start = within ? new Start(HexFormat.of().parseHex(state.text("order")), Long.parseLong(state.text("seed"))) : null;
        Map<String, State> states = new LinkedHashMap<>();
        parts().forEach((name, part) -> states.put(name, state.part(name)));
        parts().forEach((name, part) -> part.loadState(Objects.requireNonNull(states.get(name))));
        epochs = state.whole("epochs");
        position = (int) state.whole("position");
        resumed = start;
        running = null;
    }

    /** Returns what else remembers something. */
    private Map<String, Stateful> parts() {
        Map<String, Stateful> parts = new LinkedHashMap<>();
        if (generator != null) {
            parts.put("generator", generator);
        }
        for (Object order : new Object[] {sampler, batchSampler}) {
            if (order instanceof Stateful remembering) {
                parts.put("sampler", remembering);
            }
            Generator own = order instanceof Sampler one ? one.generator() : order instanceof BatchSampler many ? many.generator() : null;
            if (own != null) {
                parts.put("samplerGenerator", own);
            }
        }
        return parts;
    }
}
