// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.RemovableHandle;
import dev.ashlar.Tensor;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How a tensor came about, as far as gradients are concerned: the operation, where its inputs' gradients go, and the values that the
 * rules need.
 */
abstract class History {
    private static final History[] NONE = {};
    private static final AtomicLong SEQUENCE = new AtomicLong();

    /** Later operations have larger numbers, so descending order is an order for backward. */
    final long sequence = SEQUENCE.incrementAndGet();

    /** Where user code recorded this; known in anomaly mode only. */
    final @Nullable CallSite site = GradMode.isAnomaly() ? CallSite.here() : null;

    private final String name;
    private List<Function<Tensor, @Nullable Tensor>> hooks = List.of();
    private @Nullable WeakReference<TensorImpl> retained;

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

    // ---- hooks ------------------------------------------------------------------------------------------------------------------

    /** Hands the gradient to a hook before anybody uses it. */
    synchronized RemovableHandle addHook(Function<Tensor, @Nullable Tensor> hook) {
        // Wrapped, so that one function registered twice is removed once per handle.
        Function<Tensor, @Nullable Tensor> own = gradient -> hook.apply(gradient);
        List<Function<Tensor, @Nullable Tensor>> more = new ArrayList<>(hooks);
        more.add(own);
        hooks = more;
        return () -> removeHook(own);
    }

    private synchronized void removeHook(Function<Tensor, @Nullable Tensor> hook) {
        List<Function<Tensor, @Nullable Tensor>> fewer = new ArrayList<>(hooks);
        fewer.removeIf(known -> known == hook);
        hooks = fewer;
    }

    /** Leaves the gradient in a tensor that is no leaf, if somebody still holds it. */
    void retainIn(TensorImpl tensor) {
        retained = new WeakReference<>(tensor);
    }

    /** Returns the gradient as the hooks leave it. */
    Tensor hooked(Tensor gradient) {
        Tensor current = gradient;
        for (Function<Tensor, @Nullable Tensor> hook : hooks) {
            Tensor replaced = hook.apply(current);
            if (replaced != null) {
                Gradients.checkReplacement("registerHook", current, replaced);
                current = replaced;
            }
        }
        TensorImpl keeper = retained == null ? null : retained.get();
        if (keeper != null) {
            keeper.accumulate(current);
        }
        return current;
    }

    // ---- kinds ------------------------------------------------------------------------------------------------------------------

    /** The end of the way: the gradient is added to a leaf. */
    static final class Leaf extends History {
        private final TensorImpl tensor;

        Leaf(TensorImpl tensor) {
            super("leaf");
            this.tensor = tensor;
        }

        @Override
        @Nullable History[] next() {
            return NONE;
        }

        @Override
        @Nullable Tensor[] backward(Tensor gradient, Predicate<History> needed) {
            tensor.accumulate(gradient);
            tensor.afterAccumulation();
            return new Tensor[0];
        }

        @Override
        void release() {}
    }

    /** A place where gradients are dropped: what is recorded upon it is never walked. */
    static final class Unwalked extends History {
        Unwalked() {
            super("unwalked");
        }

        @Override
        @Nullable History[] next() {
            return NONE;
        }

        @Override
        @Nullable Tensor[] backward(Tensor gradient, Predicate<History> needed) {
            return new Tensor[0];
        }

        @Override
        void release() {}
    }

    /** An operation with several results: it is called once, with the gradients of all of them. */
    abstract static class Joint extends History {
        Joint(String name) {
            super(name);
        }

        /** Returns how many results there are. */
        abstract int results();

        /** Returns the gradients of the inputs, from those of the results; null for a result that nobody used. */
        abstract @Nullable Tensor[] backward(@Nullable Tensor[] gradients, Predicate<History> needed);

        @Override
        final @Nullable Tensor[] backward(Tensor gradient, Predicate<History> needed) {
            throw new IllegalStateException("[backward] expected the gradients of all results, got one; this is a defect");
        }
    }

    /** One result of a {@link Joint}: its gradient waits until those of the others are complete. */
    static final class Output extends History {
        private final Joint joint;
        private final int place;
        private final History[] next;

        Output(Joint joint, int place) {
            super(joint.name());
            this.joint = joint;
            this.place = place;
            next = new History[] {joint};
        }

        Joint joint() {
            return joint;
        }

        int place() {
            return place;
        }

        @Override
        @Nullable History[] next() {
            return next;
        }

        @Override
        @Nullable Tensor[] backward(Tensor gradient, Predicate<History> needed) {
            return new Tensor[] {gradient};
        }

        @Override
        void release() {}
    }
}
