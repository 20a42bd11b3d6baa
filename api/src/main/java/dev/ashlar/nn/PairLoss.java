// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import org.jspecify.annotations.Nullable;

/** A loss that is one function of predictions and targets. */
abstract class PairLoss<M extends PairLoss<M>> extends ConcreteModule<M> implements Loss {

    @Override
    public final Tensor forward(Tensor input, Tensor target) {
        return hooked(input, target, this::loss);
    }

    abstract Tensor loss(Tensor input, Tensor target);

    /** Keeps a weight, if there is one, as a part of the state that is not trained. */
    final @Nullable Buffer optional(String name, @Nullable Tensor value) {
        return value == null ? null : registerBuffer(name, value);
    }

    static @Nullable Tensor tensor(@Nullable Buffer buffer) {
        return buffer == null ? null : buffer.tensor();
    }
}
