// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.internal.tensor.Primitives;
import dev.ashlar.internal.tensor.Promotion;
import dev.ashlar.internal.tensor.Tape;
import dev.ashlar.spi.ReduceOp;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import java.util.Arrays;

/**
 * Folds over dimensions. Without dimensions everything is folded and the result is zero-dimensional; dimensions may be negative and
 * count from the end then; {@code keepDim} keeps folded dimensions with size 1.
 */
public sealed interface ReductionOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    private static int[] all(Shape shape) {
        int[] dims = new int[shape.rank()];
        Arrays.setAll(dims, i -> i);
        return dims;
    }

    /** Returns the dimensions counted from the front, ascending. */
    private static int[] dims(String name, Shape shape, int[] dims) {
        if (shape.rank() == 0) {
            for (int dim : dims) {
                shape.dim(name, dim);
            }
            return new int[0];
        }
        int[] result = new int[dims.length];
        for (int i = 0; i < dims.length; i++) {
            result[i] = shape.dim(name, dims[i]);
        }
        Arrays.sort(result);
        for (int i = 1; i < result.length; i++) {
            if (result[i] == result[i - 1]) {
                throw new InvalidArgumentException("[" + name + "] expected each dimension once, got " + Arrays.toString(dims));
            }
        }
        return result;
    }

    /** Gives a folded tensor the folded dimensions back, with size 1. */
    private static Tensor unfold(Tensor folded, Shape original, int[] dims) {
        long[] sizes = original.toArray();
        for (int dim : dims) {
            sizes[dim] = 1;
        }
        return folded.reshape(sizes);
    }

    private static long count(Shape shape, int[] dims) {
        long count = 1;
        for (int dim : dims) {
            count *= shape.size(dim);
        }
        return count;
    }

    // ---- sums -------------------------------------------------------------------------------------------------------------------

    /** Returns the sum of all elements; of integers and bool in int64. */
    default Tensor sum() {
        return sum(all(self().shape()), false);
    }

    default Tensor sum(int dim) {
        return sum(new int[] {dim}, false);
    }

    default Tensor sum(int dim, boolean keepDim) {
        return sum(new int[] {dim}, keepDim);
    }

    /** Returns the sums over some dimensions. */
    default Tensor sum(int[] dims, boolean keepDim) {
        Tensor x = self();
        int[] folded = dims("sum", x.shape(), dims);
        Tensor y = Primitives.reduce("sum", ReduceOp.SUM, x, folded, keepDim);
        Shape shape = x.shape();
        return Tape.record("sum", y, of(x), of(), (g, _) -> unfold(g, shape, folded).expand(shape.toArray()));
    }

    /** Returns the mean of all elements. */
    default Tensor mean() {
        return mean(all(self().shape()), false);
    }

    default Tensor mean(int dim) {
        return mean(new int[] {dim}, false);
    }

    default Tensor mean(int dim, boolean keepDim) {
        return mean(new int[] {dim}, keepDim);
    }

    /** Returns the means over some dimensions; NaN where there is nothing to fold. */
    default Tensor mean(int[] dims, boolean keepDim) {
        if (!self().dtype().isFloatingPoint()) {
            throw new DTypeMismatchException("[mean] expected a floating-point tensor, got " + self().dtype()
                    + "; cast it, for example with to(DType.FLOAT32)");
        }
        long count = count(self().shape(), dims("mean", self().shape(), dims));
        return Primitives.inner(self().sum(dims, keepDim)).div((double) count);
    }

    /** Returns the product of all elements; of integers and bool in int64. */
    default Tensor prod() {
        Tensor x = self();
        return x.reshape(x.shape().elements()).prod(0, false);
    }

    default Tensor prod(int dim) {
        return prod(dim, false);
    }

    /**
     * Returns the products over one dimension. The gradient is right where factors are 0: it is the product of the other factors.
     */
    default Tensor prod(int dim, boolean keepDim) {
        Tensor x = self();
        int[] folded = dims("prod", x.shape(), new int[] {dim});
        Tensor y = Primitives.reduce("prod", ReduceOp.PROD, x, folded, keepDim);
        Shape shape = x.shape();
        return Tape.record("prod", y, of(x), of(x), (g, s) -> {
            if (folded.length == 0) {
                return g;
            }
            return unfold(g, shape, folded).mul(productOfOthers(s[0], folded[0]));
        });
    }

    /** Returns at each position the product of the other elements along the dimension, without dividing. */
    private static Tensor productOfOthers(Tensor x, int dim) {
        long n = x.shape().size(dim);
        Tensor eye = Tensor.eye(n).to(x.device()).to(DType.BOOL);
        Tensor last = x.transpose(dim, -1);
        Tensor matrix = last.unsqueeze(-2).expand(append(last.shape(), n));
        Tensor others = eye.where(Primitives.scalarLike(x, 1, x.dtype()), matrix);
        return others.prod(-1, false).transpose(dim, -1);
    }

    private static long[] append(Shape shape, long n) {
        long[] sizes = Arrays.copyOf(shape.toArray(), shape.rank() + 1);
        sizes[shape.rank()] = sizes[shape.rank() - 1];
        sizes[shape.rank() - 1] = n;
        return sizes;
    }

    // ---- extremes ---------------------------------------------------------------------------------------------------------------

    /** Returns the largest element, NaN if there is one; equal largest elements share the gradient. */
    default Tensor max() {
        return self().amax(all(self().shape()), false);
    }

    /** Returns the smallest element, NaN if there is one; equal smallest elements share the gradient. */
    default Tensor min() {
        return self().amin(all(self().shape()), false);
    }

    default Tensor amax(int dim, boolean keepDim) {
        return amax(new int[] {dim}, keepDim);
    }

    /** Returns the largest elements over some dimensions; equal ones share the gradient evenly. */
    default Tensor amax(int[] dims, boolean keepDim) {
        return extreme("amax", ReduceOp.MAX, dims, keepDim);
    }

    default Tensor amin(int dim, boolean keepDim) {
        return amin(new int[] {dim}, keepDim);
    }

    /** Returns the smallest elements over some dimensions; equal ones share the gradient evenly. */
    default Tensor amin(int[] dims, boolean keepDim) {
        return extreme("amin", ReduceOp.MIN, dims, keepDim);
    }

    private Tensor extreme(String name, ReduceOp op, int[] dims, boolean keepDim) {
        Tensor x = self();
        Shape shape = x.shape();
        int[] folded = dims(name, shape, dims);
        Tensor y = Primitives.reduce(name, op, x, folded, keepDim);
        return Tape.record(name, y, of(x), of(x, y), (g, s) -> {
            Tensor hit = s[0].eq(unfold(s[1], shape, folded)).to(g.dtype());
            Tensor hits = Primitives.detached(hit).sum(folded, true);
            return unfold(g, shape, folded).mul(hit.div(hits));
        });
    }

    /** Returns the int64 position of the first largest element among all, row-major; the first NaN counts as largest. */
    default Tensor argmax() {
        return Primitives.reduce("argmax", ReduceOp.ARGMAX, self(), all(self().shape()), false);
    }

    default Tensor argmax(int dim) {
        return argmax(dim, false);
    }

    /** Returns the int64 positions of the first largest elements along a dimension. */
    default Tensor argmax(int dim, boolean keepDim) {
        return Primitives.reduce("argmax", ReduceOp.ARGMAX, self(), dims("argmax", self().shape(), new int[] {dim}), keepDim);
    }

    /** Returns the int64 position of the first smallest element among all, row-major; the first NaN counts as smallest. */
    default Tensor argmin() {
        return Primitives.reduce("argmin", ReduceOp.ARGMIN, self(), all(self().shape()), false);
    }

    default Tensor argmin(int dim) {
        return argmin(dim, false);
    }

    /** Returns the int64 positions of the first smallest elements along a dimension. */
    default Tensor argmin(int dim, boolean keepDim) {
        return Primitives.reduce("argmin", ReduceOp.ARGMIN, self(), dims("argmin", self().shape(), new int[] {dim}), keepDim);
    }

    // ---- statistics -------------------------------------------------------------------------------------------------------------

    /** Returns the variance of all elements, with divisor n - 1. */
    default Tensor var() {
        return var(all(self().shape()), 1, false);
    }

    default Tensor var(int dim, boolean keepDim) {
        return var(new int[] {dim}, 1, keepDim);
    }

    /**
     * Returns the variances over some dimensions, computed in two passes.
     *
     * @param correction what is subtracted from the count in the divisor: 1 for the sample, 0 for the population
     */
    default Tensor var(int[] dims, double correction, boolean keepDim) {
        Tensor x = Promotion.floating(self());
        long count = count(x.shape(), dims("var", x.shape(), dims));
        Tensor centered = x.sub(x.mean(dims, true));
        return Primitives.inner(centered.square().sum(dims, keepDim)).div(Math.max(0, count - correction));
    }

    /** Returns the standard deviation of all elements, with divisor n - 1. */
    default Tensor std() {
        return Primitives.inner(var()).sqrt();
    }

    default Tensor std(int dim, boolean keepDim) {
        return var(dim, keepDim).sqrt();
    }

    /** Returns the Euclidean norm of all elements; its gradient at 0 is 0. */
    default Tensor norm() {
        Tensor x = self();
        Tensor y = Primitives.inner(Primitives.detached(x).square().sum()).sqrt();
        return Tape.record("norm", y, of(x), of(x, y), (g, s) -> {
            Tensor zero = Primitives.scalarLike(g, 0, g.dtype());
            return s[1].eq(0.0).where(zero, s[0].div(s[1])).mul(g);
        });
    }

    /** Returns log(sum(exp(this))) over a dimension, without overflow. */
    default Tensor logSumExp(int dim, boolean keepDim) {
        Tensor x = Promotion.floating(self());
        Tensor largest = Primitives.detached(x).amax(dim, true);
        Tensor shift = largest.isFinite().where(largest, Primitives.scalarLike(x, 0, x.dtype()));
        Tensor result = x.sub(shift).exp().sum(dim, true).log().add(shift);
        return keepDim ? result : result.squeeze(dim);
    }

    // ---- logic ------------------------------------------------------------------------------------------------------------------

    private Tensor truth(String name, ReduceOp op, int[] dims, boolean keepDim) {
        Tensor x = Primitives.detached(self()).to(DType.BOOL);
        int[] folded = dims(name, x.shape(), dims);
        if (x.shape().elements() == 0) {
            // Of nothing, no element is true and none is false.
            Tensor count = Primitives.reduce(name, ReduceOp.SUM, x, folded, keepDim);
            return op == ReduceOp.MAX ? count.ne(0) : count.eq(0);
        }
        return Primitives.reduce(name, op, x, folded, keepDim);
    }

    /** Returns whether any element is different from 0; false if there is none. */
    default Tensor any() {
        return truth("any", ReduceOp.MAX, all(self().shape()), false);
    }

    default Tensor any(int dim, boolean keepDim) {
        return truth("any", ReduceOp.MAX, new int[] {dim}, keepDim);
    }

    /** Returns whether all elements are different from 0; true if there is none. */
    default Tensor all() {
        return truth("all", ReduceOp.MIN, all(self().shape()), false);
    }

    default Tensor all(int dim, boolean keepDim) {
        return truth("all", ReduceOp.MIN, new int[] {dim}, keepDim);
    }
}
