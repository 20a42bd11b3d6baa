// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Tensor;
import dev.ashlar.type.DType;

/**
 * In which type operands of different types meet. Zero-dimensional tensors and numbers are weaker than tensors with dimensions, as in
 * <a href="https://docs.pytorch.org/docs/stable/tensor_attributes.html#type-promotion-doc">PyTorch</a>.
 */
public final class Promotion {
    private Promotion() {}

    /** Returns the type in which two tensors meet. */
    public static DType of(Tensor a, Tensor b) {
        boolean weakA = a.shape().rank() == 0;
        boolean weakB = b.shape().rank() == 0;
        if (weakA == weakB) {
            return DType.promote(a.dtype(), b.dtype());
        }
        DType strong = weakA ? b.dtype() : a.dtype();
        DType weak = weakA ? a.dtype() : b.dtype();
        return strong.isLowerCategoryThan(weak) ? weak : strong;
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
}
