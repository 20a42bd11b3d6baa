// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Tensor;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Lists of dimensions as users give them, in any order and from either end. Those that an operation folds are ascending afterwards. */
public final class Dims {
    private Dims() {}

    /** Returns all dimensions. */
    public static int[] all(Shape shape) {
        int[] dims = new int[shape.rank()];
        Arrays.setAll(dims, i -> i);
        return dims;
    }

    /** Returns the dimensions counted from the front, ascending; none of a scalar. Null and no dimensions stand for all. */
    public static int[] of(String name, Shape shape, int @Nullable [] dims) {
        return dims == null || dims.length == 0 ? all(shape) : listed(name, shape, dims);
    }

    /** Returns the dimensions counted from the front, ascending; none of a scalar. No dimensions stand for none. */
    public static int[] listed(String name, Shape shape, int[] dims) {
        int[] result = new int[dims.length];
        for (int i = 0; i < dims.length; i++) {
            result[i] = shape.dim(name, dims[i]);
        }
        Arrays.sort(result);
        for (int i = 1; i < result.length; i++) {
            if (result[i] == result[i - 1]) {
                throw new InvalidArgumentException("[" + name + "] expected each dimension once, got " + Arrays.toString(dims)
                        + " for shape " + shape + "; name none of them twice");
            }
        }
        return shape.rank() == 0 ? new int[0] : result;
    }

    /** Returns dimensions counted from the front, in the order given; none may occur twice. */
    public static int[] distinct(String name, Shape shape, int[] dims) {
        listed(name, shape, dims);
        return Arrays.stream(dims).map(dim -> shape.dim(name, dim)).toArray();
    }

    /** Throws if there is nothing to fold where a fold needs at least one element. */
    public static void requireSome(String name, Shape shape, int[] dims) {
        boolean results = true;
        for (int i = 0; i < shape.rank(); i++) {
            results &= Arrays.binarySearch(dims, i) >= 0 || shape.size(i) > 0;
        }
        if (results && shape.elements() == 0) {
            throw new InvalidArgumentException("[" + name + "] expected at least one element to reduce, got shape " + shape
                    + "; fold other dimensions, or leave empty tensors out");
        }
    }

    /** Returns how many elements are folded into one. */
    public static long count(Shape shape, int[] dims) {
        long count = 1;
        for (int dim : dims) {
            count *= shape.size(dim);
        }
        return count;
    }

    /** Returns the shape with size 1 at the given dimensions. */
    public static long[] kept(Shape shape, int[] dims) {
        long[] sizes = shape.toArray();
        for (int dim : dims) {
            sizes[dim] = 1;
        }
        return sizes;
    }

    /** Gives a folded tensor the folded dimensions back, with size 1. */
    public static Tensor unfold(Tensor folded, Shape original, int[] dims) {
        return folded.reshape(kept(original, dims));
    }

    /** Takes folded dimensions, which have size 1, away unless they are to be kept. */
    public static Tensor fold(Tensor unfolded, int[] dims, boolean keepDim) {
        if (keepDim) {
            return unfolded;
        }
        Shape shape = unfolded.shape();
        for (int i = dims.length - 1; i >= 0; i--) {
            shape = shape.without(dims[i]);
        }
        return unfolded.reshape(shape.toArray());
    }

    /** Returns the tensor with one dimension moved to the front, the others in their order. */
    public static Tensor first(Tensor x, int dim) {
        int[] order = new int[x.shape().rank()];
        Arrays.setAll(order, i -> i == 0 ? dim : i <= dim ? i - 1 : i);
        return x.permute(order);
    }

    /** Returns the tensor with one dimension exchanged with the last one. */
    public static Tensor last(Tensor x, int dim) {
        return dim == x.shape().rank() - 1 ? x : x.transpose(dim, -1);
    }
}
