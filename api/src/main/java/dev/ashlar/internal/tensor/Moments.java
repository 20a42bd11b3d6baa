// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import org.jspecify.annotations.Nullable;

/** Variances and covariances. */
public final class Moments {
    private Moments() {}

    /**
     * Returns variances, computed in two passes. The gradient is {@code 2 / (n - correction) * (x - mean)}; over all elements, with
     * n - correction &lt;= 0, it is NaN where an element is the mean, else infinite.
     */
    public static Tensor variance(String name, Tensor tensor, int @Nullable [] dims, double correction, boolean keepDim) {
        DType type = tensor.dtype();
        Tensor x = tensor.to(type.arithmetic());
        Shape shape = x.shape();
        int[] folded = Dims.of(name, shape, dims);
        double freedom = Dims.count(shape, folded) - correction;
        boolean whole = dims == null || shape.rank() == 0;
        Tensor values = Primitives.detached(x);
        Tensor centred = values.sub(Primitives.inner(values.mean(folded, true)));
        Tensor y = Primitives.inner(centred.square().sum(folded, keepDim)).div(Math.max(0, freedom));
        Tensor result = Tape.record(name, y, of(x), of(x), (g, s) -> {
            Tensor distance = s[0].sub(Primitives.inner(s[0].mean(folded, true)));
            Tensor slope = whole && freedom <= 0
                    ? distance.eq(0.0).where(Primitives.scalarLike(g, Double.NaN, g.dtype()),
                            Primitives.scalarLike(g, Double.POSITIVE_INFINITY, g.dtype()))
                    : distance.mul(2 / freedom);
            return slope.mul(Dims.unfold(g, shape, folded));
        });
        return result.to(type);
    }

    /** Returns means, NaN for infinite ones of several elements: where a variance is computed on the way, PyTorch's are. */
    public static Tensor finiteMean(Tensor x, int @Nullable [] dims, boolean keepDim) {
        Tensor mean = x.mean(dims, keepDim);
        return Dims.count(x.shape(), Dims.of("mean", x.shape(), dims)) < 2
                ? mean
                : mean.isInf().where(Primitives.scalarLike(mean, Double.NaN, mean.dtype()), mean);
    }

    /** Returns standard deviations; the gradient is 0 where one is 0, unless that of the variance is NaN. */
    public static Tensor deviation(String name, Tensor tensor, int @Nullable [] dims, double correction, boolean keepDim) {
        DType type = tensor.dtype();
        Tensor variance = variance(name, tensor.to(type.arithmetic()), dims, correction, keepDim);
        Tensor y = Primitives.inner(Primitives.detached(variance)).sqrt();
        Tensor result = Tape.record(name, y, of(variance), of(y), (g, s) -> {
            Tensor zero = Primitives.scalarLike(g, 0, g.dtype());
            return s[0].eq(0.0).where(zero, g.div(s[0].mul(2.0)));
        });
        return result.to(type);
    }

    private static void checkWeights(String name, Tensor x, @Nullable Tensor weights, boolean whole) {
        if (weights == null) {
            return;
        }
        if (weights.dtype().isFloatingPoint() == whole || weights.dtype() == DType.BOOL) {
            throw new DTypeMismatchException("[cov] expected " + name + " of " + (whole ? "integers" : "floating-point numbers") + ", got "
                    + weights.dtype() + "; " + (whole ? "give weights that are no counts as aweights" : "give counts as fweights"));
        }
        long observations = x.shape().rank() < 2 ? x.numel() : x.shape().size(1);
        if (weights.shape().rank() > 1 || weights.numel() != observations) {
            throw new ShapeMismatchException("[cov] expected " + observations + " " + name + ", one for each observation, got shape "
                    + weights.shape() + "; observations are the columns");
        }
    }

    /** Returns the covariances of the rows of a matrix, each column one observation; see {@link Tensor#cov}. */
    public static Tensor covariance(Tensor tensor, long correction, @Nullable Tensor fweights, @Nullable Tensor aweights) {
        if (tensor.shape().rank() > 2) {
            throw new ShapeMismatchException("[cov] expected at most 2 dimensions, got shape " + tensor.shape()
                    + "; variables are rows, observations columns");
        }
        if (tensor.dtype() == DType.BOOL) {
            throw new DTypeMismatchException("[cov] expected numbers, got bool; cast it, for example with to(DType.FLOAT32)");
        }
        checkWeights("fweights", tensor, fweights, true);
        checkWeights("aweights", tensor, aweights, false);
        DType type = tensor.dtype();
        if (type != type.arithmetic() && type.isFloatingPoint()) {
            Tensor wide = covariance(Promotion.wide(tensor), correction, fweights, aweights);
            return wide.to(aweights == null ? type : DType.promote(type, aweights.dtype()));
        }
        Tensor x = Promotion.floating(tensor);
        x = x.shape().rank() < 2 ? x.reshape(1, x.numel()) : x;
        long observations = x.shape().size(1);
        Tensor weights = fweights == null ? aweights : aweights == null ? fweights : fweights.mul(aweights);
        Tensor centred;
        Tensor scaled;
        Tensor divisor;
        if (weights == null) {
            centred = x.sub(x.mean(1, true));
            scaled = centred;
            divisor = Primitives.scalarLike(x, Math.max(0, observations - correction), x.dtype());
        } else {
            Tensor w = weights.reshape(observations).to(DType.promote(x.dtype(), weights.dtype()));
            Tensor total = w.sum();
            centred = x.sub(x.mul(w).sum(1, true).div(total));
            scaled = centred.mul(w);
            Tensor lost = aweights == null || correction == 0
                    ? Primitives.scalarLike(w, correction, w.dtype())
                    : w.mul(aweights.reshape(observations)).sum().div(total).mul((double) correction);
            Tensor freedom = total.sub(lost);
            divisor = freedom.lt(0.0).where(Primitives.scalarLike(freedom, 0, freedom.dtype()), freedom);
        }
        Tensor products = scaled.matmul(centred.to(scaled.dtype()).t()).div(divisor);
        return products.shape().elements() == 1 ? products.reshape() : products;
    }

    /** Returns correlations: covariances divided by the standard deviations, limited to [-1, 1]. */
    public static Tensor correlation(Tensor x) {
        if (x.shape().rank() > 2) {
            throw new ShapeMismatchException("[corrcoef] expected at most 2 dimensions, got shape " + x.shape()
                    + "; variables are rows, observations columns");
        }
        if (x.dtype() != x.dtype().arithmetic() && x.dtype().isFloatingPoint()) {
            return correlation(Promotion.wide(x)).to(x.dtype());
        }
        Tensor c = covariance(x, 1, null, null);
        if (c.shape().rank() == 0) {
            return c.div(c);
        }
        long n = c.shape().size(0);
        // The diagonal is every n+1st element.
        Tensor deviation = c.reshape(n * n).slice(0, 0, n * n, n + 1).sqrt();
        return c.div(deviation.unsqueeze(1)).div(deviation.unsqueeze(0)).clamp(-1, 1);
    }
}
