// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.Tensor;
import dev.ashlar.ValuesAndIndices;
import dev.ashlar.spi.ReduceOp;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.Shape;
import org.jspecify.annotations.Nullable;

/** Folds with the conventions of PyTorch's gradients: who gets what where elements are equal. */
public final class Folds {
    private Folds() {}

    /** Returns what a mean is taken of: the tensor, cast if a type is given; throws unless it is floating-point. */
    public static Tensor averaged(String name, Tensor x, @Nullable DType dtype) {
        Tensor cast = dtype == null ? x : x.to(dtype);
        if (!cast.dtype().isFloatingPoint()) {
            throw new DTypeMismatchException("[" + name + "] expected a floating-point tensor, got " + cast.dtype()
                    + "; cast it, for example with to(DType.FLOAT32)");
        }
        return cast;
    }

    /** Returns the tensor with 0 for NaN; no gradient flows to NaN. */
    public static Tensor withoutNan(Tensor x) {
        return x.dtype().isFloatingPoint() ? x.isNan().where(Primitives.scalarLike(x, 0, x.dtype()), x) : x;
    }

    /**
     * Returns the largest or smallest elements; equal ones share the gradient evenly.
     *
     * @param nanShares whether the NaNs share the gradient of a NaN; else it makes all gradients NaN
     */
    public static Tensor extreme(String name, ReduceOp op, Tensor x, int @Nullable [] dims, boolean keepDim, boolean nanShares) {
        Shape shape = x.shape();
        int[] folded = Dims.of(name, shape, dims);
        Dims.requireSome(name, shape, folded);
        Tensor y = Primitives.reduce(name, op, x, folded, keepDim);
        return Tape.record(name, y, of(x), of(x, y), (g, s) -> {
            Tensor value = Dims.unfold(s[1], shape, folded);
            Tensor hit = s[0].eq(value);
            if (nanShares) {
                hit = hit.logicalOr(s[0].isNan());
            }
            Tensor hits = hit.sum(folded, true).to(g.dtype());
            return hit.to(g.dtype()).div(hits).mul(Dims.unfold(g, shape, folded));
        });
    }

    /** Returns the positions of the first largest or smallest elements, among all or along a dimension. */
    public static Tensor position(String name, ReduceOp op, Tensor x, int @Nullable [] dims, boolean keepDim) {
        int[] folded = Dims.of(name, x.shape(), dims);
        Dims.requireSome(name, x.shape(), folded);
        return Primitives.reduce(name, op, Primitives.detached(x), folded, keepDim);
    }

    /** Returns the first largest or smallest elements along a dimension with their positions; the gradient flows there. */
    public static ValuesAndIndices chosen(String name, ReduceOp op, Tensor x, int dim, boolean keepDim) {
        int[] folded = Dims.of(name, x.shape(), new int[] {dim});
        if (folded.length == 0) {
            return new ValuesAndIndices(x, Primitives.full(x.shape(), 0L, DType.INT64, Primitives.runtime(x)));
        }
        Dims.requireSome(name, x.shape(), folded);
        Tensor index = Primitives.reduce(name, op, Primitives.detached(x), folded, true);
        return at(name, x, folded[0], index, keepDim);
    }

    /** Returns the elements at positions of size 1 along a dimension. */
    static ValuesAndIndices at(String name, Tensor x, int dim, Tensor index, boolean keepDim) {
        int[] folded = {dim};
        return new ValuesAndIndices(
                Dims.fold(Indexed.read(name, x, dim, index), folded, keepDim), Dims.fold(index, folded, keepDim));
    }

    /** Returns whether any (MAX) or all (MIN) elements are different from 0. */
    public static Tensor truth(String name, ReduceOp op, Tensor tensor, int[] folded, boolean keepDim) {
        Tensor x = Primitives.detached(tensor).to(DType.BOOL);
        // PyTorch answers in uint8 for uint8, from the time before it had bool.
        DType type = tensor.dtype() == DType.UINT8 ? DType.UINT8 : DType.BOOL;
        if (x.shape().elements() == 0) {
            // Of nothing, no element is true and none is false.
            Tensor count = Primitives.reduce(name, ReduceOp.SUM, x, folded, keepDim);
            return (op == ReduceOp.MAX ? count.ne(0) : count.eq(0)).to(type);
        }
        return (folded.length == 0 ? x : Primitives.reduce(name, op, x, folded, keepDim)).to(type);
    }

    /** Returns the logarithms of sums of exponentials. */
    public static Tensor logSumExp(Tensor tensor, int[] folded, boolean keepDim) {
        DType type = tensor.dtype();
        Tensor x = tensor.to(type.arithmetic());
        Shape shape = x.shape();
        Tensor values = Primitives.detached(x);
        if (shape.elements() == 0) {
            return values.exp().sum(folded, keepDim).log().to(type);
        }
        Tensor largest = values.amax(folded, true);
        Tensor shift = largest.isFinite().where(largest, Primitives.scalarLike(x, 0, x.dtype()));
        Tensor sum = Primitives.inner(values.sub(shift).exp().sum(folded, true));
        Tensor y = Dims.fold(sum.log().add(shift), folded, keepDim);
        Tensor result = Tape.record("logSumExp", y, of(x), of(x, y), (g, s) ->
                s[0].sub(Dims.unfold(s[1], shape, folded)).exp().mul(Dims.unfold(g, shape, folded)));
        return result.to(type);
    }
}
