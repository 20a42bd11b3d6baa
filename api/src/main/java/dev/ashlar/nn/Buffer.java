// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;

/** A place for a tensor that belongs to a module's state but is not trained, such as a running mean. */
public final class Buffer extends Slot {
    private Buffer(Tensor tensor) {
        super(tensor);
    }

    /** Returns a buffer with a copy of a tensor's value. */
    static Buffer startingAt(Tensor initial) {
        try (var _ = Autograd.noGrad()) {
            return new Buffer(kept(initial.clone(), false));
        }
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
