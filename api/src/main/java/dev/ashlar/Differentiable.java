// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import dev.ashlar.type.AshlarException;
import dev.ashlar.type.DTypeMismatchException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a tensor knows of gradients: whether it collects them, where they are, and how to compute them. */
public sealed interface Differentiable permits Tensor {
    /** Returns whether gradients flow to or through this tensor. */
    boolean requiresGrad();

    /**
     * Says whether this leaf collects gradients; returns this.
     *
     * @throws DTypeMismatchException if the type is not floating-point
     */
    Tensor requiresGrad(boolean required);

    /** Returns whether this was made in {@link dev.ashlar.autograd.Autograd#inferenceMode() inference mode}. */
    boolean isInference();

    /** Returns whether this tensor was made by the user and not by an operation on tensors that require gradients. */
    boolean isLeaf();

    /** Returns the gradient that backward left in this leaf, or null if there is none. */
    @Nullable Tensor gradOrNull();

    /**
     * Returns the gradient that backward left in this leaf.
     *
     * @throws AshlarException if there is none
     */
    default Tensor grad() {
        Tensor grad = gradOrNull();
        if (grad == null) {
            throw new AshlarException("[grad] expected a gradient, got a tensor without one; call backward() on a"
                    + " result first, and check that it depends on this tensor and requiresGrad is set");
        }
        return grad;
    }

    /** Sets or, with null, removes the gradient. */
    void setGrad(@Nullable Tensor gradient);

    /** Adds the gradients of this one-element tensor to the leaves that it depends on. */
    void backward();

    /**
     * Adds gradients to the leaves.
     *
     * @param gradient where to start from, of this shape; null for 1
     * @param retainGraph whether backward may be called again
     * @param createGraph whether gradients can be differentiated themselves; implies {@code retainGraph}
     */
    void backward(@Nullable Tensor gradient, boolean retainGraph, boolean createGraph);

    /**
     * Hands the gradient of this tensor to a function whenever one has been computed, before anybody uses it; what it returns takes the
     * gradient's place, unless that is null. Hooks run in the order in which they were registered.
     *
     * @return takes the hook back
     * @throws AshlarException if this does not require gradients
     */
    RemovableHandle registerHook(Function<Tensor, @Nullable Tensor> hook);

    /**
     * Hands this leaf to a function whenever backward has added to its gradient.
     *
     * @return takes the hook back
     * @throws AshlarException if this is no leaf that requires gradients
     */
    RemovableHandle registerPostAccumulateGradHook(Consumer<Tensor> hook);

    /** Makes backward leave the gradient here even if this is no leaf; returns this. */
    Tensor retainGrad();

    /** Returns whether backward leaves the gradient here although this is no leaf. */
    boolean retainsGrad();

    /** Returns the same value without history. */
    Tensor detach();
}
