// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import org.jspecify.annotations.Nullable;

/**
 * In which type operands of different types meet. Zero-dimensional tensors and numbers are weaker than tensors with dimensions, as in
 * <a href="https://docs.pytorch.org/docs/stable/tensor_attributes.html#type-promotion-doc">PyTorch</a>.
 */
public final class Promotion {
    private Promotion() {}

    /**
     * Returns the type in which tensors meet: that of those with dimensions, unless a zero-dimensional one is of a higher category
     * (bool, then integer, then floating point).
     *
     * @param tensors at least one
     */
    public static DType of(Tensor... tensors) {
        DType strong = null;
        DType weak = null;
        for (Tensor tensor : tensors) {
            if (tensor.shape().rank() == 0) {
                weak = meet(weak, tensor.dtype());
            } else {
                strong = meet(strong, tensor.dtype());
            }
        }
        if (strong == null || weak == null) {
            return java.util.Objects.requireNonNull(strong == null ? weak : strong);
        }
        return strong.isLowerCategoryThan(weak) ? weak : strong;
    }

    private static DType meet(@Nullable DType known, DType type) {
        return known == null ? type : DType.promote(known, type);
    }

    /** Returns the type in which a tensor of a type meets a number with a fraction. */
    public static DType withDouble(DType type) {
        return type.isFloatingPoint() ? type : DType.FLOAT32;
    }

    /** Returns the type in which a tensor of a type meets a whole number. */
    public static DType withLong(DType type) {
        return type == DType.BOOL ? DType.INT64 : type;
    }

    /** Returns the tensor, as float32 if it was of no floating-point type. */
    public static Tensor floating(Tensor x) {
        return x.dtype().isFloatingPoint() ? x : x.to(DType.FLOAT32);
    }

    /** Returns the tensor, as float32 if it was of a 16-bit floating-point type: the operands of an operation of several steps. */
    public static Tensor wide(Tensor x) {
        return x.dtype().isFloatingPoint() ? x.to(x.dtype().arithmetic()) : x;
    }
}
