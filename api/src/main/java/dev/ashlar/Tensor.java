// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import dev.ashlar.internal.tensor.Creation;
import dev.ashlar.internal.tensor.Devices;
import dev.ashlar.internal.tensor.Drawing;
import dev.ashlar.internal.tensor.Joining;
import dev.ashlar.internal.tensor.MixedPrecision;
import dev.ashlar.internal.tensor.Primitives;
import dev.ashlar.internal.tensor.Sequences;
import dev.ashlar.internal.tensor.Tape;
import dev.ashlar.internal.tensor.Transfer;
import dev.ashlar.type.DType;
import dev.ashlar.type.Shape;
import java.util.List;

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
        extends ElementwiseOps, PowerOps, TrigonometricOps, RoundingOps, SpecialOps, BitwiseOps, ComparisonOps, ReductionOps, StatisticsOps,
                ScanOps, SortingOps, MovementOps, JoiningOps, IndexingOps, SelectionOps, MatrixOps, DiagonalOps, LinearAlgebraOps, FftOps,
                ConvolutionOps, PoolingOps, FractionalPoolingOps, ImageOps, NormalizationOps, LayerOps, ActivationOps, DistanceOps, LossOps,
                RandomOps, CreationOps, HostOps, Assignable, Differentiable, AutoCloseable
        permits MixedPrecision {

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

    /** Copies an array; the tensor is int16. */
    static Tensor of(short[] data, long... sizes) {
        return Creation.of(data, sizes);
    }

    /** Copies an array; the tensor is int8. Bytes without sign are {@code ofBytes(data, DType.UINT8)}. */
    static Tensor of(byte[] data, long... sizes) {
        return Creation.of(data, sizes);
    }

    /** Copies raw little-endian elements of any type. */
    static Tensor ofBytes(byte[] data, DType type, long... sizes) {
        return Creation.ofBytes(data, type, sizes);
    }

    /** Returns a zero-dimensional float32 tensor. */
    static Tensor scalar(double value) {
        return scalar(value, DType.FLOAT32);
    }

    /** Returns a zero-dimensional tensor: the number rounded to the type; integers truncate and saturate. */
    static Tensor scalar(double value, DType type) {
        return Primitives.scalar(value, type, Creation.runtime());
    }

    /** Returns a zero-dimensional tensor of a whole number; integers wrap. */
    static Tensor scalar(long value, DType type) {
        return Primitives.scalar(value, type, Creation.runtime());
    }

    /** Returns float32 zeros. */
    static Tensor zeros(long... sizes) {
        return zeros(Shape.of(sizes), DType.FLOAT32);
    }

    static Tensor zeros(Shape shape, DType type) {
        return Primitives.full(shape, 0L, type, Creation.runtime());
    }

    /** Returns zeros on a device. */
    static Tensor zeros(Shape shape, DType type, Device device) {
        return Primitives.full(shape, 0L, type, Devices.runtime(device));
    }

    /** Returns float32 ones. */
    static Tensor ones(long... sizes) {
        return ones(Shape.of(sizes), DType.FLOAT32);
    }

    static Tensor ones(Shape shape, DType type) {
        return Primitives.full(shape, 1L, type, Creation.runtime());
    }

    /** Returns ones on a device. */
    static Tensor ones(Shape shape, DType type, Device device) {
        return Primitives.full(shape, 1L, type, Devices.runtime(device));
    }

    /** Returns one number in float32. */
    static Tensor full(double value, long... sizes) {
        return full(Shape.of(sizes), value);
    }

    /** Returns one number in float32. */
    static Tensor full(Shape shape, double value) {
        return full(shape, value, DType.FLOAT32);
    }

    /** Returns one whole number in int64. */
    static Tensor full(Shape shape, long value) {
        return full(shape, value, DType.INT64);
    }

    /** Returns one truth in bool. */
    static Tensor full(Shape shape, boolean value) {
        return full(shape, value ? 1L : 0L, DType.BOOL);
    }

    /** Returns one number, rounded to the type; integers truncate and saturate. */
    static Tensor full(Shape shape, double value, DType type) {
        return Primitives.full(shape, value, type, Creation.runtime());
    }

    /** Returns one whole number; integers wrap. */
    static Tensor full(Shape shape, long value, DType type) {
        return Primitives.full(shape, value, type, Creation.runtime());
    }

    /** Returns one number on a device. */
    static Tensor full(Shape shape, double value, DType type, Device device) {
        return Primitives.full(shape, value, type, Devices.runtime(device));
    }

    /** Returns 0, 1, ... as int64, {@code end} of them. */
    static Tensor arange(long end) {
        return arange(0, end, 1);
    }

    /** Returns whole numbers from {@code start} on, below {@code end}, as int64. */
    static Tensor arange(long start, long end) {
        return arange(start, end, 1);
    }

    /** Returns whole numbers from {@code start} on, below {@code end} (above, if the step is negative), as int64. */
    static Tensor arange(long start, long end, long step) {
        return Sequences.arange(start, end, step, DType.INT64, null);
    }

    /**
     * Returns whole numbers from {@code start} on, below {@code end} (above, if the step is negative), cast to a type.
     *
     * @throws dev.ashlar.type.InvalidArgumentException if the step does not lead from start to end
     */
    static Tensor arange(long start, long end, long step, DType type) {
        return Sequences.arange(start, end, step, type, null);
    }

    /** Returns whole numbers in a row on a device. */
    static Tensor arange(long start, long end, long step, DType type, Device device) {
        return Sequences.arange(start, end, step, type, device);
    }

    /** Returns numbers {@code step} apart from {@code start} on, below {@code end}, as float32. */
    static Tensor arange(double start, double end, double step) {
        return Sequences.arange(start, end, step, DType.FLOAT32, null);
    }

    /**
     * Returns numbers {@code step} apart from {@code start} on, below {@code end} (above, if the step is negative): computed by the host in
     * double, {@code ceil((end - start) / step)} of them, and rounded. For integers start and step are truncated, for int64 the end too.
     */
    static Tensor arange(double start, double end, double step, DType type) {
        return Sequences.arange(start, end, step, type, null);
    }

    /** Returns numbers in a row on a device. */
    static Tensor arange(double start, double end, double step, DType type, Device device) {
        return Sequences.arange(start, end, step, type, device);
    }

    /** Returns {@code count} float32 numbers evenly spaced from {@code start} to {@code end}, both included. */
    static Tensor linspace(double start, double end, long count) {
        return Sequences.linspace(start, end, count, DType.FLOAT32, null);
    }

    /** Returns numbers evenly spaced from start to end, computed by the host in double; integers truncate the ends and the numbers. */
    static Tensor linspace(double start, double end, long count, DType type) {
        return Sequences.linspace(start, end, count, type, null);
    }

    /** Returns evenly spaced numbers on a device. */
    static Tensor linspace(double start, double end, long count, DType type, Device device) {
        return Sequences.linspace(start, end, count, type, device);
    }

    /** Returns float32 powers of 10 with evenly spaced exponents from {@code start} to {@code end}, both included. */
    static Tensor logspace(double start, double end, long count) {
        return Sequences.logspace(start, end, count, 10, DType.FLOAT32, null);
    }

    /** Returns powers with evenly spaced exponents, computed by the host in double; integers truncate the ends and the powers. */
    static Tensor logspace(double start, double end, long count, double base, DType type) {
        return Sequences.logspace(start, end, count, base, type, null);
    }

    /** Returns powers with evenly spaced exponents on a device. */
    static Tensor logspace(double start, double end, long count, double base, DType type, Device device) {
        return Sequences.logspace(start, end, count, base, type, device);
    }

    /** Returns the float32 identity matrix. */
    static Tensor eye(long n) {
        return eye(n, n, DType.FLOAT32);
    }

    /** Returns ones on the diagonal of zeros. */
    static Tensor eye(long rows, long columns, DType type) {
        return Sequences.eye(rows, columns, type, null);
    }

    /** Returns ones on the diagonal of zeros, on a device. */
    static Tensor eye(long rows, long columns, DType type, Device device) {
        return Sequences.eye(rows, columns, type, device);
    }

    /** Returns {@link #trilIndices(long, long, long, DType, Device)} in int64 for the triangle with the diagonal. */
    static Tensor trilIndices(long rows, long columns) {
        return trilIndices(rows, columns, 0);
    }

    static Tensor trilIndices(long rows, long columns, long offset) {
        return Sequences.trilIndices(rows, columns, offset, DType.INT64, null);
    }

    /**
     * Returns the positions of a matrix's lower triangle, row by row, as [2, n]: rows, then columns. Made by the host.
     *
     * @param offset of the last diagonal: 0 the main one, above 0 to its right
     * @param type int64 or int32
     */
    static Tensor trilIndices(long rows, long columns, long offset, DType type, Device device) {
        return Sequences.trilIndices(rows, columns, offset, type, device);
    }

    /** Returns {@link #triuIndices(long, long, long, DType, Device)} in int64 for the triangle with the diagonal. */
    static Tensor triuIndices(long rows, long columns) {
        return triuIndices(rows, columns, 0);
    }

    static Tensor triuIndices(long rows, long columns, long offset) {
        return Sequences.triuIndices(rows, columns, offset, DType.INT64, null);
    }

    /**
     * Returns the positions of a matrix's upper triangle, row by row, as [2, n]: rows, then columns. Made by the host.
     *
     * @param offset of the first diagonal: 0 the main one, above 0 to its right
     * @param type int64 or int32
     */
    static Tensor triuIndices(long rows, long columns, long offset, DType type, Device device) {
        return Sequences.triuIndices(rows, columns, offset, type, device);
    }

    /** Returns float32 numbers drawn evenly from [0, 1). */
    static Tensor rand(long... sizes) {
        return rand(Shape.of(sizes), DType.FLOAT32, Ashlar.generator());
    }

    /** Returns numbers drawn evenly from [0, 1) from a generator. */
    static Tensor rand(Shape shape, DType type, Generator generator) {
        return Drawing.rand(shape, type, generator, Creation.runtime());
    }

    /** Returns numbers drawn evenly from [low, high) from a generator. */
    static Tensor uniform(double low, double high, Shape shape, DType type, Generator generator) {
        return Drawing.uniform(shape, low, high, type, generator, Creation.runtime());
    }

    /** Returns float32 numbers drawn from the standard normal distribution. */
    static Tensor randn(long... sizes) {
        return randn(Shape.of(sizes), DType.FLOAT32, Ashlar.generator());
    }

    /** Returns numbers drawn from the standard normal distribution from a generator. */
    static Tensor randn(Shape shape, DType type, Generator generator) {
        return Drawing.randn(shape, type, generator, Creation.runtime());
    }

    /** Returns float32 numbers drawn from the normal distribution. */
    static Tensor normal(double mean, double std, long... sizes) {
        return normal(mean, std, Shape.of(sizes), DType.FLOAT32, Ashlar.generator());
    }

    /** Returns numbers drawn from the normal distribution from a generator. */
    static Tensor normal(double mean, double std, Shape shape, DType type, Generator generator) {
        return Drawing.normal(shape, mean, std, type, generator, Creation.runtime());
    }

    /** Returns numbers drawn from normal distributions, one mean and one standard deviation for each; they broadcast. */
    static Tensor normal(Tensor mean, Tensor std) {
        return normal(mean, std, Ashlar.generator());
    }

    /** Returns numbers drawn from normal distributions, one mean and one standard deviation for each; they broadcast. */
    static Tensor normal(Tensor mean, Tensor std, Generator generator) {
        return Drawing.normal(mean, std, generator);
    }

    /** Returns numbers drawn from normal distributions, one mean for each and one standard deviation for all. */
    static Tensor normal(Tensor mean, double std) {
        return Drawing.normal(mean.shape(), 0, std, mean.dtype(), Ashlar.generator(), Primitives.runtimeOf(mean)).add(mean.detach());
    }

    /** Returns numbers drawn from normal distributions, one mean for all and one standard deviation for each. */
    static Tensor normal(double mean, Tensor std) {
        return Drawing.randn(std.shape(), std.dtype(), Ashlar.generator(), Primitives.runtimeOf(std)).mul(std.detach()).add(mean);
    }

    /** Returns int64 numbers drawn evenly from [low, high). */
    static Tensor randint(long low, long high, long... sizes) {
        return randint(low, high, Shape.of(sizes), Ashlar.generator());
    }

    /** Returns int64 numbers drawn evenly from [low, high) from a generator. */
    static Tensor randint(long low, long high, Shape shape, Generator generator) {
        return Drawing.randint(low, high, shape, generator, Creation.runtime());
    }

    /** Returns 0, ..., n - 1 in random order, as int64. The order is drawn on the host. */
    static Tensor randperm(long n) {
        return randperm(n, Ashlar.generator());
    }

    /** Returns 0, ..., n - 1 in random order, as int64. The order is drawn on the host. */
    static Tensor randperm(long n, Generator generator) {
        return Drawing.randperm(n, generator, Creation.runtime());
    }

    /** Returns tensors one after the other along an existing dimension. */
    static Tensor cat(int dim, Tensor... tensors) {
        return Joining.cat(dim, tensors);
    }

    /** Returns tensors of one shape side by side along a new dimension. */
    static Tensor stack(int dim, Tensor... tensors) {
        return Joining.stack(dim, tensors);
    }

    /** Returns tensors one after the other along dimension 1, vectors along dimension 0; scalars count as vectors of one. */
    static Tensor hstack(Tensor... tensors) {
        return Joining.hstack(tensors);
    }

    /** Returns tensors one below the other along dimension 0; a vector counts as a row. */
    static Tensor vstack(Tensor... tensors) {
        return Joining.vstack(tensors);
    }

    /** Returns tensors one behind the other along dimension 2, after {@link JoiningOps#atleast3d()}. */
    static Tensor dstack(Tensor... tensors) {
        return Joining.dstack(tensors);
    }

    /** Returns tensors side by side along dimension 1; a vector counts as a column. */
    static Tensor columnStack(Tensor... tensors) {
        return Joining.columnStack(tensors);
    }

    /** Returns tensors expanded to the one shape that all of them broadcast to. */
    static List<Tensor> broadcastTensors(Tensor... tensors) {
        return Joining.broadcastTensors(tensors);
    }

    /** Returns n grids of coordinates for n vectors: grid i has at each point the element of vector i. */
    static List<Tensor> meshgrid(GridIndexing indexing, Tensor... tensors) {
        return Joining.meshgrid(indexing, tensors);
    }

    /** Returns all combinations that take one element of each vector, [number, number of vectors]; a single vector is returned as it is. */
    static Tensor cartesianProd(Tensor... tensors) {
        return Joining.cartesianProd(tensors);
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

    /**
     * Returns this in another type; gradients flow back in this one's type. PyTorch's {@code float()} and so on are this.
     *
     * <p>To a narrower floating-point type values are rounded to nearest even; to an integer type truncated towards zero, saturated where
     * out of range (PyTorch leaves that undefined), NaN becoming 0; from integer to narrower integer they wrap; to bool all but 0 is true.
     */
    default Tensor to(DType type) {
        DType own = dtype();
        if (own == type) {
            return Primitives.open(this);
        }
        return Tape.record("to", Primitives.cast(this, type), Tape.of(this), Tape.of(), (g, _) -> g.to(own));
    }

    /** Returns a copy on another device, or this if it lies there. */
    default Tensor to(Device device) {
        return Transfer.to(this, device);
    }

    /** Returns this on another device and in another type. */
    default Tensor to(Device device, DType type) {
        // The narrower type travels.
        return type.bytes() < dtype().bytes() ? to(type).to(device) : to(device).to(type);
    }

    /** Returns this on the device and in the type of another tensor. */
    default Tensor to(Tensor other) {
        return to(other.device(), other.dtype());
    }

    /** Returns a value of its own that can be assigned to; gradients flow back. */
    Tensor clone();

    // ---- life -------------------------------------------------------------------------------------------------------------------

    /** Computes the value now and keeps it; returns this. */
    Tensor realize();

    /** Gives the memory back now. Using the tensor afterwards throws; closing it again does nothing. */
    @Override
    void close();

    /** Returns shape, type, device, layout and history of this tensor in words. Computes nothing. */
    String describe();

    /** Returns what computing this value would launch, and whether that plan is new. Computes nothing. */
    String explain();
}
