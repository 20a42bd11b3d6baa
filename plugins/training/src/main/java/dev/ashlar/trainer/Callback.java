// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.trainer;

import dev.ashlar.Tensor;
import java.util.Map;

/**
 * What a {@link Trainer} calls on its way, on the thread that trains. A callback that also is {@link dev.ashlar.Stateful} is saved in
 * checkpoints and goes on with a run that is resumed.
 */
public interface Callback {
    /** Called before the first epoch, after a checkpoint was loaded. */
    default void onFitStart(Trainer trainer) {}

    /** Called before each epoch; {@link Trainer#epoch()} has its number, from 0. */
    default void onEpochStart(Trainer trainer) {}

    /**
     * Called after each batch and the optimizer's step that may have followed.
     *
     * @param loss on the device; whoever reads it waits
     */
    default void onBatchEnd(Trainer trainer, Tensor loss) {}

    /**
     * Called after each epoch and its validation; {@link Trainer#stop} ends the training.
     *
     * @param figures the means over the epoch by name, those of the validation data as {@code val_...}
     */
    default void onEpochEnd(Trainer trainer, Map<String, Double> figures) {}

    /** Called after the last epoch, or when the training was stopped; not after an exception. */
    default void onFitEnd(Trainer trainer) {}
}
