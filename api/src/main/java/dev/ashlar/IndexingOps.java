// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.internal.tensor.Primitives;
import dev.ashlar.internal.tensor.Tape;
import dev.ashlar.spi.ScatterOp;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;

/**
 * Reading and writing at indices. Index tensors are int64 or int32; an index out of range is found when the values are read, and named
 * with the operation.
 */
public sealed interface IndexingOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
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
        Tensor x = self();
        int at = x.shape().dim("gather", dim);
        checkIndex("gather", x, at, index);
        if (x.shape().rank() == 0) {
            return x.reshape(1).gather(0, index.reshape(1)).reshape();
        }
        Tensor y = Primitives.gather("gather", x, at, index);
        Shape shape = x.shape();
        return Tape.record("gather", y, of(x), of(index), (g, s) -> {
            Tensor zeros = Primitives.full(shape, 0.0, g.dtype(), Primitives.runtimeOf(g));
            return zeros.scatterAdd(at, s[0], g);
        });
    }

    /** Returns the slices of a dimension at the given indices, in their order. */
    default Tensor indexSelect(int dim, Tensor index) {
        Tensor x = self();
        if (index.shape().rank() > 1 || x.shape().rank() == 0) {
            throw new ShapeMismatchException("[indexSelect] expected a vector of indices and a tensor with dimensions, got "
                    + index.shape() + " and " + x.shape());
        }
        int at = x.shape().dim("indexSelect", dim);
        long count = index.shape().elements();
        long[] line = new long[x.shape().rank()];
        java.util.Arrays.fill(line, 1);
        line[at] = count;
        return x.gather(at, index.reshape(line).expand(x.shape().with(at, count).toArray()));
    }

    /**
     * Returns this with values written along a dimension: {@code result[index[i][j]][j] = source[i][j]} for dim 0. Where an index occurs
     * several times, the last one wins.
     *
     * @param source of the index's shape
     */
    default Tensor scatter(int dim, Tensor index, Tensor source) {
        Tensor x = self();
        int at = x.shape().dim("scatter", dim);
        checkIndex("scatter", x, at, index);
        Tensor values = checkSource("scatter", x, index, source);
        Tensor y = Primitives.scatter("scatter", x, at, index, values, ScatterOp.SET);
        return Tape.record(
                "scatter",
                y,
                of(x, values),
                of(index),
                (g, s) -> g.scatter(at, s[0], Primitives.full(s[0].shape(), 0.0, g.dtype(), Primitives.runtimeOf(g))),
                (g, s) -> g.gather(at, s[0]));
    }

    /** Returns this with values added along a dimension; where an index occurs several times, all are added, in order. */
    default Tensor scatterAdd(int dim, Tensor index, Tensor source) {
        Tensor x = self();
        int at = x.shape().dim("scatterAdd", dim);
        checkIndex("scatterAdd", x, at, index);
        Tensor values = checkSource("scatterAdd", x, index, source);
        Tensor y = Primitives.scatter("scatterAdd", x, at, index, values, ScatterOp.ADD);
        return Tape.record("scatterAdd", y, of(x, values), of(index), (g, _) -> g, (g, s) -> g.gather(at, s[0]));
    }

    private static Tensor checkSource(String name, Tensor x, Tensor index, Tensor source) {
        if (source.dtype() != x.dtype()) {
            throw new dev.ashlar.type.DTypeMismatchException("[" + name + "] expected values of " + x.dtype() + ", got " + source.dtype());
        }
        if (!source.shape().equals(index.shape())) {
            throw new ShapeMismatchException("[" + name + "] expected values of the index's shape " + index.shape() + ", got "
                    + source.shape());
        }
        return source;
    }
}
