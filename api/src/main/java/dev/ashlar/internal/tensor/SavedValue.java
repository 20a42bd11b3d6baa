// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Tensor;
import dev.ashlar.internal.graph.Node;
import dev.ashlar.type.AshlarException;
import org.jspecify.annotations.Nullable;

/** A value that a gradient rule needs, with its own history so that gradients of gradients find their way. */
interface SavedValue {
    Tensor restore();

    void release();

    /** Saves a value as the thread's mode has it. */
    static SavedValue of(TensorImpl tensor) {
        return of(tensor, tensor.requiresGrad() ? tensor.edge() : null);
    }

    /** Saves a value under a history that its tensor does not have yet. */
    static SavedValue of(TensorImpl tensor, @Nullable History history) {
        if (tensor.isInference()) {
            throw new AshlarException("[backward] expected values that can be saved for backward, got a tensor made in inference mode;"
                    + " clone() it outside of inferenceMode, or use noGrad there");
        }
        Saving policy = GradMode.saving();
        return policy == null ? Kept.of(tensor.value(), history) : policy.save(tensor);
    }

    /** A value that stays in memory. */
    record Kept(Node node, @Nullable History history) implements SavedValue {
        static Kept of(Node node, @Nullable History history) {
            node.save();
            return new Kept(node, history);
        }

        @Override
        public Tensor restore() {
            return new TensorImpl(node, history);
        }

        @Override
        public void release() {
            node.release();
        }
    }
}
