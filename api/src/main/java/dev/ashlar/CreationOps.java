// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import dev.ashlar.internal.tensor.Primitives;
import dev.ashlar.type.DType;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;

/**
 * Fresh tensors that take what is not said from this one: {@code ...Like} its shape, type and device, {@code new...} its type and device.
 * No gradient flows to this tensor.
 */
public sealed interface CreationOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    private Tensor filled(Shape shape, double value, DType type) {
        return Primitives.full(shape, value, type, Primitives.runtimeOf(Primitives.open(self())));
    }

    private Tensor filled(Shape shape, long value, DType type) {
        return Primitives.full(shape, value, type, Primitives.runtimeOf(Primitives.open(self())));
    }

    /** Returns zeros of this one's shape, type and device. */
    default Tensor zerosLike() {
        return zerosLike(self().dtype());
    }

    /** Returns zeros of this one's shape and device. */
    default Tensor zerosLike(DType type) {
        return filled(self().shape(), 0L, type);
    }

    /** Returns ones of this one's shape, type and device. */
    default Tensor onesLike() {
        return onesLike(self().dtype());
    }

    /** Returns ones of this one's shape and device. */
    default Tensor onesLike(DType type) {
        return filled(self().shape(), 1L, type);
    }

    /** Returns one number in this one's shape, type and device; integers truncate it. */
    default Tensor fullLike(double value) {
        return fullLike(value, self().dtype());
    }

    /** Returns one number in this one's shape and device; integers truncate it. */
    default Tensor fullLike(double value, DType type) {
        return filled(self().shape(), value, type);
    }

    /** Returns one whole number in this one's shape, type and device. */
    default Tensor fullLike(long value) {
        return fullLike(value, self().dtype());
    }

    /** Returns one whole number in this one's shape and device. */
    default Tensor fullLike(long value, DType type) {
        return filled(self().shape(), value, type);
    }

    /**
     * Returns the value of a zero-dimensional tensor in this one's shape, type and device; its gradient is the sum.
     *
     * @throws ShapeMismatchException if the value has dimensions
     */
    default Tensor fullLike(Tensor value) {
        if (value.dim() != 0) {
            throw new ShapeMismatchException("[fullLike] expected a zero-dimensional value, got shape " + value.shape()
                    + "; expand it instead");
        }
        return Primitives.onDeviceOf("fullLike", self(), value).to(self().dtype()).expand(self().shape().toArray());
    }

    /** Returns zeros of this one's type and device. */
    default Tensor newZeros(long... sizes) {
        return newZeros(Shape.of(sizes), self().dtype());
    }

    /** Returns zeros on this one's device. */
    default Tensor newZeros(Shape shape, DType type) {
        return filled(shape, 0L, type);
    }

    /** Returns ones of this one's type and device. */
    default Tensor newOnes(long... sizes) {
        return newOnes(Shape.of(sizes), self().dtype());
    }

    /** Returns ones on this one's device. */
    default Tensor newOnes(Shape shape, DType type) {
        return filled(shape, 1L, type);
    }

    /** Returns one number in a shape, with this one's type and device; integers truncate it. */
    default Tensor newFull(Shape shape, double value) {
        return newFull(shape, value, self().dtype());
    }

    /** Returns one number in a shape on this one's device; integers truncate it. */
    default Tensor newFull(Shape shape, double value, DType type) {
        return filled(shape, value, type);
    }

    /** Returns one whole number in a shape, with this one's type and device. */
    default Tensor newFull(Shape shape, long value) {
        return newFull(shape, value, self().dtype());
    }

    /** Returns one whole number in a shape on this one's device. */
    default Tensor newFull(Shape shape, long value, DType type) {
        return filled(shape, value, type);
    }
}
