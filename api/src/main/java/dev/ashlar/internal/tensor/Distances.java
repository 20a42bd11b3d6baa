// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Arrays;

/** Distances between vectors, measured by p-norms of differences: {@code sum(|x|^p)^(1/p)}. */
public final class Distances {
    private Distances() {}

    // ---- norms ------------------------------------------------------------------------------------------------------------------

    /**
     * Returns the p-norms along the last dimension; p may be negative too. The gradient where the norm is 0 is 0.
     *
     * @param shared whether several equal elements share the gradient of an infinite norm, or each has all of it
     */
    static Tensor norm(String name, Tensor x, double p, boolean shared) {
        DType type = x.dtype();
        if (type != type.arithmetic()) {
            // Squares leave the range of float16 long before their root does.
            return norm(name, x.to(type.arithmetic()), p, shared).to(type);
        }
        Tensor size = Primitives.detached(x).abs();
        if (p == 0) {
            return size.ne(0.0).to(x.dtype()).sum(-1);
        }
        Tensor y;
        if (x.size(-1) == 0) {
            y = Primitives.full(x.shape().without(x.dim() - 1), 0.0, x.dtype(), Primitives.runtime(x));
        } else if (Double.isInfinite(p)) {
            y = p > 0 ? size.amax(-1, false) : size.amin(-1, false);
        } else if (p == 1) {
            y = size.sum(-1);
        } else if (p == 2) {
            y = Primitives.inner(Primitives.detached(x).square().sum(-1)).sqrt();
        } else {
            y = Primitives.inner(size.pow(p).sum(-1)).pow(1 / p);
        }
        return Tape.record(name, y, of(x), of(x, y), (g, s) -> {
            Tensor value = s[0];
            Tensor norm = s[1].unsqueeze(-1);
            Tensor outer = g.unsqueeze(-1);
            if (p == 1) {
                return outer.mul(signs(value));
            }
            if (Double.isInfinite(p)) {
                Tensor hits = Primitives.detached(value).abs().eq(Primitives.detached(norm));
                Tensor sign = signs(value).mul(hits.to(value.dtype()));
                return outer.mul(shared ? sign.div(hits.sum(-1, true).to(value.dtype())) : sign);
            }
            Tensor zero = Primitives.detached(norm).eq(0.0);
            if (p == 2) {
                return zero.where(Primitives.scalarLike(g, 0, g.dtype()), value.div(zero.where(outer.onesLike(), norm)).mul(outer));
            }
            // Below 1 the slope at 0 is infinite; PyTorch has 0 there.
            Tensor idle = p < 2 ? zero.logicalOr(Primitives.detached(value).eq(0.0)) : zero;
            Tensor one = Primitives.scalarLike(value, 1, value.dtype());
            Tensor safe = idle.where(one, value);
            Tensor ratio = absolute(safe).div(zero.where(one, norm)).pow(p - 1);
            return idle.where(Primitives.scalarLike(g, 0, g.dtype()), outer.mul(signs(safe)).mul(ratio));
        });
    }

    private static Tensor signs(Tensor x) {
        Tensor plain = Primitives.detached(x);
        return plain.gt(0.0).to(x.dtype()).sub(plain.lt(0.0).to(x.dtype()));
    }

    /** Returns absolute values; unlike those of abs(), second derivatives exist wherever first ones do. */
    private static Tensor absolute(Tensor x) {
        return x.mul(signs(x));
    }

    // ---- checks -----------------------------------------------------------------------------------------------------------------

    private static void power(String name, double p) {
        if (!(p >= 0)) {
            throw new InvalidArgumentException("[" + name + "] expected a norm p >= 0, got " + p + "; 2 gives Euclidean distances");
        }
    }

    private static Tensor floating(String name, Tensor x) {
        if (!x.dtype().isFloatingPoint()) {
            throw new DTypeMismatchException("[" + name + "] expected a floating-point tensor, got " + x.dtype()
                    + "; cast it, for example with to(DType.FLOAT32)");
        }
        return x;
    }

    // ---- distances --------------------------------------------------------------------------------------------------------------

    /** See {@link Tensor#cdist(Tensor, double)}. */
    public static Tensor between(Tensor x, Tensor y, double p) {
        power("cdist", p);
        floating("cdist", x);
        floating("cdist", y);
        Primitives.checkSameDevice("cdist", x, y);
        if (x.dim() < 2 || y.dim() < 2 || x.size(-1) != y.size(-1)) {
            throw new ShapeMismatchException("[cdist] expected shapes [.., n, d] and [.., m, d], got " + x.shape() + " and " + y.shape()
                    + "; the vectors are the last dimension");
        }
        DType type = DType.promote(x.dtype(), y.dtype());
        Shape.broadcast("cdist", Shape.of(HostMatrices.batch(x)), Shape.of(HostMatrices.batch(y)));
        return norm("cdist", x.to(type).unsqueeze(-2).sub(y.to(type).unsqueeze(-3)), p, false);
    }

