// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.Tensor;
import dev.ashlar.ValuesAndIndices;
import dev.ashlar.spi.ReduceOp;
import dev.ashlar.type.DType;
import dev.ashlar.type.Shape;

/**
 * Running folds along a dimension, computed on the device. A line is cut into blocks; in each block every prefix is a window over the
 * block with identities in front, and one fold over windows computes them all; then the folds of whole blocks are scanned in the same way.
 * So a line of n elements takes about log n / log 32 rounds of a few kernels, and the order of additions depends on n alone.
 */
public final class Scans {
    private static final int BLOCK = 32;

    private Scans() {}

    // ---- sums and products ------------------------------------------------------------------------------------------------------

    /** Returns running sums along a dimension counted from the front, in a type; the gradient is added up in that of {@code x}. */
    public static Tensor sum(String name, Tensor x, int dim, DType type) {
        Tensor y = along(name, ReduceOp.SUM, Primitives.detached(x).to(type), dim);
        DType own = x.dtype();
        return Tape.record(name, y, of(x), of(), (g, _) -> sum(name, g.to(own).flip(dim), dim, own).flip(dim));
    }

    /**
     * Returns running products along a dimension. The gradient does not divide: with P the products of what is before i and
     * {@code S(i) = g(i) + x(i+1) S(i+1)}, it is P S, which is exact where factors are 0.
     *
     * @param type of the products; the gradient is computed in that of {@code x}
     */
    public static Tensor prod(String name, Tensor x, int dim, DType type) {
        Tensor y = along(name, ReduceOp.PROD, Primitives.detached(x).to(type), dim);
        DType own = x.dtype();
        return Tape.record(name, y, of(x), of(x), (g, s) -> g.shape().rank() == 0
                ? g.to(own)
                : before(name, s[0], dim).mul(recurrence(after(s[0], dim), g.to(own), dim)));
    }

    /** Returns at each position the product of the other elements along the dimension, without dividing. */
    public static Tensor productOfOthers(String name, Tensor x, int dim) {
        return before(name, x, dim).mul(before(name, x.flip(dim), dim).flip(dim));
    }

    /** Returns at each position the product of the elements before it. */
    private static Tensor before(String name, Tensor x, int dim) {
        long n = x.shape().size(dim);
        Tensor one = Primitives.full(x.shape().with(dim, Math.min(n, 1)), 1.0, x.dtype(), Primitives.runtime(x));
        return n <= 1 ? one : Joining.cat(dim, one, prod(name, x.narrow(dim, 0, n - 1), dim, x.dtype()));
    }

    /** Returns at each position the element after it, 0 at the last. */
    private static Tensor after(Tensor x, int dim) {
        long n = x.shape().size(dim);
        Tensor zero = Primitives.full(x.shape().with(dim, Math.min(n, 1)), 0.0, x.dtype(), Primitives.runtime(x));
        return n <= 1 ? zero : Joining.cat(dim, x.narrow(dim, 1, n - 1), zero);
    }

    /** Solves {@code s(i) = b(i) + a(i) s(i+1)} from the end, by doubling the distance that each pair (a, b) reaches. */
    private static Tensor recurrence(Tensor a, Tensor b, int dim) {
        long n = b.shape().size(dim);
        for (long reach = 1; reach < n; reach *= 2) {
            long rest = n - reach;
            Tensor near = a.narrow(dim, 0, rest);
            b = Joining.cat(dim, b.narrow(dim, 0, rest).add(near.mul(b.narrow(dim, reach, rest))), b.narrow(dim, rest, reach));
            a = Joining.cat(dim, near.mul(a.narrow(dim, reach, rest)), a.narrow(dim, rest, reach));
        }
        return b;
    }

    // ---- extremes ---------------------------------------------------------------------------------------------------------------

    /** Returns the running maxima or minima with the position of the last element that equals them; NaN wins. */
    public static ValuesAndIndices extreme(String name, boolean max, Tensor x, int dim) {
        if (x.shape().rank() == 0) {
            return new ValuesAndIndices(x, Primitives.full(x.shape(), 0L, DType.INT64, Primitives.runtime(x)));
        }
        Tensor keys = Primitives.detached(x);
        Tensor y = along(name, max ? ReduceOp.MAX : ReduceOp.MIN, keys, dim);
        Tensor record = keys.eq(y).logicalOr(keys.ne(keys));
        Tensor zero = Primitives.scalarOf(x, 0, DType.INT64);
        Tensor index = along(name, ReduceOp.MAX, record.where(positions(x, dim), zero), dim);
        return new ValuesAndIndices(Indexed.read(name, x, dim, index), index);
    }

    /** Returns at each element its int64 position along a dimension. */
    static Tensor positions(Tensor x, int dim) {
        Shape line = Shape.of(x.shape().size(dim));
        return Indexed.spread(x.shape(), dim, Primitives.iota(line, Primitives.runtime(x)));
    }

    // ---- logarithms -------------------------------------------------------------------------------------------------------------

