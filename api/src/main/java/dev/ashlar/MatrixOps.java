// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.internal.tensor.Primitives;
import dev.ashlar.internal.tensor.Promotion;
import dev.ashlar.internal.tensor.Tape;
import dev.ashlar.type.DType;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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
                    + (transposed ? "; transpose the second?" : ""));
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
            return a.reshape(-1, left.size(-1)).matmul(b).reshape(sizes);
        }
        Shape batch = Shape.broadcast("matmul", batch(left), batch(right));
        return product(a.expand(matrix(batch, left)), b.expand(matrix(batch, right)), batch.rank());
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

    private static Tensor product(Tensor a, Tensor b, int batch) {
        Tensor y = Primitives.contract("matmul", a, b, batch, 1, 1, 1);
        return Tape.record(
                "matmul",
                y,
                of(a, b),
                of(a, b),
                (g, s) -> product(g, s[1].transpose(-1, -2), batch),
                (g, s) -> product(s[0].transpose(-1, -2), g, batch));
    }

    /** Returns the product of two matrices. */
    default Tensor mm(Tensor other) {
        requireRank("mm", 2, self());
        requireRank("mm", 2, other);
        return matmul(other);
    }

    /** Returns the products of two batches of matrices, [b, n, k] and [b, k, m]. */
    default Tensor bmm(Tensor other) {
        requireRank("bmm", 3, self());
        requireRank("bmm", 3, other);
        return matmul(other);
    }

    /** Returns the inner product of two vectors. */
    default Tensor dot(Tensor other) {
        requireRank("dot", 1, self());
        requireRank("dot", 1, other);
        return matmul(other);
    }

    /** Returns the outer product of two vectors, [n, m]. */
    default Tensor outer(Tensor other) {
        requireRank("outer", 1, self());
        requireRank("outer", 1, other);
        return self().unsqueeze(1).mul(other.unsqueeze(0));
    }

    private static void requireRank(String name, int rank, Tensor x) {
        if (x.shape().rank() != rank) {
            throw new ShapeMismatchException("[" + name + "] expected " + rank + " dimensions, got shape " + x.shape());
        }
    }
}
