// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Device;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.type.DType;
import dev.ashlar.type.Shape;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A place in a module that holds a tensor. A tensor stays on its device for life; when the module moves, the place gets another tensor,
 * and whoever holds the place (an optimizer, a module that shares it) sees it.
 */
public abstract sealed class Slot permits Buffer, Parameter {
    private Tensor tensor;
    private @Nullable Supplier<Tensor> derived;
    private Slot origin = this;

    Slot(Tensor tensor) {
        this.tensor = tensor;
    }

    /** Returns the tensor that is here now. It is another one after {@link #to}: ask again instead of keeping it. */
    public final Tensor tensor() {
        Supplier<Tensor> known = derived;
        return known == null ? tensor : known.get();
    }

    public final Shape shape() {
        return tensor.shape();
    }

    public final DType dtype() {
        return origin.tensor.dtype();
    }

    public final Device device() {
        return origin.tensor.device();
    }

    /** Has the tensor computed from others, of which {@code from} is one, whenever it is asked for. Shape and type stay the same. */
    final void derive(Slot from, Supplier<Tensor> computation) {
        origin = from;
        derived = computation;
    }

    /** Ends {@link #derive}: from now on this tensor is here. */
    final void settle(Tensor own) {
        tensor = own;
        origin = this;
        derived = null;
    }

    /** Moves the value, and what belongs to it, to a device. */
    public final void to(Device device) {
        if (tensor.device().equals(device)) {
            return;
        }
        try (var _ = Autograd.noGrad()) {
            tensor = successor(tensor, tensor.to(device));
        }
    }

    /** Casts a floating-point value, and what belongs to it; another value stays as it is. */
    public final void to(DType type) {
        if (tensor.dtype() == type || !tensor.dtype().isFloatingPoint()) {
            return;
        }
        try (var _ = Autograd.noGrad()) {
            tensor = successor(tensor, tensor.to(type));
        }
    }

    /** Returns the tensor that takes the place of an older one; called without gradient mode. */
    abstract Tensor successor(Tensor old, Tensor value);

    /** Makes a tensor keep its value in memory from the next computation on, instead of a recipe for it. */
    static Tensor kept(Tensor tensor, boolean requiresGrad) {
        return tensor.requiresGrad(requiresGrad);
    }
}