    /** Returns running logarithms of sums of exponentials, by doubling the length of what is summed. */
    public static Tensor logSumExp(Tensor x, int dim) {
        DType type = x.dtype();
        Tensor y = x.to(type.arithmetic());
        long n = x.shape().rank() == 0 ? 1 : x.shape().size(dim);
        for (long reach = 1; reach < n; reach *= 2) {
            long rest = n - reach;
            y = Joining.cat(dim, y.narrow(dim, 0, reach), logAddExp(y.narrow(dim, 0, rest), y.narrow(dim, reach, rest)));
        }
        return y.to(type);
    }

    private static Tensor logAddExp(Tensor a, Tensor b) {
        Tensor x = Primitives.detached(a);
        Tensor z = Primitives.detached(b);
        Tensor largest = x.maximum(z);
        // Of equal infinities the difference is NaN.
        Tensor same = x.eq(z).logicalAnd(x.isInf());
        Tensor y = same.where(largest, largest.add(x.sub(z).abs().neg().exp().log1p()));
        return Tape.record(
                "logcumsumexp", y, of(a, b), of(a, b, y), (g, s) -> g.mul(s[0].sub(s[2]).exp()), (g, s) -> g.mul(s[1].sub(s[2]).exp()));
    }

    // ---- the scan ---------------------------------------------------------------------------------------------------------------

    /** Folds all prefixes along a dimension, without history; of a sum or product of integers, in int64 and wrapped to their type. */
    static Tensor along(String name, ReduceOp op, Tensor x, int dim) {
        Primitives.checkArithmetic(name, x.dtype(), Primitives.runtime(x));
        if (x.shape().elements() <= 1) {
            return Primitives.copy(Primitives.detached(x));
        }
        boolean adds = op == ReduceOp.SUM || op == ReduceOp.PROD;
        DType type = x.dtype().isFloatingPoint() ? x.dtype().arithmetic() : adds ? DType.INT64 : integer(x.dtype());
        Tensor lines = Dims.last(Primitives.detached(x).to(type), dim);
        return Dims.last(prefixes(name, op, lines, identity(op, lines)), dim).to(x.dtype());
    }

    private static DType integer(DType type) {
        return type == DType.BOOL ? DType.INT32 : type.arithmetic();
    }

    private static Tensor identity(ReduceOp op, Tensor like) {
        DType type = like.dtype();
        if (op == ReduceOp.SUM || op == ReduceOp.PROD) {
            return Primitives.scalarOf(like, op == ReduceOp.SUM ? 0 : 1, type);
        }
        boolean max = op == ReduceOp.MAX;
        if (type.isFloatingPoint()) {
            return Primitives.scalarLike(like, max ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY, type);
        }
        long smallest = -1L << 8 * type.bytes() - 1;
        return Primitives.scalarOf(like, max ? smallest : ~smallest, type);
    }

    /** Folds the prefixes of the lines along the last dimension. */
    private static Tensor prefixes(String name, ReduceOp op, Tensor x, Tensor identity) {
        int dim = x.shape().rank() - 1;
        long n = x.shape().size(dim);
        if (n <= 2 * BLOCK) {
            return windows(name, op, x, identity);
        }
        long blocks = (n + BLOCK - 1) / BLOCK;
        long[] split = java.util.Arrays.copyOf(x.shape().toArray(), dim + 2);
        split[dim] = blocks;
        split[dim + 1] = BLOCK;
        Tensor inside = windows(name, op, padded(x, 0, blocks * BLOCK - n, identity).reshape(split), identity);
        Tensor totals = inside.select(dim + 1, BLOCK - 1);
        Tensor before = padded(prefixes(name, op, totals.narrow(dim, 0, blocks - 1), identity), 1, 0, identity).unsqueeze(-1);
        Tensor all = switch (op) {
            case SUM -> before.add(inside);
            case PROD -> before.mul(inside);
            case MAX -> before.maximum(inside);
            default -> before.minimum(inside);
        };
        split[dim] = blocks * BLOCK;
        return all.reshape(java.util.Arrays.copyOf(split, dim + 1)).narrow(dim, 0, n);
    }

    /** Folds the prefixes of short lines: window i of the padded line ends with element i. */
    private static Tensor windows(String name, ReduceOp op, Tensor x, Tensor identity) {
        int dim = x.shape().rank() - 1;
        long n = x.shape().size(dim);
        if (n <= 1) {
            return x;
        }
        Tensor windows = Primitives.window(padded(x, n - 1, 0, identity), dim, n, 1, 1);
        return Primitives.reduce(name, op, windows, new int[] {dim + 1}, false);
    }

    private static Tensor padded(Tensor x, long front, long back, Tensor identity) {
        if (front + back == 0) {
            return x;
        }
        Shape shape = x.shape();
        int dim = shape.rank() - 1;
        long[] starts = new long[shape.rank()];
        starts[dim] = front;
        Tensor base = Primitives.expand(identity, shape.with(dim, shape.size(dim) + front + back));
        return Primitives.insert("scan", base, x, starts, Regions.dense(shape));
    }
}
