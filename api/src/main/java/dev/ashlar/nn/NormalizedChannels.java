// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import org.jspecify.annotations.Nullable;

/**
 * What normalisations of channels keep: {@code weight}, {@code bias}, {@code running_mean}, {@code running_var}, {@code
 * num_batches_tracked}.
 */
abstract class NormalizedChannels<M extends NormalizedChannels<M>> extends ConcreteModule<M> implements Layer {
    final String name;
    final long channels;
    final double epsilon;
    @Nullable Double momentum;
    private final @Nullable Parameter weight;
    private final @Nullable Parameter bias;
    private final @Nullable Buffer runningMean;
    private final @Nullable Buffer runningVar;
    private final @Nullable Buffer batches;

    NormalizedChannels(
            String name,
            long channels,
            double epsilon,
            @Nullable Double momentum,
            boolean affine,
            boolean trackRunningStats,
            boolean withBias) {
        if (channels < 0) {
            throw new InvalidArgumentException("[" + name + "] expected a number of channels >= 0, got " + channels
                    + "; it is the size of dimension 1 of the input");
        }
        this.name = name;
        this.channels = channels;
        this.epsilon = epsilon;
        this.momentum = momentum;
        weight = affine ? registerParameter("weight", Tensor.ones(channels)) : null;
        bias = affine && withBias ? registerParameter("bias", Tensor.zeros(channels)) : null;
        runningMean = trackRunningStats ? registerBuffer("running_mean", Tensor.zeros(channels)) : null;
        runningVar = trackRunningStats ? registerBuffer("running_var", Tensor.ones(channels)) : null;
        batches = trackRunningStats ? registerBuffer("num_batches_tracked", Tensor.zeros(Shape.of(), DType.INT64)) : null;
    }

    private static @Nullable Tensor tensor(@Nullable Slot slot) {
        return slot == null ? null : slot.tensor();
    }

    /** Returns the weight as it is now, [channels], or null if there is none. */
    public @Nullable Tensor weight() {
        return tensor(weight);
    }

    /** Returns the bias as it is now, [channels], or null if there is none. */
    public @Nullable Tensor bias() {
        return tensor(bias);
    }

    /** Returns the running mean as it is now, [channels], or null if none is kept. */
    public @Nullable Tensor runningMean() {
        return tensor(runningMean);
    }

    /** Returns the running variance as it is now, [channels], or null if none is kept. */
    public @Nullable Tensor runningVar() {
        return tensor(runningVar);
    }

    /** Returns how many batches have been seen in training mode, int64, or null if running statistics are not kept. */
    public @Nullable Tensor numBatchesTracked() {
        return tensor(batches);
    }

    /** Starts running statistics anew, if there are any. */
    public void resetRunningStats() {
        if (runningMean != null && runningVar != null && batches != null) {
            try (var _ = Autograd.noGrad()) {
                runningMean.tensor().fill(0);
                runningVar.tensor().fill(1);
                batches.tensor().fill(0);
            }
        }
    }

    @Override
    public Tensor forward(Tensor input) {
        return hooked(input, this::compute);
    }

    abstract Tensor compute(Tensor input);

    @Override
    public String extraRepr() {
        return channels + ", eps=" + Repr.of(epsilon) + ", momentum=" + (momentum == null ? "None" : Repr.of(momentum)) + ", affine="
                + Repr.of(weight != null) + ", bias=" + Repr.of(bias != null) + ", track_running_stats=" + Repr.of(batches != null);
    }
}
