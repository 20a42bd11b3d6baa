// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Functions of several steps, computed in the type that arithmetic happens in and rounded once: a half type loses nothing in between.
 */
public final class Widened {
    private Widened() {}

    /** Applies a function to a tensor as floating-point numbers (integers as float32) and returns its result in that type. */
    public static Tensor apply(Tensor x, UnaryOperator<Tensor> function) {
        Tensor floating = Promotion.floating(x);
        DType type = floating.dtype();
        return function.apply(floating.to(type.arithmetic())).to(type);
    }

    /** Returns the tensor as floating-point numbers in the type that arithmetic happens in. */
    public static Tensor of(Tensor x) {
        DType type = Promotion.withDouble(x.dtype());
        return x.to(type.arithmetic());
    }

    /** Returns an optional tensor in a type. */
    public static @Nullable Tensor to(@Nullable Tensor x, DType type) {
        return x == null ? null : x.to(type);
    }
}
