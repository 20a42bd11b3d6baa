// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Tensor;
import dev.ashlar.internal.graph.Node;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How a tensor came about, as far as gradients are concerned: the operation, where its inputs' gradients go, and the values that the
 * rules need.
 */
abstract class History {
    private static final AtomicLong SEQUENCE = new AtomicLong();

    /** Later operations have larger numbers, so descending order is an order for backward. */
    final long sequence = SEQUENCE.incrementAndGet();

    private final String name;

    History(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Returns for each input where its gradient goes; null where it needs none. */
    abstract @Nullable History[] next();

    /** Returns the gradients of the inputs; null where {@link #next()} is null or {@code needed} says no. */
    abstract @Nullable Tensor[] backward(Tensor gradient, Predicate<History> needed);

    /** Lets go of saved values. */
    abstract void release();

    /** A value that a rule needs, with its own history so that gradients of gradients find their way. */
    record Saved(Node node, @Nullable History history) {
        Tensor restore() {
            return new TensorImpl(node, history);
        }
    }

    /** The end of the way: the gradient is added to a leaf. */
    static final class Leaf extends History {
        private static final History[] NONE = {};
        private final TensorImpl tensor;

        Leaf(TensorImpl tensor) {
            super("leaf");
            this.tensor = tensor;
        }

        TensorImpl tensor() {
            return tensor;
        }

        @Override
        @Nullable History[] next() {
            return NONE;
        }

        @Override
        @Nullable Tensor[] backward(Tensor gradient, Predicate<History> needed) {
            tensor.accumulate(gradient);
            return new Tensor[0];
        }

        @Override
        void release() {}
    }
}
