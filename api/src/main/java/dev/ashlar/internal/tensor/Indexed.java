// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.Tensor;
import dev.ashlar.spi.ScatterOp;
import dev.ashlar.type.Shape;
import java.util.Arrays;

/**
 * Reading and writing along a dimension, with gradients: each is the other's rule. Dimensions are counted from the front and operands
 * were checked; errors that show up when values are read name the given operation.
 */
public final class Indexed {
    private Indexed() {}

    /** Reads at indices of the result's shape. */
    public static Tensor read(String name, Tensor x, int dim, Tensor index) {
        Tensor y = Primitives.gather(name, x, dim, index);
        Shape shape = x.shape();
        return Tape.record(name, y, of(x), of(index), (g, s) -> {
            Tensor zeros = Primitives.full(shape, 0.0, g.dtype(), Primitives.runtime(g));
            return add(name, zeros, dim, s[0], g);
        });
    }

    /** Returns {@code x} with values of the index's shape written; of several at one place the last one wins. */
    public static Tensor write(String name, Tensor x, int dim, Tensor index, Tensor values) {
        if (index.shape().elements() == 0) {
            return x;
        }
        Tensor y = Primitives.scatter(name, x, dim, index, values, ScatterOp.SET);
        return Tape.record(
                name,
                y,
                of(x, values),
                of(index),
                (g, s) -> write(name, g, dim, s[0], Primitives.full(s[0].shape(), 0.0, g.dtype(), Primitives.runtime(g))),
                (g, s) -> read(name, g, dim, s[0]));
    }

    /** Returns {@code x} with values of the index's shape added. */
    public static Tensor add(String name, Tensor x, int dim, Tensor index, Tensor values) {
        if (index.shape().elements() == 0) {
            return x;
        }
        Tensor y = Primitives.scatter(name, x, dim, index, values, ScatterOp.ADD);
        return Tape.record(name, y, of(x, values), of(index), (g, _) -> g, (g, s) -> read(name, g, dim, s[0]));
    }

    /** Returns indices in [-size, size) as such that count from the front; others stay as they are, to be found when they are used. */
    public static Tensor fromFront(Tensor index, long size) {
        Tensor fromEnd = index.lt(0).logicalAnd(index.ge(-size));
        return fromEnd.where(index.add(size), index);
    }

    /** Repeats a vector of indices for every position of the other dimensions of a shape. */
    public static Tensor spread(Shape shape, int dim, Tensor index) {
        long count = index.shape().elements();
        long[] line = new long[shape.rank()];
        Arrays.fill(line, 1);
        line[dim] = count;
        return index.reshape(line).expand(shape.with(dim, count).toArray());
    }
}
