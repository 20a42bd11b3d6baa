// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.internal.tensor.Dims;
import dev.ashlar.internal.tensor.Folds;
import dev.ashlar.internal.tensor.Primitives;
import dev.ashlar.internal.tensor.Promotion;
import dev.ashlar.internal.tensor.Scans;
import dev.ashlar.internal.tensor.Tape;
import dev.ashlar.spi.ReduceOp;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import org.jspecify.annotations.Nullable;

/**
 * Folds over dimensions. Without dimensions everything is folded and the result is zero-dimensional; dimensions may be negative and
 * count from the end then; {@code keepDim} keeps folded dimensions with size 1. An empty list of dimensions, and null, stand for all,
 * as in PyTorch, except in {@link #any(int[], boolean) any} and {@link #all(int[], boolean) all}.
 */
public sealed interface ReductionOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    // ---- sums -------------------------------------------------------------------------------------------------------------------

    /** Returns the sum of all elements; of integers and bool in int64. */
    default Tensor sum() {
        return sum(null, false, null);
    }

    default Tensor sum(int dim) {
        return sum(new int[] {dim}, false, null);
    }

    default Tensor sum(int dim, boolean keepDim) {
        return sum(new int[] {dim}, keepDim, null);
    }

    /** Returns the sums over some dimensions; of integers and bool in int64. */
    default Tensor sum(int @Nullable [] dims, boolean keepDim) {
        return sum(dims, keepDim, null);
    }

    /**
     * Returns the sums over some dimensions; 0 where there is nothing to add.
     *
     * @param dtype type to cast to before adding, and of the result; null for this one's type, of integers and bool int64
     */
    default Tensor sum(int @Nullable [] dims, boolean keepDim, @Nullable DType dtype) {
        Tensor x = dtype == null ? self() : self().to(dtype);
        Shape shape = x.shape();
        int[] folded = Dims.of("sum", shape, dims);
        Tensor y = Primitives.reduce("sum", ReduceOp.SUM, x, folded, keepDim);
        Tensor result = Tape.record(
                "sum", y, of(x), of(), (g, _) -> Dims.unfold(g, shape, folded).expand(shape.toArray()));
        return dtype == null ? result : result.to(dtype);
    }

    /** Returns the sum of all elements that are not NaN. */
    default Tensor nansum() {
        return nansum(null, false, null);
    }

    /**
     * Returns the sums over some dimensions of the elements that are not NaN; to NaN flows a gradient of 0.
     *
     * @param dtype type to cast to before adding, and of the result; null for this one's type, of integers and bool int64
     */
    default Tensor nansum(int @Nullable [] dims, boolean keepDim, @Nullable DType dtype) {
        Dims.of("nansum", self().shape(), dims);
        Tensor x = dtype == null ? self() : self().to(dtype);
        return Folds.withoutNan(x).sum(dims, keepDim, dtype);
    }

    /**
     * Adds what was repeated by broadcasting: returns the sums over leading dimensions and over those where {@code sizes} has 1.
     *
     * @param sizes what this one's shape could have been broadcast from
     * @throws ShapeMismatchException if it could not
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.Tensor.sum_to_size.html">torch.Tensor.sum_to_size</a>
     */
    default Tensor sumToSize(long... sizes) {
        Shape target = Shape.of(sizes);
        Shape shape = self().shape();
        boolean fits = target.rank() <= shape.rank();
        for (int i = 1; fits && i <= target.rank(); i++) {
            fits = target.size(-i) == 1 || target.size(-i) == shape.size(-i);
        }
        if (!fits) {
            throw new ShapeMismatchException("[sumToSize] expected sizes that broadcast to " + shape + ", got " + target
                    + "; give 1 where elements are to be added");
        }
        return target.rank() == 0 ? sum() : Tape.sumTo(self(), target);
    }

    /** Returns the mean of all elements. */
    default Tensor mean() {
        return mean(null, false, null);
    }

    default Tensor mean(int dim) {
        return mean(new int[] {dim}, false, null);
    }

    default Tensor mean(int dim, boolean keepDim) {
        return mean(new int[] {dim}, keepDim, null);
    }

    default Tensor mean(int @Nullable [] dims, boolean keepDim) {
        return mean(dims, keepDim, null);
    }

    /**
     * Returns the means over some dimensions; NaN where there is nothing to fold.
     *
     * @param dtype type to cast to first, and of the result; null for this one's type
     * @throws DTypeMismatchException for integers and bool without a floating-point {@code dtype}
     */
    default Tensor mean(int @Nullable [] dims, boolean keepDim, @Nullable DType dtype) {
        Tensor x = Folds.averaged("mean", self(), dtype);
        long count = Dims.count(x.shape(), Dims.of("mean", x.shape(), dims));
        Tensor wide = x.to(x.dtype().arithmetic());
        return Primitives.inner(wide.sum(dims, keepDim)).div((double) count).to(x.dtype());
    }

    /** Returns the mean of all elements that are not NaN. */
    default Tensor nanmean() {
        return nanmean(null, false, null);
    }

    /**
     * Returns the means over some dimensions of the elements that are not NaN; NaN where there are none.
     *
     * @param dtype type to cast to first, and of the result; null for this one's type
     * @throws DTypeMismatchException for integers and bool without a floating-point {@code dtype}
     */
    default Tensor nanmean(int @Nullable [] dims, boolean keepDim, @Nullable DType dtype) {
        Tensor x = Folds.averaged("nanmean", self(), dtype);
        Tensor wide = x.to(x.dtype().arithmetic());
        Dims.of("nanmean", x.shape(), dims);
        Tensor count = Primitives.inner(wide.isNan().logicalNot().sum(dims, keepDim));
        return Primitives.inner(Folds.withoutNan(wide).sum(dims, keepDim)).div(count.to(wide.dtype())).to(x.dtype());
    }

    /** Returns the product of all elements; of integers and bool in int64. */
    default Tensor prod() {
        return prod((DType) null);
    }

    /** Returns the product of all elements, cast to {@code dtype} before they are multiplied; null as {@link #prod()}. */
    default Tensor prod(@Nullable DType dtype) {
        return self().reshape(self().shape().elements()).prod(0, false, dtype);
    }

    default Tensor prod(int dim) {
        return prod(dim, false, null);
    }

    default Tensor prod(int dim, boolean keepDim) {
        return prod(dim, keepDim, null);
    }

    /**
     * Returns the products over one dimension; 1 where there is nothing to multiply. The gradient is the product of the other factors,
     * right where factors are 0.
     *
     * @param dtype type to cast to before multiplying, and of the result; null for this one's type, of integers and bool int64
     */
    default Tensor prod(int dim, boolean keepDim, @Nullable DType dtype) {
        Tensor x = dtype == null ? self() : self().to(dtype);
        Shape shape = x.shape();
        int[] folded = Dims.of("prod", shape, new int[] {dim});
        Tensor y = Primitives.reduce("prod", ReduceOp.PROD, x, folded, keepDim);
        Tensor result = Tape.record("prod", y, of(x), of(x), (g, s) -> folded.length == 0
                ? g
                : Dims.unfold(g, shape, folded).mul(Scans.productOfOthers("prod", s[0], folded[0])));
        return dtype == null ? result : result.to(dtype);
    }

    // ---- extremes ---------------------------------------------------------------------------------------------------------------

    /** Returns the largest element, NaN if there is one; equal largest elements share the gradient. */
    default Tensor max() {
        return Folds.extreme("max", ReduceOp.MAX, self(), null, false, true);
    }

    default ValuesAndIndices max(int dim) {
        return max(dim, false);
    }

    /**
     * Returns the largest elements along a dimension and the position of the first of each; NaN counts as largest. The gradient flows to
     * the element at that position only; {@link #amax(int, boolean) amax} shares it among equal ones.
     */
    default ValuesAndIndices max(int dim, boolean keepDim) {
        return Folds.chosen("max", ReduceOp.ARGMAX, self(), dim, keepDim);
    }

    /** Returns the larger of two, as {@link Tensor#maximum}. */
    default Tensor max(Tensor other) {
        return self().maximum(other);
    }

    /** Returns the smallest element, NaN if there is one; equal smallest elements share the gradient. */
    default Tensor min() {
        return Folds.extreme("min", ReduceOp.MIN, self(), null, false, true);
    }

    default ValuesAndIndices min(int dim) {
        return min(dim, false);
    }

    /**
     * Returns the smallest elements along a dimension and the position of the first of each; NaN counts as smallest. The gradient flows
     * to the element at that position only; {@link #amin(int, boolean) amin} shares it among equal ones.
     */
    default ValuesAndIndices min(int dim, boolean keepDim) {
        return Folds.chosen("min", ReduceOp.ARGMIN, self(), dim, keepDim);
    }

    /** Returns the smaller of two, as {@link Tensor#minimum}. */
    default Tensor min(Tensor other) {
        return self().minimum(other);
    }

    default Tensor amax(int dim, boolean keepDim) {
        return amax(new int[] {dim}, keepDim);
    }

    /** Returns the largest elements over some dimensions; equal ones share the gradient evenly. */
    default Tensor amax(int @Nullable [] dims, boolean keepDim) {
        return Folds.extreme("amax", ReduceOp.MAX, self(), dims, keepDim, false);
    }

    default Tensor amin(int dim, boolean keepDim) {
        return amin(new int[] {dim}, keepDim);
    }

    /** Returns the smallest elements over some dimensions; equal ones share the gradient evenly. */
    default Tensor amin(int @Nullable [] dims, boolean keepDim) {
        return Folds.extreme("amin", ReduceOp.MIN, self(), dims, keepDim, false);
    }

    /** Returns the smallest and the largest element of all; equal ones share the gradient evenly. */
    default Extremes aminmax() {
        return aminmax(null, false);
    }

    /** Returns the smallest and the largest elements along a dimension, null for all; equal ones share the gradient evenly. */
    default Extremes aminmax(@Nullable Integer dim, boolean keepDim) {
        int[] dims = dim == null ? null : new int[] {dim};
        return new Extremes(
                Folds.extreme("aminmax", ReduceOp.MIN, self(), dims, keepDim, false),
                Folds.extreme("aminmax", ReduceOp.MAX, self(), dims, keepDim, false));
    }

    /** Returns the int64 position of the first largest element among all, row-major; the first NaN counts as largest. */
    default Tensor argmax() {
        return argmax(null, false);
    }

    default Tensor argmax(int dim) {
        return argmax(dim, false);
    }

    /** Returns the int64 positions of the first largest elements along a dimension, null for all. An index has no gradient. */
    default Tensor argmax(@Nullable Integer dim, boolean keepDim) {
        return Folds.position("argmax", ReduceOp.ARGMAX, self(), dim == null ? null : new int[] {dim}, keepDim);
    }

    /** Returns the int64 position of the first smallest element among all, row-major; the first NaN counts as smallest. */
    default Tensor argmin() {
        return argmin(null, false);
    }

    default Tensor argmin(int dim) {
        return argmin(dim, false);
    }

    /** Returns the int64 positions of the first smallest elements along a dimension, null for all. An index has no gradient. */
    default Tensor argmin(@Nullable Integer dim, boolean keepDim) {
        return Folds.position("argmin", ReduceOp.ARGMIN, self(), dim == null ? null : new int[] {dim}, keepDim);
    }

    // ---- logarithms -------------------------------------------------------------------------------------------------------------

    default Tensor logSumExp(int dim, boolean keepDim) {
        return logSumExp(new int[] {dim}, keepDim);
    }

    /** Returns log(sum(exp(this))) over some dimensions, without overflow; -infinity where there is nothing to add. */
    default Tensor logSumExp(int @Nullable [] dims, boolean keepDim) {
        Tensor x = Promotion.floating(self());
        return Folds.logSumExp(x, Dims.of("logSumExp", x.shape(), dims), keepDim);
    }

    // ---- logic ------------------------------------------------------------------------------------------------------------------

    /** Returns whether any element is different from 0; false if there is none. Of uint8 the result is uint8. No gradient flows. */
    default Tensor any() {
        return Folds.truth("any", ReduceOp.MAX, self(), Dims.all(self().shape()), false);
    }

    default Tensor any(int dim, boolean keepDim) {
        return any(new int[] {dim}, keepDim);
    }

    /** Returns whether any element over some dimensions is different from 0. Without dimensions nothing is folded. */
    default Tensor any(int[] dims, boolean keepDim) {
        return Folds.truth("any", ReduceOp.MAX, self(), Dims.listed("any", self().shape(), dims), keepDim);
    }

    /** Returns whether all elements are different from 0; true if there is none. Of uint8 the result is uint8. No gradient flows. */
    default Tensor all() {
        return Folds.truth("all", ReduceOp.MIN, self(), Dims.all(self().shape()), false);
    }

    default Tensor all(int dim, boolean keepDim) {
        return all(new int[] {dim}, keepDim);
    }

    /** Returns whether all elements over some dimensions are different from 0. Without dimensions nothing is folded. */
    default Tensor all(int[] dims, boolean keepDim) {
        return Folds.truth("all", ReduceOp.MIN, self(), Dims.listed("all", self().shape(), dims), keepDim);
    }

    /** Returns the number of elements that are different from 0, int64; NaN is. A number of elements has no gradient. */
    default Tensor countNonzero(int... dims) {
        int[] folded = Dims.of("countNonzero", self().shape(), dims);
        return Primitives.reduce("countNonzero", ReduceOp.SUM, Primitives.detached(self()).to(DType.BOOL), folded, false);
    }
}
