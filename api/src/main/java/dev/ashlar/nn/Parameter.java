// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.type.InvalidArgumentException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A place for a tensor that is trained: a leaf of the gradient graph. Modules and optimizers share it. */
public final class Parameter extends Slot {
    private Parameter(Tensor leaf) {
        super(leaf);
    }

    /**
     * Returns a parameter of a leaf that requires gradients; the leaf itself is trained.
     *
     * @throws InvalidArgumentException if the tensor is no such leaf
     */
    public static Parameter of(Tensor leaf) {
        if (!leaf.isLeaf() || !leaf.requiresGrad()) {
            throw new InvalidArgumentException("[parameter] expected a leaf that requires gradients, got "
                    + (leaf.isLeaf() ? "one that does not; call requiresGrad(true)" : "the result of an operation; train what it was"
                            + " computed from"));
        }
        return new Parameter(leaf);
    }

    /** Returns parameters of leaves that require gradients. */
    public static List<Parameter> listOf(Tensor... leaves) {
        return Stream.of(leaves).map(Parameter::of).toList();
    }

    /** Returns a parameter that starts with a tensor's value: the leaf itself if it is one, else a copy that becomes one. */
    static Parameter startingAt(Tensor initial) {
        if (initial.isLeaf() && initial.requiresGrad()) {
            return new Parameter(initial);
        }
        try (var _ = Autograd.noGrad()) {
            return new Parameter(kept(initial.clone(), true));
        }
    }

    /** Returns whether gradients flow to the parameter. */
    public boolean requiresGrad() {
        return tensor().requiresGrad();
    }

    /** Says whether gradients flow to the parameter: optimizers pass over one that gets none. Returns this. */
    public Parameter requiresGrad(boolean required) {
        tensor().requiresGrad(required);
        return this;
    }

    /** Returns the gradient that the last backward left, or null. */
    public @Nullable Tensor gradOrNull() {
        return tensor().gradOrNull();
    }

    /** Removes the gradient. */
    public void zeroGrad() {
        tensor().setGrad(null);
    }

    @Override
    Tensor successor(Tensor old, Tensor value) {
        Tensor leaf = kept(value, old.requiresGrad());
        Tensor gradient = old.gradOrNull();
        if (gradient != null) {
            leaf.setGrad(gradient.to(leaf.dtype()).to(leaf.device()));
        }
        return leaf;
    }

    @Override
    public String toString() {
        return "Parameter" + shape();
    }
}
