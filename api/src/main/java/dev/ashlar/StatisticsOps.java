// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import dev.ashlar.internal.tensor.Counting;
import dev.ashlar.internal.tensor.Integrals;
import dev.ashlar.internal.tensor.Moments;
import dev.ashlar.internal.tensor.Norms;
import dev.ashlar.internal.tensor.Primitives;
import dev.ashlar.internal.tensor.Promotion;
import dev.ashlar.internal.tensor.Ranking;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of many elements: variances, medians, quantiles, norms, covariances. Dimensions may be negative and count from the end
 * then; null and an empty list stand for all; {@code keepDim} keeps folded dimensions with size 1.
 */
public sealed interface StatisticsOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    // ---- variances --------------------------------------------------------------------------------------------------------------

    /** Returns the variance of all elements, with divisor n - 1. */
    default Tensor var() {
        return var((int[]) null, 1, false);
    }

    default Tensor var(int dim, boolean keepDim) {
        return var(new int[] {dim}, 1, keepDim);
    }

    /**
     * Returns the variances over some dimensions, computed in two passes; NaN or infinite where the divisor is not positive.
     *
     * @param correction what is subtracted from the count in the divisor: 1 for the sample, 0 for the population
     */
    default Tensor var(int @Nullable [] dims, double correction, boolean keepDim) {
        return Moments.variance("var", Promotion.floating(self()), dims, correction, keepDim);
    }

    /** Returns the standard deviation of all elements, with divisor n - 1. */
    default Tensor std() {
        return std((int[]) null, 1, false);
    }

    default Tensor std(int dim, boolean keepDim) {
        return std(new int[] {dim}, 1, keepDim);
    }

    /**
     * Returns the standard deviations over some dimensions, the roots of {@link #var(int[], double, boolean) var}; the gradient where
     * one is 0 is 0.
     */
    default Tensor std(int @Nullable [] dims, double correction, boolean keepDim) {
        return Moments.deviation("std", Promotion.floating(self()), dims, correction, keepDim);
    }

    /** Returns the variances over some dimensions and the means, both NaN if one of several elements is infinite. */
    default SpreadAndMean varMean(int @Nullable [] dims, double correction, boolean keepDim) {
        Tensor x = Promotion.floating(self());
        return new SpreadAndMean(Moments.variance("varMean", x, dims, correction, keepDim), Moments.finiteMean(x, dims, keepDim));
    }

    /** Returns the standard deviations over some dimensions and the means, both NaN if one of several elements is infinite. */
    default SpreadAndMean stdMean(int @Nullable [] dims, double correction, boolean keepDim) {
        Tensor x = Promotion.floating(self());
        return new SpreadAndMean(Moments.deviation("stdMean", x, dims, correction, keepDim), Moments.finiteMean(x, dims, keepDim));
    }

    /** Returns the covariances of the rows, with divisor n - 1. */
    default Tensor cov() {
        return cov(1, null, null);
    }

    /**
     * Returns the covariances of variables.
     *
     * @param correction what is subtracted from the count in the divisor: 1 for the sample, 0 for the population
     * @param fweights integers: how often each observation occurred
     * @param aweights floating-point numbers: how important each observation is
     * @return [rows, rows] for this [rows, columns], each column one observation; zero-dimensional for a vector or one row
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.cov.html">torch.cov</a>
     */
    default Tensor cov(long correction, @Nullable Tensor fweights, @Nullable Tensor aweights) {
        return Moments.covariance(self(), correction, fweights, aweights);
    }

    /**
     * Returns the correlations of the rows: {@code c[i][j] / sqrt(c[i][i] c[j][j])} of the covariances, limited to [-1, 1];
     * zero-dimensional for a vector.
     */
    default Tensor corrcoef() {
        return Moments.correlation(self());
    }

    // ---- norms ------------------------------------------------------------------------------------------------------------------

    /** Returns the Euclidean norm of all elements; its gradient at 0 is 0. */
    default Tensor norm() {
        return norm(2, null, false, null);
    }

    /** Returns the norm of order {@code p} of all elements, as one vector. */
    default Tensor norm(double p) {
        return norm(p, null, false, null);
    }

    default Tensor norm(double p, int @Nullable [] dims, boolean keepDim) {
        return norm(p, dims, keepDim, null);
    }

    /** Returns the norms of the vectors over some dimensions, as {@link #vectorNorm(double, int[], boolean, DType) vectorNorm}. */
    default Tensor norm(double p, int @Nullable [] dims, boolean keepDim, @Nullable DType dtype) {
        return Norms.vector("norm", Norms.operand("norm", self(), dtype), p, dims, keepDim);
    }

    /**
     * Returns named norms: the Frobenius norm over any number of dimensions, or the nuclear norm of the matrices in two, computed on the
     * host.
     */
    default Tensor norm(NormKind kind, int @Nullable [] dims, boolean keepDim, @Nullable DType dtype) {
        Tensor x = Norms.operand("norm", self(), dtype);
        return kind == NormKind.FROBENIUS
                ? Norms.vector("norm", x, 2, dims, keepDim)
                : Norms.matrix("norm", x, kind, dims == null ? new int[] {0, 1} : dims, keepDim);
    }

    /** Returns the Euclidean norm of all elements. */
    default Tensor vectorNorm() {
        return vectorNorm(2, null, false, null);
    }

    /**
     * Returns the norms of the vectors over some dimensions: {@code sum(|x|^ord)^(1/ord)}; the largest and smallest size for infinity
     * and -infinity, the number of elements that are not 0 for 0. Gradients are 0 where the norm is 0; equal largest (smallest) sizes
     * share them; order 0 has none.
     *
     * @param dtype type to cast to first, and of the result; null for this one's type
     */
    default Tensor vectorNorm(double ord, int @Nullable [] dims, boolean keepDim, @Nullable DType dtype) {
        return Norms.vector("vectorNorm", Norms.operand("vectorNorm", self(), dtype), ord, dims, keepDim);
    }

    /** Returns the Frobenius norms of the matrices in the last two dimensions. */
    default Tensor matrixNorm() {
        return matrixNorm(NormKind.FROBENIUS, new int[] {-2, -1}, false, null);
    }

    /**
     * Returns norms of matrices: of order 1 the largest sum of sizes in a column, of infinity in a row, of 2 the largest singular value,
     * and the smallest for the negative orders. Singular values are computed on the host.
     *
     * @param dims the rows' and the columns' dimension
     * @param dtype type to cast to first, and of the result; null for this one's type
     */
    default Tensor matrixNorm(double ord, int[] dims, boolean keepDim, @Nullable DType dtype) {
        return Norms.matrix("matrixNorm", Norms.operand("matrixNorm", self(), dtype), ord, dims, keepDim);
    }

    /** Returns named norms of matrices, as the other {@code matrixNorm}; singular values are computed on the host. */
    default Tensor matrixNorm(NormKind kind, int[] dims, boolean keepDim, @Nullable DType dtype) {
        return Norms.matrix("matrixNorm", Norms.operand("matrixNorm", self(), dtype), kind, dims, keepDim);
    }

    /** Returns the Euclidean norm of all elements. */
    default Tensor linalgNorm() {
        return linalgNorm(null, false, null);
    }

    /** Returns the Euclidean norms over some dimensions, {@code torch.linalg.norm} without an order. */
    default Tensor linalgNorm(int @Nullable [] dims, boolean keepDim, @Nullable DType dtype) {
        return Norms.vector("linalgNorm", Norms.operand("linalgNorm", self(), dtype), 2, dims, keepDim);
    }

    /**
     * Returns norms of vectors or matrices, as {@code torch.linalg.norm} with an order: over one dimension that of
     * {@link #vectorNorm(double, int[], boolean, DType) vectorNorm}, over two that of
     * {@link #matrixNorm(double, int[], boolean, DType) matrixNorm}.
     *
     * @param dims null for all, of which there may be one or two then
     */
    default Tensor linalgNorm(double ord, int @Nullable [] dims, boolean keepDim, @Nullable DType dtype) {
        Tensor x = Norms.operand("linalgNorm", self(), dtype);
        int count = dims == null ? x.dim() : dims.length;
        if (count < 1 || count > 2) {
            throw new InvalidArgumentException("[linalgNorm] expected one or two dimensions for order " + ord + ", got " + count
                    + " for shape " + x.shape() + "; use vectorNorm for other numbers of dimensions");
        }
        return count == 1
                ? Norms.vector("linalgNorm", x, ord, dims, keepDim)
                : Norms.matrix("linalgNorm", x, ord, dims == null ? new int[] {0, 1} : dims, keepDim);
    }

    /** Returns named norms of matrices in two dimensions, null for all; {@code torch.linalg.norm} with a name. */
    default Tensor linalgNorm(NormKind kind, int @Nullable [] dims, boolean keepDim, @Nullable DType dtype) {
        Tensor x = Norms.operand("linalgNorm", self(), dtype);
        if (dims == null && x.dim() != 2) {
            throw new ShapeMismatchException("[linalgNorm] expected a matrix, got shape " + x.shape() + "; name the two dimensions");
        }
        return Norms.matrix("linalgNorm", x, kind, dims == null ? new int[] {0, 1} : dims, keepDim);
    }

    /** Returns the Euclidean norm of the difference. */
    default Tensor dist(Tensor other) {
        return dist(other, 2);
    }

    /** Returns the norm of order {@code p} of the difference, as one vector; operands broadcast. */
    default Tensor dist(Tensor other, double p) {
        return Norms.vector("dist", Promotion.floating(self().sub(Primitives.onDeviceOf("dist", self(), other))), p, null, false);
    }

    // ---- ranks ------------------------------------------------------------------------------------------------------------------

    /**
     * Returns the median of all elements, the lower of the middle two; NaN if there is a NaN or nothing. Equal elements share the
     * gradient. Sorts on the host: it waits for the device.
     */
    default Tensor median() {
        return Ranking.median("median", self(), false);
    }

    default ValuesAndIndices median(int dim) {
        return median(dim, false);
    }

    /**
     * Returns the medians along a dimension, the lower of the middle two, NaN if there is one, and where they are; the gradient flows
     * there. Sorts on the host: it waits for the device.
     */
    default ValuesAndIndices median(int dim, boolean keepDim) {
        return Ranking.median("median", self(), dim, keepDim, false);
    }

    /** Returns the median of all elements that are not NaN; otherwise as {@link #median()}. */
    default Tensor nanmedian() {
        return Ranking.median("nanmedian", self(), true);
    }

    default ValuesAndIndices nanmedian(int dim) {
        return nanmedian(dim, false);
    }

    /** Returns the medians along a dimension of the elements that are not NaN; otherwise as {@link #median(int, boolean)}. */
    default ValuesAndIndices nanmedian(int dim, boolean keepDim) {
        return Ranking.median("nanmedian", self(), dim, keepDim, true);
    }

    /** Returns the most frequent elements along the last dimension. */
    default ValuesAndIndices mode() {
        return mode(-1, false);
    }

    /**
     * Returns the most frequent elements along a dimension, of equally frequent ones the smallest, and the last place of each; the
     * gradient flows there. Sorts on the host: it waits for the device.
     */
    default ValuesAndIndices mode(int dim, boolean keepDim) {
        return Ranking.mode(self(), dim, keepDim);
    }

    /** Returns the k-th smallest elements along the last dimension. */
    default ValuesAndIndices kthvalue(long k) {
        return kthvalue(k, -1, false);
    }

    /**
     * Returns the k-th smallest elements along a dimension, NaN counting as largest, and where they are; the gradient flows there. Sorts
     * on the host: it waits for the device.
     *
     * @param k from 1 on
     */
    default ValuesAndIndices kthvalue(long k, int dim, boolean keepDim) {
        return Ranking.kthValue(self(), k, dim, keepDim);
    }

    /** Returns the quantile of all elements, {@code q} in [0, 1]. */
    default Tensor quantile(double q) {
        return quantile(q, null, false, Interpolation.LINEAR);
    }

    /** Returns quantiles along a dimension, null for all elements. */
    default Tensor quantile(double q, @Nullable Integer dim, boolean keepDim, Interpolation interpolation) {
        return quantile(fraction("quantile", q), dim, keepDim, interpolation);
    }

    /**
     * Returns the elements at fractions of the sorted lines along a dimension: for a line of n elements that at {@code q (n - 1)}. A
     * line with a NaN gives NaN. Gradients flow to the elements that were used, and to {@code q} where it is interpolated. Sorts on the
     * host: it waits for the device.
     *
     * @param q fractions in [0, 1], zero-dimensional or a vector, of this one's type; others are clamped to the ends
     * @param dim null for all elements
     * @return a dimension for q in front, if it is a vector, then the dimensions that are left
     */
    default Tensor quantile(Tensor q, @Nullable Integer dim, boolean keepDim, Interpolation interpolation) {
        return Ranking.quantile("quantile", self(), q, dim, keepDim, interpolation, false);
    }

    /** Returns the quantile of all elements that are not NaN, {@code q} in [0, 1]. */
    default Tensor nanquantile(double q) {
        return nanquantile(q, null, false, Interpolation.LINEAR);
    }

    /** Returns quantiles of the elements that are not NaN, along a dimension, null for all elements. */
    default Tensor nanquantile(double q, @Nullable Integer dim, boolean keepDim, Interpolation interpolation) {
        return nanquantile(fraction("nanquantile", q), dim, keepDim, interpolation);
    }

    /** Returns quantiles as {@link #quantile(Tensor, Integer, boolean, Interpolation)}, of the elements that are not NaN. */
    default Tensor nanquantile(Tensor q, @Nullable Integer dim, boolean keepDim, Interpolation interpolation) {
        return Ranking.quantile("nanquantile", self(), q, dim, keepDim, interpolation, true);
    }

    private Tensor fraction(String name, double q) {
        if (!(q >= 0 && q <= 1)) {
            throw new InvalidArgumentException("[" + name + "] expected a fraction in [0, 1], got " + q + "; divide percentages by 100");
        }
        return Primitives.scalarLike(self(), q, self().dtype().isFloatingPoint() ? self().dtype() : DType.FLOAT32);
    }

    // ---- sums of neighbours and counts ------------------------------------------------------------------------------------------

    /** Returns the integral over the last dimension by the trapezoidal rule, points being 1 apart. */
    default Tensor trapezoid() {
        return trapezoid(1, -1);
    }

    /**
     * Returns {@code sum((y[i] + y[i+1]) / 2 dx)} along a dimension, computed as the sum of all less half of the first and the last: NaN
     * if an end is infinite.
     */
    default Tensor trapezoid(double dx, int dim) {
        return Integrals.trapezoid(self(), dx, dim);
    }

    /**
     * Returns {@code sum((y[i] + y[i+1]) / 2 (x[i+1] - x[i]))} along a dimension.
     *
     * @param x a vector of points for that dimension, or as many dimensions as broadcast
     */
    default Tensor trapezoid(Tensor x, int dim) {
        return Integrals.trapezoid(self(), Primitives.onDeviceOf("trapezoid", self(), x), dim);
    }

    /** Returns how many elements lie in each of 100 equal bins between the smallest and the largest. */
    default Tensor histc() {
        return histc(100, 0, 0);
    }

    /**
     * Returns how many elements lie in each of some equal bins between {@code min} and {@code max}, in this one's type. Others, and NaN,
     * are left out; what equals {@code max} is in the last bin. Counts have no gradient.
     *
     * @param min equal to {@code max}: the smallest and the largest element are taken, which must be finite
     * @throws dev.ashlar.type.DTypeMismatchException for integers and bool
     */
    default Tensor histc(long bins, double min, double max) {
        return Counting.histogram(self(), bins, min, max);
    }

    /** Returns how often each number from 0 to the largest occurs in this vector of integers, int64. */
    default Tensor bincount() {
        return bincount(null, 0);
    }

    /**
     * Returns how often each number from 0 to the largest occurs in this vector of integers, or the sum of weights for each. The size
     * depends on the values: this waits for the device. Counts have no gradient.
     *
     * @param weights one for each element; the result is float32 for those of float32, else float64
     * @param minLength of the result
     * @throws InvalidArgumentException if a number is negative
     */
    default Tensor bincount(@Nullable Tensor weights, long minLength) {
        return Counting.occurrences(self(), weights, minLength);
    }
}