    /** See {@link Tensor#pdist(double)}. */
    public static Tensor within(Tensor x, double p) {
        power("pdist", p);
        floating("pdist", x);
        if (x.dim() != 2) {
            throw new ShapeMismatchException("[pdist] expected vectors as the rows of a matrix, got shape " + x.shape()
                    + "; for batches use cdist");
        }
        int n = Math.toIntExact(x.size(0));
        int pairs = Math.toIntExact((long) n * (n - 1) / 2);
        long[] first = new long[pairs];
        long[] second = new long[pairs];
        int at = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                first[at] = i;
                second[at++] = j;
            }
        }
        Tensor left = x.indexSelect(0, Tensor.of(first, pairs).to(x.device()));
        Tensor right = x.indexSelect(0, Tensor.of(second, pairs).to(x.device()));
        return norm("pdist", left.sub(right), p, false);
    }

    /** See {@link Tensor#pairwiseDistance(Tensor, double, double, boolean)}. */
    public static Tensor pairwise(Tensor x, Tensor y, double p, double eps, boolean keepDim) {
        if (Math.max(x.dim(), y.dim()) == 0) {
            throw new ShapeMismatchException("[pairwiseDistance] expected vectors, got two scalars; use sub and abs");
        }
        Shape.broadcast("pairwiseDistance", x.shape(), y.shape());
        Tensor distance = norm("pairwiseDistance", x.sub(Primitives.onDeviceOf("pairwiseDistance", x, y)).add(eps), p, true);
        return keepDim ? distance.unsqueeze(-1) : distance;
    }

    /** See {@link Tensor#cosineSimilarity(Tensor, int, double)}. */
    public static Tensor cosine(Tensor x, Tensor y, int dim, double eps) {
        Primitives.checkSameDevice("cosineSimilarity", x, y);
        DType type = DType.promote(x.dtype(), y.dtype());
        floating("cosineSimilarity", x.dtype() == type ? x : y);
        Shape shape = Shape.broadcast("cosineSimilarity", x.shape(), y.shape());
        int at = shape.dim("cosineSimilarity", dim);
        Tensor a = Widened.of(x.to(type)).expand(shape.toArray());
        Tensor b = Widened.of(y.to(type)).expand(shape.toArray());
        if (shape.rank() == 0) {
            return unit(a.reshape(1), 0, eps).mul(unit(b.reshape(1), 0, eps)).reshape().to(type);
        }
        return unit(a, at, eps).mul(unit(b, at, eps)).sum(at).to(type);
    }

    /** Divides by the length, which is at least {@code eps}; as in PyTorch the limit is not seen by the gradient. */
    private static Tensor unit(Tensor x, int dim, double eps) {
        Tensor length = norm("cosineSimilarity", x.transpose(dim, -1), 2, true).unsqueeze(-1).transpose(dim, -1);
        Tensor limited = Primitives.detached(length).clampMin(eps);
        return x.div(Tape.record("cosineSimilarity", limited, of(length), of(), (g, _) -> g));
    }

    /** See {@link Tensor#renorm}. */
    public static Tensor renorm(Tensor x, double p, int dim, double limit) {
        floating("renorm", x);
        if (!(p > 0) || !(limit >= 0)) {
            throw new InvalidArgumentException("[renorm] expected a norm p > 0 and a limit >= 0, got " + p + " and " + limit
                    + "; 2 is the Euclidean norm");
        }
        if (x.dim() < 2) {
            throw new ShapeMismatchException("[renorm] expected two dimensions or more, got shape " + x.shape()
                    + "; for one vector divide by norm()");
        }
        int at = x.shape().dim("renorm", dim);
        return Widened.apply(x, wide -> limited(wide, p, at, limit));
    }

    private static Tensor limited(Tensor x, double p, int at, double limit) {
        long count = x.size(at);
        long[] sizes = new long[x.dim()];
        Arrays.fill(sizes, 1);
        sizes[at] = count;
        Tensor lines = x.transpose(0, at).reshape(count, count == 0 ? 0 : x.numel() / count);
        Tensor norm = norm("renorm", lines, p, true);
        Tensor scale = norm.add(1e-7).reciprocal().mul(limit);
        Tensor factor = Primitives.detached(norm).gt(limit).where(scale, Primitives.scalarLike(x, 1, x.dtype()));
        return x.mul(factor.reshape(sizes));
    }
}
