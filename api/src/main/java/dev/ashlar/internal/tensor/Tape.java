// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Tensor;
import dev.ashlar.type.AshlarException;
import dev.ashlar.type.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Attaches gradient rules to results. */
public final class Tape {
    /** How many places behind the saved tensors rules may write to. */
    static final int ROOM = 2;

    private Tape() {}

    /**
     * The gradient of one input, from the gradient of the result and the saved tensors. Behind these are {@link #ROOM} places, null at
     * first, for what the rules of one operation share in one backward.
     */
    @FunctionalInterface
    public interface Rule {
        Tensor gradient(Tensor gradient, Tensor[] saved);
    }

    private static final class Recorded extends History {
        private final @Nullable History[] next;
        private final Rule[] rules;
        private SavedValue @Nullable [] saved;

        Recorded(String name, @Nullable History[] next, Rule[] rules) {
            super(name);
            this.next = next;
            this.rules = rules;
        }

        @Override
        @Nullable History[] next() {
            return next;
        }

        @Override
        @Nullable Tensor[] backward(Tensor gradient, Predicate<History> needed) {
            SavedValue[] kept = saved;
            if (kept == null) {
                throw new AshlarException("[backward] expected the values that were saved for " + name()
                        + ", got a graph whose values an earlier backward freed; call backward with retainGraph the first time");
            }
            Tensor[] values = new Tensor[kept.length + ROOM];
            for (int i = 0; i < kept.length; i++) {
                values[i] = kept[i].restore();
            }
            Tensor[] result = new Tensor[next.length];
            for (int i = 0; i < next.length; i++) {
                if (next[i] != null && needed.test(next[i])) {
                    result[i] = rules[i].gradient(gradient, values);
                }
            }
            return result;
        }

        @Override
        void release() {
            SavedValue[] kept = saved;
            // A rule without saved values may be walked as often as one likes, as in PyTorch.
            if (kept != null && kept.length > 0) {
                for (SavedValue value : kept) {
                    value.release();
                }
                saved = null;
            }
        }
    }

    /** Returns its arguments: reads well in calls of {@link #record}. */
    public static Tensor[] of(Tensor... tensors) {
        return tensors;
    }

    /**
     * Declares how gradients flow through an operation. Does nothing if no input needs one or the mode is off.
     *
     * @param result fresh, without history
     * @param inputs the operands, one rule each
     * @param saved what the rules read, {@code result} itself included
     * @return {@code result}
     */
    public static Tensor record(String name, Tensor result, Tensor[] inputs, Tensor[] saved, Rule... rules) {
        if (GradMode.checksResults()) {
            Anomaly.checkForward(name, result, inputs);
        }
        if (!GradMode.isEnabled() || !result.dtype().isFloatingPoint()) {
            return result;
        }
        History[] next = null;
        for (int i = 0; i < inputs.length; i++) {
            TensorImpl input = (TensorImpl) inputs[i];
            if (input.requiresGrad()) {
                if (next == null) {
                    next = new History[inputs.length];
                }
                next[i] = input.edge();
            }
        }
        if (next == null) {
            return result;
        }
        Recorded history = new Recorded(name, next, rules);
        ((TensorImpl) result).setHistory(history);
        SavedValue[] values = new SavedValue[saved.length];
        for (int i = 0; i < saved.length; i++) {
            values[i] = SavedValue.of((TensorImpl) saved[i]);
        }
        history.saved = values;
        Saving policy = GradMode.saving();
        if (policy != null) {
            policy.saved((TensorImpl) result);
        }
        return result;
    }

    /** Sums a gradient over the dimensions along which an operand of shape {@code target} was broadcast. */
    public static Tensor sumTo(Tensor gradient, Shape target) {
        Shape shape = gradient.shape();
        if (shape.equals(target)) {
            return gradient;
        }
        int lead = shape.rank() - target.rank();
        List<Integer> dims = new ArrayList<>();
        for (int i = 0; i < shape.rank(); i++) {
            if (i < lead || target.size(i - lead) == 1 && shape.size(i) != 1) {
                dims.add(i);
            }
        }
        Tensor result = dims.isEmpty() ? gradient : gradient.sum(dims.stream().mapToInt(Integer::intValue).toArray(), true);
        return result.reshape(target.toArray());
    }

    static String describe(long[] sizes) {
        return Arrays.toString(sizes);
    }
}
