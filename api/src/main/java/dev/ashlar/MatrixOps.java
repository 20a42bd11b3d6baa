// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import dev.ashlar.internal.tensor.Casting;
import dev.ashlar.internal.tensor.Einsum;
import dev.ashlar.internal.tensor.Primitives;
import dev.ashlar.internal.tensor.Products;
import dev.ashlar.internal.tensor.Promotion;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Arrays;

/** Matrix products. */
public sealed interface MatrixOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    /**
     * Returns the matrix product over the last two dimensions; leading ones are batches and broadcast. A vector on the left is a row, on
     * the right a column, and that dimension is gone from the result.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.matmul.html">torch.matmul</a>
     * @throws ShapeMismatchException if inner dimensions differ or an operand is a scalar
     */
    default Tensor matmul(Tensor other) {
        Primitives.onDeviceOf("matmul", self(), other);
        DType type = DType.promote(self().dtype(), other.dtype());
        Tensor a = self().to(type);
        Tensor b = other.to(type);
        Shape left = a.shape();
        Shape right = b.shape();
        if (left.rank() == 0 || right.rank() == 0) {
            throw new ShapeMismatchException("[matmul] expected operands with dimensions, got " + left + " and " + right
                    + "; use mul for scalars");
        }
        long inner = right.rank() == 1 ? right.size(0) : right.size(-2);
        if (left.size(-1) != inner) {
            boolean transposed = right.rank() > 1 && left.size(-1) == right.size(-1);
            throw new ShapeMismatchException("[matmul] expected inner dimensions to agree, got " + left + " and " + right
                    + (transposed ? "; transpose the second?" : "; those are the last of the first and the last but one of the second"));
        }
        if (left.rank() == 1) {
            Tensor y = a.unsqueeze(0).matmul(b);
            return right.rank() == 1 ? y.squeeze(0) : y.squeeze(-2);
        }
        if (right.rank() == 1) {
            return a.matmul(b.unsqueeze(1)).squeeze(-1);
        }
        if (right.rank() == 2 && left.rank() > 2) {
            // Batches times one matrix are one tall matrix times that matrix.
            long[] sizes = left.toArray();
            sizes[sizes.length - 1] = right.size(1);
            return a.reshape(batch(left).elements() * left.size(-2), left.size(-1)).matmul(b).reshape(sizes);
        }
        Shape batch = Shape.broadcast("matmul", batch(left), batch(right));
        return Products.contract("matmul", a.expand(matrix(batch, left)), b.expand(matrix(batch, right)), batch.rank(), 1, 1, 1);
    }

    private static Shape batch(Shape shape) {
        return Shape.of(Arrays.copyOf(shape.toArray(), shape.rank() - 2));
    }

    private static long[] matrix(Shape batch, Shape shape) {
        long[] sizes = Arrays.copyOf(batch.toArray(), batch.rank() + 2);
        sizes[batch.rank()] = shape.size(-2);
        sizes[batch.rank() + 1] = shape.size(-1);
        return sizes;
    }

    // ---- vectors and matrices ---------------------------------------------------------------------------------------------------

    /** Returns the product of two matrices, [n, k] and [k, m]. */
    default Tensor mm(Tensor other) {
        requireRank("mm", 2, self());
        requireRank("mm", 2, other);
        requireInner("mm", self(), other);
        return matmul(other);
    }

    /** Returns the products of two batches of matrices, [b, n, k] and [b, k, m]; batches do not broadcast. */
    default Tensor bmm(Tensor other) {
        batches("bmm", self(), other);
        return matmul(other);
    }

    /** Returns the product of a matrix, [n, k], and a vector, [k]. */
    default Tensor mv(Tensor vector) {
        requireRank("mv", 2, self());
        requireRank("mv", 1, vector);
        requireInner("mv", self(), vector);
        return matmul(vector);
    }

    /** Returns the inner product of two vectors of one length. */
    default Tensor dot(Tensor other) {
        requireRank("dot", 1, self());
        requireRank("dot", 1, other);
        requireInner("dot", self(), other);
        return matmul(other);
    }

    /** Same as {@link #dot}: it differs for complex numbers only. */
    default Tensor vdot(Tensor other) {
        requireRank("vdot", 1, self());
        requireRank("vdot", 1, other);
        requireInner("vdot", self(), other);
        return matmul(other);
    }

    /**
     * Returns the products of the vectors in the last dimension of this with those of another: {@code this[i, j, :]} and
     * {@code other[k, :]} give {@code result[i, j, k]}. Scalars are multiplied with everything.
     */
    default Tensor inner(Tensor other) {
        Tensor b = Primitives.onDeviceOf("inner", self(), other);
        if (self().dim() == 0 || b.dim() == 0) {
            return self().mul(b);
        }
        if (self().size(-1) != b.size(-1)) {
            throw new ShapeMismatchException("[inner] expected last dimensions of one size, got " + self().shape() + " and " + b.shape()
                    + "; transpose one?");
        }
        return Products.tensordot("inner", self(), b, new int[] {-1}, new int[] {-1});
    }

    /** Returns the outer product of two vectors, [n, m]. */
    default Tensor outer(Tensor other) {
        requireRank("outer", 1, self());
        requireRank("outer", 1, other);
        return self().unsqueeze(1).mul(other.unsqueeze(0));
    }

    /** Returns the inner products of the vectors in the last dimension. */
    default Tensor vecdot(Tensor other) {
        return vecdot(other, -1);
    }

    /** Returns the inner products of the vectors in a dimension, which is gone from the result; shapes broadcast. */
    default Tensor vecdot(Tensor other, int dim) {
        DType type = Promotion.of(self(), other);
        Tensor product = Promotion.wide(self()).mul(Promotion.wide(other));
        if (product.dim() == 0) {
            throw new ShapeMismatchException("[vecdot] expected vectors in dimension " + dim + ", got two scalars; use mul for scalars");
        }
        int at = product.shape().dim("vecdot", dim);
        return Primitives.inner(product.sum(at)).to(type);
    }

    /** Returns the cross products of the vectors in the first dimension that has size 3. */
    default Tensor cross(Tensor other) {
        for (int i = 0; i < self().dim(); i++) {
            if (self().size(i) == 3) {
                return cross(other, i);
            }
        }
        return cross(other, -1);
    }

    /** Returns the cross products of the vectors in a dimension of size 3; the other dimensions broadcast. */
    default Tensor cross(Tensor other, int dim) {
        return Products.cross(self(), other, dim);
    }

    private static void requireRank(String name, int rank, Tensor x) {
        if (x.shape().rank() != rank) {
            throw new ShapeMismatchException("[" + name + "] expected " + rank + " dimensions, got shape " + x.shape()
                    + "; use matmul or einsum for others");
        }
    }

    private static void requireInner(String name, Tensor a, Tensor b) {
        if (a.size(-1) != b.size(b.dim() == 1 ? 0 : -2)) {
            throw new ShapeMismatchException("[" + name + "] expected inner dimensions to agree, got " + a.shape() + " and " + b.shape()
                    + "; transpose one?");
        }
    }

    private static void batches(String name, Tensor a, Tensor b) {
        requireRank(name, 3, a);
        requireRank(name, 3, b);
        requireInner(name, a, b);
        if (a.size(0) != b.size(0)) {
            throw new ShapeMismatchException("[" + name + "] expected batches of one size, got " + a.shape() + " and " + b.shape()
                    + "; matmul broadcasts them");
        }
    }

    // ---- products plus something ------------------------------------------------------------------------------------------------

    /** Returns this + mat1 mat2. */
    default Tensor addmm(Tensor mat1, Tensor mat2) {
        return addmm(mat1, mat2, 1, 1);
    }

    /**
     * Returns {@code beta this + alpha mat1 mat2}. If beta is 0, this has no influence, not even as NaN. Factors of integers are cut off
     * to whole numbers, as in PyTorch.
     *
     * @param mat1 [n, k]
     * @param mat2 [k, m]
     * @return [n, m], to which this broadcasts
     */
    default Tensor addmm(Tensor mat1, Tensor mat2, double beta, double alpha) {
        requireRank("addmm", 2, mat1);
        requireRank("addmm", 2, mat2);
        requireInner("addmm", mat1, mat2);
        return Products.plus("addmm", self(), mat1, mat2, Tensor::matmul, beta, alpha);
    }

    /** Returns this + mat vec. */
    default Tensor addmv(Tensor mat, Tensor vec) {
        return addmv(mat, vec, 1, 1);
    }

    /**
     * Returns {@code beta this + alpha mat vec}, with factors as for {@link #addmm(Tensor, Tensor, double, double)}.
     *
     * @param mat [n, k]
     * @param vec [k]
     * @return [n], to which this broadcasts
     */
    default Tensor addmv(Tensor mat, Tensor vec, double beta, double alpha) {
        requireRank("addmv", 2, mat);
        requireRank("addmv", 1, vec);
        requireInner("addmv", mat, vec);
        return Products.plus("addmv", self(), mat, vec, Tensor::matmul, beta, alpha);
    }

    /** Returns this plus the outer product of two vectors. */
    default Tensor addr(Tensor vec1, Tensor vec2) {
        return addr(vec1, vec2, 1, 1);
    }

    /**
     * Returns {@code beta this + alpha outer(vec1, vec2)}, with factors as for {@link #addmm(Tensor, Tensor, double, double)}; of bool,
     * sums are "or" and products "and". Factors of integers must be whole numbers here, as in PyTorch.
     *
     * @param vec1 [n]
     * @param vec2 [m]
     * @return [n, m], to which this broadcasts
     */
    default Tensor addr(Tensor vec1, Tensor vec2, double beta, double alpha) {
        requireRank("addr", 1, vec1);
        requireRank("addr", 1, vec2);
        return Products.plus("addr", self(), vec1, vec2, Tensor::outer, beta, alpha);
    }

    /** Returns this plus the sum of the products of two batches of matrices. */
    default Tensor addbmm(Tensor batch1, Tensor batch2) {
        return addbmm(batch1, batch2, 1, 1);
    }

    /**
     * Returns {@code beta this + alpha sum_i(batch1[i] batch2[i])}, with factors as for {@link #addmm(Tensor, Tensor, double, double)}.
     *
     * @param batch1 [b, n, k]
     * @param batch2 [b, k, m]
     * @return [n, m], to which this broadcasts
     */
    default Tensor addbmm(Tensor batch1, Tensor batch2, double beta, double alpha) {
        batches("addbmm", batch1, batch2);
        int[] left = {0, 2};
        int[] right = {0, 1};
        return Products.plus(
                "addbmm", self(), batch1, batch2, (a, b) -> Products.tensordot("addbmm", a, b, left, right), beta, alpha);
    }

    /** Returns this plus the products of two batches of matrices. */
    default Tensor baddbmm(Tensor batch1, Tensor batch2) {
        return baddbmm(batch1, batch2, 1, 1);
    }

    /**
     * Returns {@code beta this + alpha bmm(batch1, batch2)}, with factors as for {@link #addmm(Tensor, Tensor, double, double)}.
     *
     * @param batch1 [b, n, k]
     * @param batch2 [b, k, m]
     * @return [b, n, m], to which this broadcasts
     */
    default Tensor baddbmm(Tensor batch1, Tensor batch2, double beta, double alpha) {
        batches("baddbmm", batch1, batch2);
        return Products.plus("baddbmm", self(), batch1, batch2, Tensor::matmul, beta, alpha);
    }

    // ---- any number of dimensions -----------------------------------------------------------------------------------------------

    /** Sums over the last {@code dims} dimensions of this and the first of another; 0 gives the outer product. */
    default Tensor tensordot(Tensor other, int dims) {
        if (dims < 0 || dims > self().dim() || dims > other.dim()) {
            throw new InvalidArgumentException("[tensordot] expected a number of dimensions that both have, got " + dims + " for shapes "
                    + self().shape() + " and " + other.shape() + "; use at most the smaller rank");
        }
        int[] last = new int[dims];
        int[] first = new int[dims];
        for (int i = 0; i < dims; i++) {
            last[i] = self().dim() - dims + i;
            first[i] = i;
        }
        return Products.tensordot("tensordot", self(), other, last, first);
    }

    /**
     * Sums products over pairs of dimensions, one of this and one of another.
     *
     * @param dims dimensions of this
     * @param otherDims as many of the other; sizes agree in pairs, or one of them is 1
     * @return the other dimensions of this, then those of the other
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.tensordot.html">torch.tensordot</a>
     */
    default Tensor tensordot(Tensor other, int[] dims, int[] otherDims) {
        return Products.tensordot("tensordot", self(), other, dims, otherDims);
    }

    /**
     * Returns the Kronecker product: every element of this times the whole other tensor, block by block. The one with fewer dimensions
     * gets leading ones of size 1.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.kron.html">torch.kron</a>
     */
    default Tensor kron(Tensor other) {
        return Products.kron(self(), other);
    }

    /**
     * Returns the product of matrices, multiplied in the order that takes the fewest steps.
     *
     * @param tensors at least two; the first and the last may be vectors, a row and a column, and that dimension is gone then
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.linalg.multi_dot.html">torch.linalg.multi_dot</a>
     */
    static Tensor multiDot(Tensor... tensors) {
        return Casting.lower(Products::multiDot, tensors);
    }

    /**
     * Sums products over named dimensions: {@code einsum("bij,bjk->bik", a, b)}. Each operand has a term with a letter for each of its
     * dimensions; dimensions of one letter are multiplied together, a letter twice in a term takes the diagonal, and letters that the
     * result lacks are summed. Without an arrow the result has the letters that occur once, capitals first. An ellipsis stands for any
     * dimensions, which broadcast. Operands are contracted from left to right.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.einsum.html">torch.einsum</a>
     * @throws InvalidArgumentException if the equation is malformed or has another number of terms
     * @throws ShapeMismatchException if an operand does not fit its term
     */
    static Tensor einsum(String equation, Tensor... tensors) {
        return Casting.lower(operands -> Einsum.of(equation, operands), tensors);
    }
}
