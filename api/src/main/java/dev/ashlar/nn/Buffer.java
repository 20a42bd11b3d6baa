// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;

/** A place for a tensor that belongs to a module's state but is not trained, such as a running mean. */
public final class Buffer extends Slot {
    private final boolean persistent;

    private Buffer(Tensor tensor, boolean persistent) {
        super(tensor);
        this.persistent = persistent;
    }

    /** Returns a buffer with a copy of a tensor's value. */
    static Buffer startingAt(Tensor initial, boolean persistent) {
        try (var _ = Autograd.noGrad()) {
            return new Buffer(kept(initial.clone(), false), persistent);
        }
    }

    /** Returns whether the buffer is part of {@link Module#stateDict()}. */
    public boolean isPersistent() {
        return persistent;
    }

    @Override
    Tensor successor(Tensor old, Tensor value) {
        return kept(value, false);
    }

    @Override
    public String toString() {
        return "Buffer" + shape();
    }
}
