// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import dev.ashlar.internal.tensor.Creation;
import dev.ashlar.internal.tensor.Joining;
import dev.ashlar.internal.tensor.Primitives;
import dev.ashlar.internal.tensor.Tape;
import dev.ashlar.internal.tensor.TensorImpl;
import dev.ashlar.internal.tensor.Transfer;
import dev.ashlar.type.DType;
import dev.ashlar.type.Shape;
import org.jspecify.annotations.Nullable;

/**
 * An array of numbers of one type on one device, and a step in a computation that can be differentiated.
 *
 * <p>Operations check shapes, types and devices at the call and are computed later, when a value is read; what can be observed is as if
 * each had run at once. Values are immutable; a tensor that owns its value can be given another one ({@link #assign}), which nobody
 * who computed with the old one notices.
 *
 * <p>A tensor may be used by one thread at a time. Memory is given back when the tensor is not reachable any more, or with
 * {@link #close()}.
 */
public sealed interface Tensor
        extends ElementwiseOps, SpecialOps, BitwiseOps, ComparisonOps, ReductionOps, StatisticsOps, ScanOps, SortingOps, MovementOps,
                JoiningOps, IndexingOps, SelectionOps, MatrixOps, LinearAlgebraOps, ConvolutionOps, PoolingOps, ImageOps, NormalizationOps,
                LayerOps, ActivationOps, DistanceOps, LossOps, RandomOps, HostOps, AutoCloseable
        permits TensorImpl {

    // ---- creation ---------------------------------------------------------------------------------------------------------------

    /** Copies an array; without sizes the result has one dimension. The tensor is float32 on the default device. */
    static Tensor of(float[] data, long... sizes) {
        return Creation.of(data, sizes);
    }

    /** Copies an array; the tensor is float64. */
    static Tensor of(double[] data, long... sizes) {
        return Creation.of(data, sizes);
    }

    /** Copies an array; the tensor is int64. */
    static Tensor of(long[] data, long... sizes) {
        return Creation.of(data, sizes);
    }

    /** Copies an array; the tensor is int32. */
    static Tensor of(int[] data, long... sizes) {
        return Creation.of(data, sizes);
    }

    /** Copies an array; the tensor is bool. */
    static Tensor of(boolean[] data, long... sizes) {
        return Creation.of(data, sizes);
    }

    /** Copies rows of equal length; the tensor is float32 of shape [rows, columns]. */
    static Tensor of(float[][] rows) {
        return Creation.of(rows);
    }

    /** Copies rows of equal length; the tensor is float64 of shape [rows, columns]. */
    static Tensor of(double[][] rows) {
        return Creation.of(rows);
    }

    /** Copies rows of equal length; the tensor is int64 of shape [rows, columns]. */
    static Tensor of(long[][] rows) {
        return Creation.of(rows);
    }

    /** Returns a float32 tensor of shape [n] with the given elements. */
    static Tensor of(float first, float... more) {
        float[] data = new float[more.length + 1];
        data[0] = first;
        System.arraycopy(more, 0, data, 1, more.length);
        return of(data);
    }

    /** Copies raw little-endian elements of any type. */
    static Tensor ofBytes(byte[] data, DType type, long... sizes) {
        return Creation.ofBytes(data, type, sizes);
    }

    /** Returns a zero-dimensional float32 tensor. */
    static Tensor scalar(double value) {
        return Primitives.scalar(value, DType.FLOAT32, Creation.runtime());
    }

    /** Returns a zero-dimensional tensor. */
    static Tensor scalar(double value, DType type) {
        return Primitives.scalar(value, type, Creation.runtime());
    }

    static Tensor zeros(long... sizes) {
        return Primitives.full(Shape.of(sizes), 0.0, DType.FLOAT32, Creation.runtime());
    }

    static Tensor zeros(Shape shape, DType type) {
        return Primitives.full(shape, 0.0, type, Creation.runtime());
    }

    static Tensor ones(long... sizes) {
        return Primitives.full(Shape.of(sizes), 1.0, DType.FLOAT32, Creation.runtime());
    }

    static Tensor full(double value, long... sizes) {
        return Primitives.full(Shape.of(sizes), value, DType.FLOAT32, Creation.runtime());
    }

    /** Returns zeros of this one's shape, type and device. */
    default Tensor zerosLike() {
        return Primitives.full(shape(), 0.0, dtype(), Primitives.runtimeOf(this));
    }

    /** Returns ones of this one's shape, type and device. */
    default Tensor onesLike() {
        return Primitives.full(shape(), 1.0, dtype(), Primitives.runtimeOf(this));
    }

    /** Returns one value in this one's shape, type and device. */
    default Tensor fullLike(double value) {
        return Primitives.full(shape(), value, dtype(), Primitives.runtimeOf(this));
    }

    /** Returns numbers drawn evenly from [0, 1) in this one's shape, floating-point type and device. */
    default Tensor randLike(Generator generator) {
        return Creation.rand(shape(), dtype(), generator, Primitives.runtimeOf(this));
    }

    /** Returns numbers drawn from the standard normal distribution in this one's shape, floating-point type and device. */
    default Tensor randnLike(Generator generator) {
        return Creation.randn(shape(), dtype(), generator, Primitives.runtimeOf(this));
    }

    /** Returns 0, 1, ... as int64, {@code end} of them. */
    static Tensor arange(long end) {
        return Creation.arange(0, end, 1);
    }

    /** Returns whole numbers from {@code start} on, below {@code end} (above, if the step is negative), as int64. */
    static Tensor arange(long start, long end, long step) {
        return Creation.arange(start, end, step);
    }

    /** Returns numbers {@code step} apart from {@code start} on, below {@code end}, as float32. */
    static Tensor arange(double start, double end, double step) {
        return Creation.arange(start, end, step);
    }

    /** Returns {@code count} float32 numbers evenly spaced from {@code start} to {@code end}, both included. */
    static Tensor linspace(double start, double end, long count) {
        return Creation.linspace(start, end, count);
    }

    /** Returns the float32 identity matrix. */
    static Tensor eye(long n) {
        return Creation.eye(n);
    }

    /** Returns float32 numbers drawn evenly from [0, 1). */
    static Tensor rand(long... sizes) {
        return Creation.rand(Shape.of(sizes), DType.FLOAT32, Ashlar.generator(), Creation.runtime());
    }

    /** Returns numbers drawn evenly from [0, 1) from a generator. */
    static Tensor rand(Shape shape, DType type, Generator generator) {
        return Creation.rand(shape, type, generator, Creation.runtime());
    }

    /** Returns float32 numbers drawn from the standard normal distribution. */
    static Tensor randn(long... sizes) {
        return Creation.randn(Shape.of(sizes), DType.FLOAT32, Ashlar.generator(), Creation.runtime());
    }

    /** Returns numbers drawn from the standard normal distribution from a generator. */
    static Tensor randn(Shape shape, DType type, Generator generator) {
        return Creation.randn(shape, type, generator, Creation.runtime());
    }

    /** Returns int64 numbers drawn evenly from [low, high). */
    static Tensor randint(long low, long high, long... sizes) {
        return Creation.randint(low, high, Shape.of(sizes), Ashlar.generator());
    }

    /** Returns tensors one after the other along an existing dimension. */
    static Tensor cat(int dim, Tensor... tensors) {
        return Joining.cat(dim, tensors);
    }

    /** Returns tensors of one shape side by side along a new dimension. */
    static Tensor stack(int dim, Tensor... tensors) {
        return Joining.stack(dim, tensors);
    }

    // ---- what it is -------------------------------------------------------------------------------------------------------------

    Shape shape();

    /** Returns the size of one dimension; negative dimensions count from the end. */
    default long size(int dim) {
        return shape().size(dim);
    }

    /** Returns the number of dimensions. */
    default int dim() {
        return shape().rank();
    }

    /** Returns the number of elements. */
    default long numel() {
        return shape().elements();
    }

    DType dtype();

    Device device();

    // ---- conversion -------------------------------------------------------------------------------------------------------------

    /** Returns this in another type; gradients flow back in this one's type. */
    default Tensor to(DType type) {
        DType own = dtype();
        if (own == type) {
            return this;
        }
        return Tape.record("to", Primitives.cast(this, type), Tape.of(this), Tape.of(), (g, _) -> g.to(own));
    }

    /** Returns a copy on another device, or this if it lies there. */
    default Tensor to(Device device) {
        return Transfer.to(this, device);
    }

    /** Returns a value of its own that can be assigned to; gradients flow back. */
    Tensor clone();

    // ---- autograd ---------------------------------------------------------------------------------------------------------------

    /** Returns whether gradients flow to or through this tensor. */
    boolean requiresGrad();

    /**
     * Says whether this leaf collects gradients; returns this.
     *
     * @throws dev.ashlar.type.DTypeMismatchException if the type is not floating-point
     */
    Tensor requiresGrad(boolean required);

    /** Returns whether this tensor was made by the user and not by an operation on tensors that require gradients. */
    boolean isLeaf();

    /** Returns the gradient that backward left in this leaf, or null if there is none. */
    @Nullable Tensor gradOrNull();

    /**
     * Returns the gradient that backward left in this leaf.
     *
     * @throws dev.ashlar.type.AshlarException if there is none
     */
    default Tensor grad() {
        Tensor grad = gradOrNull();
        if (grad == null) {
            throw new dev.ashlar.type.AshlarException("[grad] expected a gradient, this tensor has none; call backward() on a result"
                    + " first, and check that it depends on this tensor and requiresGrad is set");
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

    /** Returns the same value without history. */
    Tensor detach();

    // ---- in place ---------------------------------------------------------------------------------------------------------------

    /** Replaces the value; what was computed from the old one does not change. Returns this. */
    Tensor assign(Tensor value);

    /** Sets all elements to 0; returns this. */
    Tensor zero();

    /** Sets all elements; returns this. */
    Tensor fill(double number);

    Tensor addAssign(Tensor other);

    default Tensor addAssign(double number) {
        return addAssign(Primitives.scalarLike(this, number, dtype()));
    }

    Tensor subAssign(Tensor other);

    default Tensor subAssign(double number) {
        return subAssign(Primitives.scalarLike(this, number, dtype()));
    }

    Tensor mulAssign(Tensor other);

    default Tensor mulAssign(double number) {
        return mulAssign(Primitives.scalarLike(this, number, dtype()));
    }

    Tensor divAssign(Tensor other);

    default Tensor divAssign(double number) {
        return divAssign(Primitives.scalarLike(this, number, dtype()));
    }

    // ---- life -------------------------------------------------------------------------------------------------------------------

    /** Computes the value now and keeps it; returns this. */
    Tensor realize();

    /** Gives the memory back now. Using the tensor afterwards throws; closing it again does nothing. */
    @Override
    void close();

    /** Returns what computing this value would launch, and whether that plan is new. Computes nothing. */
    String explain();
}
