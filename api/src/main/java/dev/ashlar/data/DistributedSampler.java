// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.data;

import dev.ashlar.Generator;
import dev.ashlar.State;
import dev.ashlar.Stateful;
import dev.ashlar.type.InvalidArgumentException;

/**
 * The part of the samples that one of several processes trains on. All processes draw the same order, PyTorch's for the seed and the
 * epoch, and each takes every n-th sample of it.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/data.html#torch.utils.data.distributed.DistributedSampler">
 *     torch.utils.data.distributed.DistributedSampler</a>
 */
public final class DistributedSampler implements Sampler, Stateful {
    private static final String KIND = "DistributedSampler";

    private final int count;
    private final int replicas;
    private final int rank;
    private boolean shuffle = true;
    private long seed;
    private boolean dropLast;
    private long epoch;

    public DistributedSampler(Dataset dataset, int numReplicas, int rank) {
        this(dataset.size(), numReplicas, rank);
    }

    /**
     * @param size how many samples there are
     * @param numReplicas how many processes there are
     * @param rank the number of this one, from 0
     */
    public DistributedSampler(long size, int numReplicas, int rank) {
        if (numReplicas < 1 || rank < 0 || rank >= numReplicas) {
            throw new InvalidArgumentException("[distributedSampler] expected a rank in [0, " + numReplicas + "), got " + rank
                    + "; give each process its own");
        }
        count = Indices.count("distributedSampler", size);
        replicas = numReplicas;
        this.rank = rank;
    }

    /** Sets whether samples come in random order; true from the start. Returns this. */
    public DistributedSampler shuffle(boolean random) {
        shuffle = random;
        return this;
    }

    /** Sets the seed, the same in all processes; 0 from the start. Returns this. */
    public DistributedSampler seed(long same) {
        seed = same;
        return this;
    }

    /** Sets whether samples are left out, or some repeated, so that all processes have as many; false from the start. Returns this. */
    public DistributedSampler dropLast(boolean drop) {
        dropLast = drop;
        return this;
    }

    /** Sets the number of the next epoch: without it each epoch has the same order. Returns this. */
    public DistributedSampler setEpoch(long number) {
        epoch = number;
        return this;
    }

    @Override
    public long size() {
        return dropLast && count % replicas != 0 ? Math.ceilDiv(Math.max(0, count - replicas), replicas) : Math.ceilDiv(count, replicas);
    }

    @Override
    public long[] order(Generator source) {
        long[] all = shuffle ? Generator.pytorch(seed + epoch).permutation(count) : new SequentialSampler(count).order(source);
        long[] part = new long[(int) size()];
        for (int i = 0; i < part.length; i++) {
            // Beyond the end the first samples come again.
            part[i] = all[(int) ((rank + (long) i * replicas) % count)];
        }
        return part;
    }

    @Override
    public State state() {
        return State.of(KIND).with("epoch", epoch);
    }

    @Override
    public void loadState(State state) {
        epoch = state.expect(KIND).whole("epoch");
    }
}
