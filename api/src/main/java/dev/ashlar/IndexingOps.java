// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import dev.ashlar.autograd.Autograd;
import dev.ashlar.internal.tensor.Indexed;
import dev.ashlar.internal.tensor.Primitives;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Arrays;

/**
 * Reading and writing at indices. Index tensors are int64 or int32; an index out of range is found when the values are read, and named
 * with the operation.
 */
public sealed interface IndexingOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    /** Returns a zero-dimensional tensor as a vector of one element, as which indexing treats it. */
    private static Tensor raised(Tensor x) {
        return x.shape().rank() == 0 ? x.reshape(1) : x;
    }

    private static void checkIndex(String name, Tensor x, int dim, Tensor index) {
        boolean fits = index.shape().rank() == x.shape().rank();
        for (int i = 0; fits && i < x.shape().rank(); i++) {
            fits = i == dim || index.shape().size(i) <= x.shape().size(i);
        }
        if (!fits) {
            throw new ShapeMismatchException("[" + name + "] expected an index of as many dimensions as " + x.shape()
                    + " and no larger outside of dimension " + dim + ", got " + index.shape());
        }
    }

    /**
     * Reads along a dimension: {@code result[i][j] = this[index[i][j]][j]} for dim 0.
     *
     * @param index as many dimensions as this, no larger outside of {@code dim}; gives the shape of the result
     */
    default Tensor gather(int dim, Tensor index) {
        Tensor x = raised(self());
        int at = x.shape().dim("gather", dim);
        if (index.shape().rank() == 0) {
            return gather(dim, raised(index)).reshape();
        }
        checkIndex("gather", x, at, index);
        return Indexed.read("gather", x, at, index);
    }

    /** Returns the slices of a dimension at the given indices, in their order. */
    default Tensor indexSelect(int dim, Tensor index) {
        Tensor x = self();
        if (index.shape().rank() > 1 || x.shape().rank() == 0 && index.numel() != 1) {
            throw new ShapeMismatchException("[indexSelect] expected a vector of indices, of one for a scalar, got " + index.shape()
                    + " for shape " + x.shape() + "; flatten the indices");
        }
        if (x.shape().rank() == 0) {
            return raised(x).indexSelect(dim, index).reshape();
        }
        int at = x.shape().dim("indexSelect", dim);
        return Indexed.read("indexSelect", x, at, Indexed.spread(x.shape(), at, index));
    }

    /**
     * Returns this with values written along a dimension: {@code result[index[i][j]][j] = source[i][j]} for dim 0. Where an index occurs
     * several times, the last one wins.
     *
     * @param source of the index's shape
     */
    default Tensor scatter(int dim, Tensor index, Tensor source) {
        Tensor x = self();
        if (x.shape().rank() == 0 || index.shape().rank() == 0) {
            return raised(x).scatter(dim, raised(index), raised(source)).reshape(x.shape().toArray());
        }
        int at = x.shape().dim("scatter", dim);
        checkIndex("scatter", x, at, index);
        Tensor values = checkSource("scatter", x, index, source);
        return Indexed.write("scatter", x, at, index, values);
    }

    /** Returns this with values added along a dimension; where an index occurs several times, all are added, in order. */
    default Tensor scatterAdd(int dim, Tensor index, Tensor source) {
        Tensor x = self();
        if (x.shape().rank() == 0 || index.shape().rank() == 0) {
            return raised(x).scatterAdd(dim, raised(index), raised(source)).reshape(x.shape().toArray());
        }
        int at = x.shape().dim("scatterAdd", dim);
        checkIndex("scatterAdd", x, at, index);
        Tensor values = checkSource("scatterAdd", x, index, source);
        return Indexed.add("scatterAdd", x, at, index, values);
    }

    private static Tensor checkSource(String name, Tensor x, Tensor index, Tensor source) {
        if (source.dtype() != x.dtype()) {
            throw new DTypeMismatchException("[" + name + "] expected values of " + x.dtype() + ", got " + source.dtype());
        }
        if (!source.shape().equals(index.shape())) {
            throw new ShapeMismatchException("[" + name + "] expected values of the index's shape " + index.shape() + ", got "
                    + source.shape());
        }
        return source;
    }

    /**
     * Returns this with slices added along a dimension: {@code result[index[i]][j] += source[i][j]} for dim 0. Where an index occurs
     * several times, all are added, in order.
     *
     * @param index [n]
     * @param source this one's shape with size n at {@code dim}, and its type
     */
    default Tensor indexAdd(int dim, Tensor index, Tensor source) {
        Tensor x = self();
        if (index.shape().rank() > 1) {
            throw new ShapeMismatchException("[indexAdd] expected a vector of indices, got " + index.shape() + "; flatten it");
        }
        if (x.shape().rank() == 0) {
            return raised(x).indexAdd(dim, index, raised(source)).reshape();
        }
        int at = x.shape().dim("indexAdd", dim);
        Tensor spread = Indexed.spread(x.shape(), at, index);
        return Indexed.add("indexAdd", x, at, spread, checkSource("indexAdd", x, spread, source));
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
        return new Selection("insert", self(), indices).write(self(), value);
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
            changed = new Selection("set", self(), indices).write(self(), value);
        }
        return self().assign(changed);
    }

    /** Sets all elements of a part of this tensor to one number; returns this. */
    default Tensor set(Index[] indices, double value) {
        return set(indices, Primitives.scalarLike(self(), value, self().dtype()));
    }

    // ---- classes ----------------------------------------------------------------------------------------------------------------

    /**
     * Returns for each class number a row of zeros with a one at that place, int64.
     *
     * @param classes how many there are; a number outside of [0, classes) is found when the values are read
     * @return this one's shape with a last dimension of size {@code classes}
     */
    default Tensor oneHot(long classes) {
        Tensor x = self();
        if (classes < 1) {
            throw new InvalidArgumentException("[oneHot] expected at least one class, got " + classes);
        }
        if (x.dtype() != DType.INT64 && x.dtype() != DType.INT32) {
            throw new DTypeMismatchException("[oneHot] expected class numbers of int64 or int32, got " + x.dtype());
        }
        Tensor index = x.unsqueeze(-1);
        long[] sizes = index.shape().toArray();
        sizes[sizes.length - 1] = classes;
        Tensor zeros = Primitives.full(Shape.of(sizes), 0L, DType.INT64, Primitives.runtimeOf(x));
        Tensor ones = Primitives.full(index.shape(), 1L, DType.INT64, Primitives.runtimeOf(x));
        return Indexed.write("oneHot", zeros, sizes.length - 1, index, ones);
    }

    /**
     * Reads this matrix as a table of rows: returns the row of each number.
     *
     * @param numbers of any shape
     * @return the numbers' shape with a last dimension of a row's size
     */
    default Tensor embedding(Tensor numbers) {
        Tensor table = self();
        if (table.shape().rank() != 2) {
            throw new ShapeMismatchException("[embedding] expected a table of shape [rows, size], got " + table.shape());
        }
        long[] sizes = Arrays.copyOf(numbers.shape().toArray(), numbers.shape().rank() + 1);
        sizes[sizes.length - 1] = table.shape().size(1);
        return Indexed.read("embedding", table, 0, Indexed.spread(table.shape(), 0, numbers.reshape(numbers.numel()))).reshape(sizes);
    }
}
