// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import dev.ashlar.autograd.Autograd;
import dev.ashlar.internal.tensor.Indexed;
import dev.ashlar.internal.tensor.Primitives;
import dev.ashlar.internal.tensor.Regions;
import dev.ashlar.internal.tensor.Strided;
import dev.ashlar.internal.tensor.TensorImpl;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reading and replacing parts of a tensor, as brackets do in Python. Index tensors are int64 or int32; an index out of range is found
 * when the values are read, and named with the operation.
 */
public sealed interface IndexingOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    // ---- regions ----------------------------------------------------------------------------------------------------------------

    /**
     * Returns part of this, as {@code x[0, 1:3, ..., None]} does in Python. The result is a value: later changes of this tensor do not
     * show in it, and to change this tensor there is {@link #set}.
     *
     * @throws dev.ashlar.type.IndexOutOfRangeException if a position is out of range; for positions in a tensor, when values are read
     */
    default Tensor get(Index... indices) {
        return new Selection("get", self(), indices).read(self());
    }

    /** Returns the part at one position of each of the first dimensions; negative values count from the end. */
    default Tensor get(long... positions) {
        return get(Arrays.stream(positions).mapToObj(Index::at).toArray(Index[]::new));
    }

    /**
     * Returns this with a part replaced; gradients flow to both. Where a position occurs several times, the last value wins.
     *
     * @param indices as for {@link #get(Index...)}
     * @param value broadcasts to the shape of the part, and is cast to this one's type
     */
    default Tensor insert(Index[] indices, Tensor value) {
        return new Selection("insert", self(), indices).write(self(), value, false);
    }

    /** Returns this with all elements of a part replaced by one number. */
    default Tensor insert(Index[] indices, double value) {
        return insert(indices, Primitives.scalarLike(self(), value, self().dtype()));
    }

    /**
     * Replaces a part of this tensor, under the rules of {@link Tensor#assign}; returns this. What was computed from the old value does not
     * change.
     *
     * @param indices as for {@link #get(Index...)}
     * @param value broadcasts to the shape of the part, and is cast to this one's type
     */
    default Tensor set(Index[] indices, Tensor value) {
        Tensor changed;
        try (var _ = Autograd.noGrad()) {
            changed = new Selection("set", self(), indices).write(self(), value, false);
        }
        return TensorImpl.assign("set", self(), changed);
    }

    /** Sets all elements of a part of this tensor to one number; returns this. */
    default Tensor set(Index[] indices, double value) {
        return set(indices, Primitives.scalarLike(self(), value, self().dtype()));
    }

    /** Same as {@link #indexPut(Tensor[], Tensor, boolean)} without adding. */
    default Tensor indexPut(@Nullable Tensor[] indices, Tensor values) {
        return indexPut(indices, values, false);
    }

    /**
     * Returns this with values written at positions that are given by a tensor for each of the first dimensions, as
     * {@link #insert(Index[], Tensor)} does for {@link Index#of(Tensor)}.
     *
     * @param indices int64, int32, or bool for masks; they broadcast; null for a dimension that is taken whole
     * @param values of this one's type; broadcasts to the shape of the part
     * @param accumulate whether values are added to what is there; all that are given for one place, in order
     */
    default Tensor indexPut(@Nullable Tensor[] indices, Tensor values, boolean accumulate) {
        if (values.dtype() != self().dtype()) {
            throw new DTypeMismatchException("[indexPut] expected values of " + self().dtype() + ", got " + values.dtype()
                    + "; cast them with to(DType." + self().dtype().name() + ")");
        }
        Index[] list = new Index[indices.length];
        Arrays.setAll(list, i -> indices[i] == null ? Index.all() : Index.of(indices[i]));
        return new Selection("indexPut", self(), list).write(self(), values, accumulate);
    }

    /**
     * Returns this with the part at one index of a dimension replaced; gradients flow to both.
     *
     * @param source of that part's shape; cast to this one's type
     */
    default Tensor selectScatter(Tensor source, int dim, long index) {
        Tensor x = self();
        Shape shape = x.select(dim, index).shape();
        int at = x.shape().dim("selectScatter", dim);
        long from = index < 0 ? index + x.size(at) : index;
        Tensor values = Strided.fitting("selectScatter", x, source, shape).unsqueeze(at);
        long[] starts = new long[x.dim()];
        starts[at] = from;
        return Regions.insert(x, values, starts, Regions.dense(x.shape()));
    }

    /** Returns this with a part of one dimension replaced, see {@link #sliceScatter(Tensor, int, long, long, long)}. */
    default Tensor sliceScatter(Tensor source, int dim, long start, long end) {
        return sliceScatter(source, dim, start, end, 1);
    }

    /**
     * Returns this with a part of one dimension replaced; gradients flow to both.
     *
     * @param source of the shape of {@link MovementOps#slice(int, long, long, long)}; cast to this one's type
     */
    default Tensor sliceScatter(Tensor source, int dim, long start, long end, long step) {
        Tensor x = self();
        Shape shape = x.slice(dim, start, end, step).shape();
        int at = x.shape().dim("sliceScatter", dim);
        Tensor values = Strided.fitting("sliceScatter", x, source, shape);
        long[] starts = new long[x.dim()];
        long[] steps = Regions.dense(x.shape());
        starts[at] = Math.clamp(start < 0 ? start + x.size(at) : start, 0L, x.size(at));
        steps[at] = shape.size(at) <= 1 ? 1 : step;
        return Regions.insert(x, values, starts, steps);
    }

    /** Returns this with the main diagonal of its first two dimensions replaced. */
    default Tensor diagonalScatter(Tensor source) {
        return diagonalScatter(source, 0, 0, 1);
    }

    /**
     * Returns this with a diagonal of the planes of two dimensions replaced; gradients flow to both.
     *
     * @param source the other dimensions, then the length of the diagonal; cast to this one's type
     * @param offset of the diagonal: above the main one if positive, below it if negative
     */
    default Tensor diagonalScatter(Tensor source, long offset, int dim1, int dim2) {
        return Strided.writeDiagonal(self(), source, offset, dim1, dim2);
    }

    /** Returns elements at given distances, see {@link #asStrided(long[], long[], long)}. */
    default Tensor asStrided(long[] sizes, long[] strides) {
        return asStrided(sizes, strides, 0);
    }

    /**
     * Returns the elements {@code offset + i * strides[0] + j * strides[1] + ...} of this in row-major order, whatever its layout in
     * memory is; elements may occur several times, their gradients are added.
     *
     * @param strides &gt;= 0, one for each size
     * @throws InvalidArgumentException if such an element does not exist
     */
    default Tensor asStrided(long[] sizes, long[] strides, long offset) {
        return Strided.read(self(), sizes, strides, offset);
    }

    /** Returns this with the elements that {@link #asStrided(long[], long[], long)} returns replaced; gradients flow to both. */
    default Tensor asStridedScatter(Tensor source, long[] sizes, long[] strides, long offset) {
        return Strided.write(self(), source, sizes, strides, offset);
    }

    // ---- classes ----------------------------------------------------------------------------------------------------------------

    private static void checkClasses(Tensor x) {
        if (x.dtype() != DType.INT64 && x.dtype() != DType.INT32) {
            throw new DTypeMismatchException("[oneHot] expected class numbers of int64 or int32, got " + x.dtype()
                    + "; cast them with to(DType.INT64)");
        }
    }

    /** Same as {@link #oneHot(long)}, with one class more than the largest number; waits for the device to know it. */
    default Tensor oneHot() {
        checkClasses(self());
        if (self().numel() == 0) {
            throw new InvalidArgumentException("[oneHot] expected class numbers to count the classes from, got none; say how many"
                    + " classes there are");
        }
        return oneHot(self().max().itemLong() + 1);
    }

    /**
     * Returns for each class number a row of zeros with a one at that place, int64. There is no gradient: class numbers are whole.
     *
     * @param classes how many there are; a number outside of [0, classes) is found when the values are read
     * @return this one's shape with a last dimension of size {@code classes}
     */
    default Tensor oneHot(long classes) {
        Tensor x = self();
        if (classes < 1) {
            throw new InvalidArgumentException("[oneHot] expected at least one class, got " + classes
                    + "; class numbers count from 0");
        }
        checkClasses(x);
        Tensor index = x.unsqueeze(-1);
        long[] sizes = index.shape().toArray();
        sizes[sizes.length - 1] = classes;
        Tensor zeros = Primitives.full(Shape.of(sizes), 0L, DType.INT64, Primitives.runtimeOf(x));
        Tensor ones = Primitives.full(index.shape(), 1L, DType.INT64, Primitives.runtimeOf(x));
        return Indexed.write("oneHot", zeros, sizes.length - 1, index, ones);
    }
}
