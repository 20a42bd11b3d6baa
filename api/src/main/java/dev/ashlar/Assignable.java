// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import dev.ashlar.internal.tensor.Primitives;

/**
 * Change in place, of tensors that own their value: leaves, buffers and gradients. A leaf that requires gradients changes inside of
 * {@link dev.ashlar.autograd.Autograd#noGrad()} only. What was computed from the old value does not change.
 */
public sealed interface Assignable permits Tensor {
    private Tensor number(double value) {
        Tensor self = (Tensor) this;
        return Primitives.scalarLike(self, value, self.dtype());
    }

    /** Replaces the value; what was computed from the old one does not change. Returns this. */
    Tensor assign(Tensor value);

    /** Sets all elements to 0; returns this. */
    Tensor zero();

    /** Sets all elements; returns this. */
    Tensor fill(double number);

    /** Adds; returns this. */
    Tensor addAssign(Tensor other);

    /** The same with a number, rounded to this one's type. */
    default Tensor addAssign(double number) {
        return addAssign(number(number));
    }

    /** Subtracts; returns this. */
    Tensor subAssign(Tensor other);

    /** The same with a number, rounded to this one's type. */
    default Tensor subAssign(double number) {
        return subAssign(number(number));
    }

    /** Multiplies; returns this. */
    Tensor mulAssign(Tensor other);

    /** The same with a number, rounded to this one's type. */
    default Tensor mulAssign(double number) {
        return mulAssign(number(number));
    }

    /** Divides; returns this. */
    Tensor divAssign(Tensor other);

    /** The same with a number, rounded to this one's type. */
    default Tensor divAssign(double number) {
        return divAssign(number(number));
    }
}
