// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import dev.ashlar.internal.tensor.Scans;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import org.jspecify.annotations.Nullable;

/**
 * Running folds along a dimension: each element of the result is a fold of the elements up to it. Results have the shape of the
 * operand; dimensions may be negative and count from the end then. All of them run on the device.
 */
public sealed interface ScanOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    /** Returns the type of a sum or product: of integers and bool int64, unless another one is asked for. */
    private DType type(@Nullable DType dtype) {
        DType own = self().dtype();
        return dtype != null ? dtype : own.isFloatingPoint() ? own : DType.INT64;
    }

    /** Returns the sums of the elements up to each, {@code y[i] = x[0] + ... + x[i]}; of integers and bool in int64. */
    default Tensor cumsum(int dim) {
        return cumsum(dim, null);
    }

    /**
     * Returns the sums of the elements up to each, {@code y[i] = x[0] + ... + x[i]}.
     *
     * @param dtype type to cast to before adding, and of the result; null for this one's type, of integers and bool int64
     */
    default Tensor cumsum(int dim, @Nullable DType dtype) {
        int at = self().shape().dim("cumsum", dim);
        return Scans.sum("cumsum", self(), at, type(dtype));
    }

    /** Returns the products of the elements up to each, {@code y[i] = x[0] * ... * x[i]}; of integers and bool in int64. */
    default Tensor cumprod(int dim) {
        return cumprod(dim, null);
    }

    /**
     * Returns the products of the elements up to each, {@code y[i] = x[0] * ... * x[i]}. The gradient is exact where factors are 0.
     *
     * @param dtype type to cast to before multiplying, and of the result; null for this one's type, of integers and bool int64
     */
    default Tensor cumprod(int dim, @Nullable DType dtype) {
        int at = self().shape().dim("cumprod", dim);
        return Scans.prod("cumprod", self(), at, type(dtype));
    }

    /**
     * Returns the largest of the elements up to each, NaN from the first NaN on, and where it is: of equal elements the last one. The
     * gradient flows there.
     */
    default ValuesAndIndices cummax(int dim) {
        return Scans.extreme("cummax", true, self(), self().shape().dim("cummax", dim));
    }

    /**
     * Returns the smallest of the elements up to each, NaN from the first NaN on, and where it is: of equal elements the last one. The
     * gradient flows there.
     */
    default ValuesAndIndices cummin(int dim) {
        return Scans.extreme("cummin", false, self(), self().shape().dim("cummin", dim));
    }

    /**
     * Returns {@code y[i] = log(exp(x[0]) + ... + exp(x[i]))} without overflow.
     *
     * @throws DTypeMismatchException for integers and bool
     */
    default Tensor logcumsumexp(int dim) {
        int at = self().shape().dim("logcumsumexp", dim);
        if (!self().dtype().isFloatingPoint()) {
            throw new DTypeMismatchException("[logcumsumexp] expected a floating-point tensor, got " + self().dtype()
                    + "; cast it, for example with to(DType.FLOAT32)");
        }
        return Scans.logSumExp(self(), at);
    }

    /** Returns the differences of neighbours along the last dimension, {@code y[i] = x[i+1] - x[i]}. */
    default Tensor diff() {
        return diff(1, -1, null, null);
    }

    /** Returns the differences of neighbours along a dimension, taken {@code n} times. */
    default Tensor diff(int n, int dim) {
        return diff(n, dim, null, null);
    }

    /**
     * Returns the differences of neighbours, {@code y[i] = x[i+1] - x[i]}, of bool whether they differ.
     *
     * @param n how many times differences are taken; 0 returns this, and adds nothing at the ends
     * @param prepend what to put in front of this along the dimension first, of this one's other sizes
     * @param append what to put behind
     * @return smaller by n along the dimension, at least empty
     * @throws ShapeMismatchException if this is zero-dimensional, or something to add does not fit
     */
    default Tensor diff(int n, int dim, @Nullable Tensor prepend, @Nullable Tensor append) {
        Tensor x = self();
        if (x.shape().rank() == 0) {
            throw new ShapeMismatchException("[diff] expected at least one dimension, got a scalar; reshape it to [1]");
        }
        int at = x.shape().dim("diff", dim);
        if (n < 0) {
            throw new InvalidArgumentException("[diff] expected an order >= 0, got " + n + "; use cumsum for the inverse");
        }
        checkFits(x, at, prepend);
        checkFits(x, at, append);
        if (n == 0) {
            return x;
        }
        if (prepend != null) {
            x = Tensor.cat(at, prepend, x);
        }
        if (append != null) {
            x = Tensor.cat(at, x, append);
        }
        for (int i = 0; i < n && x.shape().size(at) > 0; i++) {
            long pairs = x.shape().size(at) - 1;
            Tensor from = x.narrow(at, 0, pairs);
            Tensor to = x.narrow(at, 1, pairs);
            x = x.dtype() == DType.BOOL ? to.logicalXor(from) : to.sub(from);
        }
        return x;
    }

    private static void checkFits(Tensor x, int dim, @Nullable Tensor more) {
        if (more == null) {
            return;
        }
        Shape shape = more.shape();
        if (shape.rank() != x.shape().rank() || !shape.with(dim, 1).equals(x.shape().with(dim, 1))) {
            throw new ShapeMismatchException("[diff] expected shapes that agree but for dimension " + dim + ", got " + x.shape() + " and "
                    + shape + "; expand what is put at the ends");
        }
    }
}
