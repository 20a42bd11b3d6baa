// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.Interpolation;
import dev.ashlar.Tensor;
import dev.ashlar.ValuesAndIndices;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Elements chosen by their rank or frequency, by sorting on the host: median, mode, k-th smallest, quantiles. */
public final class Ranking {
    private Ranking() {}

    /** Returns the k-th smallest elements, k from 1. */
    public static ValuesAndIndices kthValue(Tensor x, long k, int dim, boolean keepDim) {
        int at = x.shape().dim("kthvalue", dim);
        long n = x.shape().rank() == 0 ? 1 : x.shape().size(at);
        if (k < 1 || k > n) {
            throw new InvalidArgumentException("[kthvalue] expected k in [1, " + n + "] for dimension " + at + " of shape " + x.shape()
                    + ", got " + k + "; the smallest element has k = 1");
        }
        return Sorting.choose("kthvalue", x, at, keepDim, (_, order) -> order[(int) k - 1]);
    }

    /** Returns the lower of the two middle elements; of lines with NaN the first NaN, unless NaNs are left out. */
    public static ValuesAndIndices median(String name, Tensor x, int dim, boolean keepDim, boolean leaveNan) {
        boolean floats = x.dtype().isFloatingPoint();
        return Sorting.choose(name, x, dim, keepDim, (keys, order) -> {
            int numbers = keys.length;
            while (floats && numbers > 0 && keys[order[numbers - 1]] == Sorting.NAN) {
                numbers--;
            }
            return !leaveNan && numbers < keys.length ? order[numbers] : order[Math.max(0, numbers - 1) / 2];
        });
    }

    /** Returns the median of all elements; equal ones share the gradient. */
    public static Tensor median(String name, Tensor x, boolean leaveNan) {
        if (x.shape().elements() == 0) {
            return Primitives.full(Shape.of(), x.dtype().isFloatingPoint() ? Double.NaN : 0, x.dtype(), Primitives.runtime(x));
        }
        Tensor line = Primitives.detached(x).reshape(x.shape().elements());
        Tensor y = median(name, line, 0, false, leaveNan).values();
        return Tape.record(name, y, of(x), of(x, y), (g, s) -> {
            Tensor hit = s[0].eq(s[1]).logicalOr(s[0].isNan().logicalAnd(s[1].isNan())).to(g.dtype());
            return hit.div(Primitives.inner(hit.sum())).mul(g);
        });
    }

    /** Returns the most frequent elements; of several the smallest, at its last position. */
    public static ValuesAndIndices mode(Tensor x, int dim, boolean keepDim) {
        return Sorting.choose("mode", x, dim, keepDim, (keys, order) -> {
            int best = 0;
            int most = 0;
            int run = 0;
            for (int i = 0; i < order.length; i++) {
                run++;
                boolean ends = i == order.length - 1 || keys[order[i]] != keys[order[i + 1]];
                if (ends && run > most) {
                    most = run;
                    best = order[i];
                }
                run = ends ? 0 : run;
            }
            return best;
        });
    }

    /** Returns the elements at fractions of the sorted lines; see {@link Tensor#quantile}. */
    public static Tensor quantile(
            String name, Tensor x, Tensor q, @Nullable Integer dim, boolean keepDim, Interpolation interpolation, boolean leaveNan) {
        checkQuantile(name, x, q);
        Primitives.checkSameDevice(name, x, q);
        boolean whole = dim == null || x.shape().rank() == 0;
        int at = dim == null ? 0 : x.shape().dim(name, dim);
        Tensor lines = whole ? x.reshape(x.numel()) : Dims.last(x, at);
        int last = lines.shape().rank() - 1;
        long n = lines.shape().size(last);
        Tensor sorted = Sorting.sort(name, lines, last, false).values();
        Tensor fractions = q.reshape(q.numel()).clamp(0, 1);
        Tensor spans = Primitives.scalarLike(x, n - 1, x.dtype());
        Tensor nan = Primitives.detached(lines).isNan();
        if (leaveNan) {
            Tensor numbers = nan.logicalNot().sum(last, true).to(x.dtype());
            Tensor zero = Primitives.scalarLike(x, 0, x.dtype());
            spans = numbers.gt(zero).where(numbers.sub(1.0), zero);
        }
        Tensor ranks = fractions.mul(spans);
        if (!leaveNan) {
            // A NaN makes the quantiles of its line NaN, and it is the last element.
            ranks = nan.any(last, true).where(Primitives.scalarLike(x, n - 1, x.dtype()), ranks);
        }
        ranks = ranks.expand(lines.shape().with(last, q.numel()).toArray());
        Tensor front = Dims.first(Dims.last(interpolate(name, sorted, last, ranks, interpolation), at), at);
        if (keepDim && whole) {
            long[] sizes = new long[x.shape().rank() + 1];
            Arrays.fill(sizes, 1);
            sizes[0] = q.numel();
            front = front.reshape(sizes);
        } else if (keepDim) {
            front = front.unsqueeze(at + 1);
        }
        return q.shape().rank() == 0 ? front.squeeze(0) : front;
    }

    private static Tensor interpolate(String name, Tensor sorted, int dim, Tensor ranks, Interpolation interpolation) {
        Tensor position = switch (interpolation) {
            case LOWER -> ranks.floor();
            case HIGHER -> ranks.ceil();
            case NEAREST -> ranks.round();
            default -> ranks.floor();
        };
        Tensor below = Indexed.read(name, sorted, dim, position.to(DType.INT64));
        if (interpolation != Interpolation.LINEAR && interpolation != Interpolation.MIDPOINT) {
            return below;
        }
        Tensor above = Indexed.read(name, sorted, dim, ranks.ceil().to(DType.INT64));
        Tensor weight = interpolation == Interpolation.LINEAR ? ranks.sub(position) : position.mul(0.0).add(0.5);
        // Both forms of torch.lerp: each is exact at its end.
        Tensor step = above.sub(below);
        Tensor left = Primitives.detached(weight).lt(0.5);
        Tensor one = Primitives.scalarLike(weight, 1, weight.dtype());
        return left.where(below.add(weight.mul(step)), above.sub(step.mul(one.sub(weight))));
    }

    /** Checks how quantiles are asked for. */
    private static void checkQuantile(String name, Tensor x, Tensor q) {
        if (!x.dtype().isFloatingPoint() || x.dtype() != x.dtype().arithmetic()) {
            throw new DTypeMismatchException("[" + name + "] expected float32 or float64, got " + x.dtype()
                    + "; cast it, for example with to(DType.FLOAT32)");
        }
        if (q.shape().rank() > 1) {
            throw new ShapeMismatchException("[" + name + "] expected a number or a vector of quantiles, got shape " + q.shape()
                    + "; flatten it");
        }
        if (q.dtype() != x.dtype()) {
            throw new DTypeMismatchException("[" + name + "] expected quantiles of " + x.dtype() + " as the elements are, got " + q.dtype()
                    + "; cast them");
        }
        if (x.shape().elements() == 0) {
            throw new InvalidArgumentException("[" + name + "] expected at least one element, got shape " + x.shape()
                    + "; leave empty tensors out");
        }
    }
}
