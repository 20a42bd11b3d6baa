// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.NormKind;
import dev.ashlar.Tensor;
import dev.ashlar.spi.ReduceOp;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import org.jspecify.annotations.Nullable;

/** Norms of vectors of any order, with PyTorch's gradients where they jump, and norms of matrices. */
public final class Norms {
    private Norms() {}

    /** Returns the tensor, cast if a type is given; throws unless it is floating-point. */
    public static Tensor operand(String name, Tensor x, @Nullable DType dtype) {
        Tensor cast = dtype == null ? x : x.to(dtype);
        if (!x.dtype().isFloatingPoint() || !cast.dtype().isFloatingPoint()) {
            throw new DTypeMismatchException("[" + name + "] expected a floating-point tensor, got " + x.dtype()
                    + (dtype == null ? "" : " as " + dtype) + "; cast it, for example with to(DType.FLOAT32)");
        }
        return cast;
    }

    /** Returns the norms of order {@code p} of the vectors over some dimensions; null for all. */
    public static Tensor vector(String name, Tensor tensor, double p, int @Nullable [] dims, boolean keepDim) {
        Shape shape = tensor.shape();
        int[] folded = Dims.of(name, shape, dims);
        DType type = tensor.dtype();
        Tensor x = tensor.to(type.arithmetic());
        if (Double.isInfinite(p) || p < 0) {
            Dims.requireSome(name, shape, folded);
        }
        Tensor values = Primitives.detached(x);
        if (p == 0) {
            return values.ne(0.0).to(x.dtype()).sum(folded, keepDim).to(type);
        }
        Tensor y = power(values, p, folded, keepDim);
        Tensor result = Tape.record(name, y, of(x), of(x, y), (g, s) ->
                slope(s[0], Dims.unfold(s[1], shape, folded), Dims.unfold(g, shape, folded), p, folded));
        return result.to(type);
    }

    private static Tensor power(Tensor x, double p, int[] dims, boolean keepDim) {
        if (Double.isInfinite(p)) {
            return p > 0 ? x.abs().amax(dims, keepDim) : x.abs().amin(dims, keepDim);
        }
        if (p == 1) {
            return x.abs().sum(dims, keepDim);
        }
        if (p == 2) {
            return Primitives.inner(x.square().sum(dims, keepDim)).sqrt();
        }
        return Primitives.inner(x.abs().pow(p).sum(dims, keepDim)).pow(1 / p);
    }

    /** The gradient; 0 where the norm or the element is 0 and the formula has a pole, and shared by equal largest elements. */
    private static Tensor slope(Tensor x, Tensor norm, Tensor g, double p, int[] dims) {
        if (p == 1) {
            return x.sign().mul(g);
        }
        Tensor zero = Primitives.scalarLike(g, 0, g.dtype());
        if (Double.isInfinite(p)) {
            Tensor hit = x.abs().eq(norm).logicalOr(x.isNan());
            Tensor hits = hit.sum(dims, true).to(g.dtype());
            return x.sign().mul(hit.to(g.dtype())).mul(g.div(hits));
        }
        Tensor flat = norm.eq(0.0);
        if (p == 2) {
            return flat.where(zero, x.div(norm)).mul(g);
        }
        if (p < 1) {
            Tensor pole = x.eq(0.0);
            Tensor scaled = x.sign().mul(pole.where(zero, nonzero(x, pole).abs().pow(p - 1)));
            return scaled.mul(g.mul(norm.pow(1 - p)));
        }
        Tensor scale = flat.where(zero, g.div(nonzero(norm, flat).pow(p - 1)));
        Tensor scaled = p < 2 ? x.sign().mul(x.abs().pow(p - 1)) : x.mul(x.abs().pow(p - 2));
        return scaled.mul(scale);
    }

    /** Replaces zeros by ones, so that no pole gets into what is not taken. */
    private static Tensor nonzero(Tensor x, Tensor zeros) {
        return zeros.where(Primitives.scalarLike(x, 1, x.dtype()), x);
    }

    // ---- matrices ---------------------------------------------------------------------------------------------------------------

    /** Returns the two dimensions of the matrices, counted from the front, in the given order. */
    private static int[] plane(String name, Tensor x, int[] dims) {
        if (x.shape().rank() < 2) {
            throw new ShapeMismatchException("[" + name + "] expected at least 2 dimensions, got shape " + x.shape()
                    + "; use vectorNorm for vectors");
        }
        if (dims.length != 2) {
            throw new InvalidArgumentException("[" + name + "] expected the two dimensions of a matrix, got "
                    + java.util.Arrays.toString(dims) + "; use vectorNorm for other numbers of dimensions");
        }
        Dims.listed(name, x.shape(), dims);
        return new int[] {x.shape().dim(name, dims[0]), x.shape().dim(name, dims[1])};
    }

    /** Returns the named norms of the matrices in two dimensions. */
    public static Tensor matrix(String name, Tensor x, NormKind kind, int[] dims, boolean keepDim) {
        int[] plane = plane(name, x, dims);
        if (kind == NormKind.FROBENIUS) {
            return vector(name, x, 2, plane, keepDim);
        }
        return folded(singularValues(x, plane).sum(-1), plane, keepDim);
    }

    /** Returns the norms of order 1, -1, 2, -2, infinity or -infinity of the matrices in two dimensions. */
    public static Tensor matrix(String name, Tensor x, double order, int[] dims, boolean keepDim) {
        int[] plane = plane(name, x, dims);
        double size = Math.abs(order);
        if (size == 2) {
            return folded(furthest(name, singularValues(x, plane), x.shape().rank() - 2, order > 0).squeeze(-1), plane, keepDim);
        }
        if (size != 1 && !Double.isInfinite(order)) {
            throw new InvalidArgumentException("[" + name + "] expected an order of 1, -1, 2, -2, infinity or -infinity, got " + order
                    + "; use vectorNorm for other orders");
        }
        // Order 1 is the largest sum of a column, infinity that of a row.
        int inner = size == 1 ? plane[0] : plane[1];
        int outer = size == 1 ? plane[1] : plane[0];
        Tensor sums = vector(name, x, 1, new int[] {inner}, true);
        return Dims.fold(furthest(name, sums, outer, order > 0), ascending(plane), keepDim);
    }

    /** Returns the largest or smallest of sizes along a dimension, which stays with size 1; the largest of none is 0. */
    private static Tensor furthest(String name, Tensor sizes, int dim, boolean largest) {
        int[] folded = {dim};
        return largest && sizes.shape().size(dim) == 0
                ? sizes.sum(folded, true)
                : Folds.extreme(name, largest ? ReduceOp.MAX : ReduceOp.MIN, sizes, folded, true, false);
    }

    private static int[] ascending(int[] plane) {
        return new int[] {Math.min(plane[0], plane[1]), Math.max(plane[0], plane[1])};
    }

    private static Tensor singularValues(Tensor x, int[] plane) {
        int rank = x.shape().rank();
        int[] order = new int[rank];
        int at = 0;
        for (int i = 0; i < rank; i++) {
            if (i != plane[0] && i != plane[1]) {
                order[at++] = i;
            }
        }
        order[rank - 2] = plane[0];
        order[rank - 1] = plane[1];
        return x.permute(order).svdvals();
    }

    /** Puts the dimensions of the matrices back with size 1, if they are to be kept. */
    private static Tensor folded(Tensor y, int[] plane, boolean keepDim) {
        if (!keepDim) {
            return y;
        }
        int[] dims = ascending(plane);
        return y.unsqueeze(dims[0]).unsqueeze(dims[1]);
    }
}
