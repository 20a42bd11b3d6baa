// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import dev.ashlar.internal.tensor.Indexed;
import dev.ashlar.internal.tensor.Masks;
import dev.ashlar.internal.tensor.Primitives;
import dev.ashlar.internal.tensor.Scattering;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.IndexOutOfRangeException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Arrays;
import java.util.List;

/**
 * Reading and writing at positions that are given by tensors: indices and masks. Index tensors are int64 or int32; an index out of
 * range is found when the values are read, and named with the operation. Operations that write return a new value; where an index
 * occurs several times and nothing is combined, the last one wins.
 */
public sealed interface SelectionOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    // ---- checks -----------------------------------------------------------------------------------------------------------------

    private static void checkIndexType(String name, Tensor index) {
        if (index.dtype() != DType.INT64 && index.dtype() != DType.INT32) {
            throw new DTypeMismatchException("[" + name + "] expected an index of int64 or int32, got " + index.dtype()
                    + "; cast it with to(DType.INT64)");
        }
    }

    private static void checkIndex(String name, Tensor x, int dim, Tensor index) {
        if (index.numel() == 0) {
            // As in PyTorch: nothing is read or written, whatever the type and the shape.
            return;
        }
        checkIndexType(name, index);
        boolean fits = index.dim() == x.dim();
        for (int i = 0; fits && i < x.dim(); i++) {
            fits = i == dim || index.size(i) <= x.size(i);
        }
        if (!fits) {
            throw new ShapeMismatchException("[" + name + "] expected an index of as many dimensions as " + x.shape()
                    + " and no larger outside of dimension " + dim + ", got " + index.shape() + "; expand or slice it");
        }
    }

    private static void checkType(String name, Tensor x, Tensor values) {
        if (values.dtype() != x.dtype()) {
            throw new DTypeMismatchException("[" + name + "] expected values of " + x.dtype() + ", got " + values.dtype()
                    + "; cast them with to(DType." + x.dtype().name() + ")");
        }
    }

    /** Returns the part of the values that has the index's shape. */
    private static Tensor source(String name, Tensor x, Tensor index, Tensor source) {
        checkType(name, x, source);
        boolean fits = source.dim() == index.dim();
        for (int i = 0; fits && i < index.dim(); i++) {
            fits = index.size(i) <= source.size(i);
        }
        if (!fits && index.numel() > 0) {
            throw new ShapeMismatchException("[" + name + "] expected values at least as large as the index " + index.shape() + ", got "
                    + source.shape() + "; expand them");
        }
        Tensor part = source;
        for (int i = 0; fits && i < index.dim(); i++) {
            part = part.slice(i, 0, index.size(i));
        }
        return part;
    }

    /** Returns a vector of indices; a scalar counts as one. */
    private static Tensor vector(String name, Tensor x, Tensor index) {
        checkIndexType(name, index);
        if (index.dim() > 1 || x.dim() == 0 && index.numel() != 1) {
            throw new ShapeMismatchException("[" + name + "] expected a vector of indices, of one for a scalar, got " + index.shape()
                    + " for shape " + x.shape() + "; flatten the indices");
        }
        return index.atleast1d();
    }

    private static Tensor slices(String name, Tensor x, int dim, Tensor index, Tensor source) {
        checkType(name, x, source);
        Shape shape = x.shape().with(dim, index.numel());
        if (!source.atleast1d().shape().equals(shape)) {
            throw new ShapeMismatchException("[" + name + "] expected " + shape + ", a slice for each index, got " + source.shape()
                    + "; expand or reshape the values");
        }
        return source.atleast1d();
    }

    /** Returns a result in the original shape: scalars were treated as vectors of one element. */
    private Tensor like(Tensor result) {
        return self().dim() == 0 ? result.reshape() : result;
    }

    // ---- along a dimension, an index for each element -----------------------------------------------------------------------------

    /**
     * Reads along a dimension: {@code result[i][j] = this[index[i][j]][j]} for dim 0.
     *
     * @param index as many dimensions as this, no larger outside of {@code dim}, in [0, size); gives the shape of the result
     */
    default Tensor gather(int dim, Tensor index) {
        Tensor x = self().atleast1d();
        int at = x.shape().dim("gather", dim);
        checkIndex("gather", x, at, index.atleast1d());
        if (index.numel() == 0) {
            return Primitives.full(index.shape(), 0.0, x.dtype(), Primitives.runtimeOf(x));
        }
        return index.dim() == 0
                ? Indexed.read("gather", x, at, index.atleast1d()).reshape()
                : Indexed.read("gather", x, at, index);
    }

    /** Reads at the positions of a tensor in row-major order; see {@link #takeAlongDim(Tensor, int)}. */
    default Tensor takeAlongDim(Tensor indices) {
        checkIndexType("takeAlongDim", indices);
        return self().flatten().takeAlongDim(indices.flatten(), 0);
    }

    /**
     * Reads along a dimension as {@link #gather} does, after this and the indices were broadcast outside of it.
     *
     * @param indices in [-size, size)
     */
    default Tensor takeAlongDim(Tensor indices, int dim) {
        Tensor x = self();
        checkIndexType("takeAlongDim", indices);
        if (x.dim() != indices.dim() || x.dim() == 0) {
            throw new ShapeMismatchException("[takeAlongDim] expected indices of as many dimensions as " + x.shape() + ", got "
                    + indices.shape() + "; unsqueeze them, or leave the dimension out to read by row-major position");
        }
        int at = x.shape().dim("takeAlongDim", dim);
        Shape common = Shape.broadcast("takeAlongDim", x.shape().with(at, 1), indices.shape().with(at, 1));
        Tensor index = Indexed.fromFront(indices, x.size(at)).expand(common.with(at, indices.size(at)).toArray());
        return Indexed.read("takeAlongDim", x.expand(common.with(at, x.size(at)).toArray()), at, index);
    }

    /**
     * Returns this with values written along a dimension: {@code result[index[i][j]][j] = source[i][j]} for dim 0.
     *
     * @param index as for {@link #gather}
     * @param source of this one's type, at least as large as the index
     */
    default Tensor scatter(int dim, Tensor index, Tensor source) {
        Tensor x = self().atleast1d();
        int at = x.shape().dim("scatter", dim);
        checkIndex("scatter", x, at, index.atleast1d());
        Tensor values = source("scatter", x, index.atleast1d(), source.atleast1d());
        return like(Indexed.write("scatter", x, at, index.atleast1d(), values));
    }

    /** Returns this with a number written along a dimension: {@code result[index[i][j]][j] = value} for dim 0. */
    default Tensor scatter(int dim, Tensor index, double value) {
        return scatter(dim, index, Primitives.full(index.shape(), value, self().dtype(), Primitives.runtimeOf(self())));
    }

    /** Returns this with values combined into it along a dimension: {@link #scatterReduce} with what is there. */
    default Tensor scatter(int dim, Tensor index, Tensor source, ScatterReduction reduce) {
        return scattered("scatter", dim, index, source, reduce, true);
    }

    /** Returns this with a number combined into it along a dimension. */
    default Tensor scatter(int dim, Tensor index, double value, ScatterReduction reduce) {
        return scatter(dim, index, Primitives.full(index.shape(), value, self().dtype(), Primitives.runtimeOf(self())), reduce);
    }

    /** Returns this with values added along a dimension; where an index occurs several times, all are added, in order. */
    default Tensor scatterAdd(int dim, Tensor index, Tensor source) {
        return scattered("scatterAdd", dim, index, source, ScatterReduction.SUM, true);
    }

    /** Same as {@link #scatterReduce(int, Tensor, Tensor, ScatterReduction, boolean)} with what is there. */
    default Tensor scatterReduce(int dim, Tensor index, Tensor source, ScatterReduction reduce) {
        return scatterReduce(dim, index, source, reduce, true);
    }

    /**
     * Returns this with values combined into it along a dimension: for dim 0, {@code result[k][j]} is the combination of
     * {@code this[k][j]} and all {@code source[i][j]} with {@code index[i][j] == k}, in order.
     *
     * <p>The gradient of a product is right where one factor is 0, and 0 where several are. Equal largest or smallest values share the
     * gradient evenly; what is there counts among them even if it does not take part, as in
     * <a href="https://docs.pytorch.org/docs/stable/generated/torch.Tensor.scatter_reduce_.html">PyTorch</a>.
     *
     * @param index as for {@link #gather}
     * @param source of this one's type, at least as large as the index
     * @param includeSelf whether what is there takes part; places that nothing is written to stay as they are
     */
    default Tensor scatterReduce(int dim, Tensor index, Tensor source, ScatterReduction reduce, boolean includeSelf) {
        return scattered("scatterReduce", dim, index, source, reduce, includeSelf);
    }

    private Tensor scattered(String name, int dim, Tensor index, Tensor source, ScatterReduction reduce, boolean includeSelf) {
        Tensor x = self().atleast1d();
        int at = x.shape().dim(name, dim);
        checkIndex(name, x, at, index.atleast1d());
        Tensor values = source(name, x, index.atleast1d(), source.atleast1d());
        return like(Scattering.reduce(name, x, at, index.atleast1d(), values, reduce, includeSelf));
    }

    // ---- along a dimension, an index for each slice -------------------------------------------------------------------------------

    /**
     * Returns the slices of a dimension at the given indices, in their order.
     *
     * @param index [n], in [0, size)
     */
    default Tensor indexSelect(int dim, Tensor index) {
        Tensor x = self();
        Tensor line = vector("indexSelect", x, index);
        Tensor raised = x.atleast1d();
        int at = raised.shape().dim("indexSelect", dim);
        return like(Indexed.read("indexSelect", raised, at, Indexed.spread(raised.shape(), at, line)));
    }

    /** Returns this with slices added along a dimension, see {@link #indexAdd(int, Tensor, Tensor, double)}. */
    default Tensor indexAdd(int dim, Tensor index, Tensor source) {
        return indexAdd(dim, index, source, 1);
    }

    /**
     * Returns this with slices added along a dimension: {@code result[index[i]][j] += alpha * source[i][j]} for dim 0. Where an index
     * occurs several times, all are added, in order.
     *
     * @param index [n], in [0, size)
     * @param source this one's shape with size n at {@code dim}, and its type
     */
    default Tensor indexAdd(int dim, Tensor index, Tensor source, double alpha) {
        Tensor x = self().atleast1d();
        Tensor line = vector("indexAdd", self(), index);
        int at = x.shape().dim("indexAdd", dim);
        Tensor values = slices("indexAdd", x, at, line, source);
        Tensor factor = alpha == Math.rint(alpha)
                ? Primitives.scalarOf(x, (long) alpha, x.dtype())
                : Primitives.scalarLike(x, alpha, x.dtype());
        Tensor scaled = alpha == 1 ? values : values.mul(factor);
        return like(Indexed.add("indexAdd", x, at, Indexed.spread(x.shape(), at, line), scaled));
    }

    /**
     * Returns this with slices written along a dimension: {@code result[index[i]][j] = source[i][j]} for dim 0.
     *
     * @param index [n], in [0, size)
     * @param source this one's shape with size n at {@code dim}, and its type
     */
    default Tensor indexCopy(int dim, Tensor index, Tensor source) {
        Tensor x = self().atleast1d();
        Tensor line = vector("indexCopy", self(), index);
        int at = x.shape().dim("indexCopy", dim);
        Tensor values = slices("indexCopy", x, at, line, source);
        return like(Indexed.write("indexCopy", x, at, Indexed.spread(x.shape(), at, line), values));
    }

    /** Returns this with a number written to some slices of a dimension, see {@link #indexFill(int, Tensor, Tensor)}. */
    default Tensor indexFill(int dim, Tensor index, double value) {
        return indexFill(dim, index, Primitives.scalarLike(self(), value, self().dtype()));
    }

    /**
     * Returns this with a value written to some slices of a dimension.
     *
     * @param index [n], in [-size, size)
     * @param value zero-dimensional; cast to this one's type
     */
    default Tensor indexFill(int dim, Tensor index, Tensor value) {
        Tensor x = self().atleast1d();
        Tensor line = vector("indexFill", self(), index);
        int at = x.shape().dim("indexFill", dim);
        if (value.dim() != 0) {
            throw new ShapeMismatchException("[indexFill] expected a zero-dimensional value, got shape " + value.shape()
                    + "; use indexCopy for slices");
        }
        Tensor chosen = Masks.ofIndices("indexFill", Indexed.fromFront(line, x.size(at)), x.size(at));
        long[] sizes = new long[x.dim()];
        Arrays.fill(sizes, 1);
        sizes[at] = x.size(at);
        return like(chosen.reshape(sizes).where(Primitives.onDeviceOf("indexFill", x, value).to(x.dtype()), x));
    }

    /** Same as {@link #indexReduce(int, Tensor, Tensor, ScatterReduction, boolean)} with what is there. */
    default Tensor indexReduce(int dim, Tensor index, Tensor source, ScatterReduction reduce) {
        return indexReduce(dim, index, source, reduce, true);
    }

    /**
     * Returns this with slices combined into it along a dimension, as {@link #scatterReduce} does element by element.
     *
     * @param index [n], in [0, size)
     * @param source this one's shape with size n at {@code dim}, and its type
     * @param includeSelf whether what is there takes part
     */
    default Tensor indexReduce(int dim, Tensor index, Tensor source, ScatterReduction reduce, boolean includeSelf) {
        Tensor x = self().atleast1d();
        Tensor line = vector("indexReduce", self(), index);
        int at = x.shape().dim("indexReduce", dim);
        Tensor values = slices("indexReduce", x, at, line, source);
        return like(Scattering.reduce("indexReduce", x, at, Indexed.spread(x.shape(), at, line), values, reduce, includeSelf));
    }

    // ---- in row-major order -------------------------------------------------------------------------------------------------------

    /**
     * Returns the elements at row-major positions.
     *
     * @param index of any shape, which is that of the result; in [-n, n) for n elements
     */
    default Tensor take(Tensor index) {
        Tensor flat = rowMajor("take", index);
        return Indexed.read("take", self().flatten(), 0, flat).reshape(index.shape().toArray());
    }

    /** Same as {@link #put(Tensor, Tensor, boolean)} without adding. */
    default Tensor put(Tensor index, Tensor source) {
        return put(index, source, false);
    }

    /**
     * Returns this with values written at row-major positions.
     *
     * @param index of any shape; in [-n, n) for n elements
     * @param source as many elements as the index, of this one's type
     * @param accumulate whether values are added to what is there
     */
    default Tensor put(Tensor index, Tensor source, boolean accumulate) {
        Tensor x = self();
        checkType("put", x, source);
        if (source.numel() != index.numel()) {
            throw new ShapeMismatchException("[put] expected as many values as indices, " + index.numel() + ", got shape "
                    + source.shape() + "; expand the values");
        }
        Tensor flat = rowMajor("put", index);
        Tensor values = source.flatten();
        Tensor y = accumulate
                ? Indexed.add("put", x.flatten(), 0, flat, values)
                : Indexed.write("put", x.flatten(), 0, flat, values);
        return y.reshape(x.shape().toArray());
    }

    private Tensor rowMajor(String name, Tensor index) {
        checkIndexType(name, index);
        if (self().numel() == 0 && index.numel() > 0) {
            throw new IndexOutOfRangeException("[" + name + "] expected no index into a tensor without elements, got "
                    + index.numel() + "; check its shape " + self().shape());
        }
        return Indexed.fromFront(index.flatten(), self().numel());
    }

    /**
     * Returns for row-major positions in a tensor of some shape the coordinates in each dimension. There is no gradient: positions are
     * whole numbers.
     *
     * @param sizes of that shape
     * @return an int64 tensor of this one's shape for each dimension
     */
    default List<Tensor> unravelIndex(long... sizes) {
        if (!self().dtype().isInteger()) {
            throw new DTypeMismatchException("[unravelIndex] expected positions of an integer type, got " + self().dtype()
                    + "; cast them with to(DType.INT64)");
        }
        Tensor x = self().to(DType.INT64);
        if (Arrays.stream(sizes).anyMatch(size -> size < 0)) {
            throw new InvalidArgumentException("[unravelIndex] expected sizes >= 0, got " + Arrays.toString(sizes)
                    + "; they are the shape that the positions belong to");
        }
        Tensor[] coordinates = new Tensor[sizes.length];
        long stride = 1;
        for (int dim = sizes.length - 1; dim >= 0; dim--) {
            Tensor quotient = x.floorDivide(Primitives.scalarOf(x, stride, DType.INT64));
            coordinates[dim] = quotient.remainder(Primitives.scalarOf(x, sizes[dim], DType.INT64));
            stride *= sizes[dim];
        }
        return List.of(coordinates);
    }

    // ---- masks --------------------------------------------------------------------------------------------------------------------

    /**
     * Returns the elements where a mask is true, as a vector in row-major order. Its size depends on the mask: this waits for the device
     * and reads the mask on the host.
     *
     * @param mask bool; this and the mask broadcast
     */
    default Tensor maskedSelect(Tensor mask) {
        Masks.check("maskedSelect", mask);
        Shape shape = Shape.broadcast("maskedSelect", self().shape(), mask.shape());
        Tensor positions = Masks.positions(mask.expand(shape.toArray()));
        return Indexed.read("maskedSelect", self().expand(shape.toArray()).flatten(), 0, positions);
    }

    /**
     * Returns this with the elements where a mask is true replaced by the first values of another tensor, in row-major order. Waits for
     * the device and reads the mask on the host, to know that there are enough values.
     *
     * @param mask bool; this and the mask broadcast
     * @param source of this one's type, at least as many elements as the mask has trues
     */
    default Tensor maskedScatter(Tensor mask, Tensor source) {
        Masks.check("maskedScatter", mask);
        checkType("maskedScatter", self(), source);
        Shape shape = Shape.broadcast("maskedScatter", self().shape(), mask.shape());
        Tensor x = self().expand(shape.toArray());
        Tensor positions = Masks.positions(mask.expand(shape.toArray()));
        if (source.numel() < positions.numel()) {
            throw new ShapeMismatchException("[maskedScatter] expected at least " + positions.numel() + " values for the mask, got shape "
                    + source.shape() + "; give one for each place where it is true");
        }
        Tensor values = source.flatten().slice(0, 0, positions.numel());
        return Indexed.write("maskedScatter", x.flatten(), 0, positions, values).reshape(shape.toArray());
    }

    /**
     * Returns the coordinates of the elements different from 0, row-major, int64 of shape [count, dimensions]. Their number depends on
     * the values: this waits for the device and reads them on the host. There is no gradient: coordinates are whole numbers.
     */
    default Tensor nonzero() {
        return Masks.coordinates(self()).t();
    }

    /** Same as {@link #nonzero}. */
    default Tensor argwhere() {
        return nonzero();
    }

    /** Returns the coordinates of the elements different from 0, a vector for each dimension; a scalar counts as a vector of one. */
    default List<Tensor> nonzeroAsTuple() {
        return Masks.coordinates(self().atleast1d()).unbind(0);
    }
}
