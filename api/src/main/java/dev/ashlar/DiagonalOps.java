// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import dev.ashlar.internal.tensor.Diagonals;
import dev.ashlar.type.ShapeMismatchException;

/**
 * Diagonals and triangles of matrices, of every type. Diagonal 0 is the main one; positive ones lie above it, negative ones below.
 */
public sealed interface DiagonalOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    // ---- diagonals --------------------------------------------------------------------------------------------------------------

    /** Returns the main diagonal of the matrices in dimensions 0 and 1, as the last dimension. */
    default Tensor diagonal() {
        return diagonal(0, 0, 1);
    }

    /**
     * Returns a diagonal of the matrices in two dimensions, as the last dimension of the result; the two are gone.
     *
     * @param offset which diagonal; one outside of the matrix is empty
     * @param dim1 the dimension of the rows
     * @param dim2 the dimension of the columns
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.diagonal.html">torch.diagonal</a>
     */
    default Tensor diagonal(long offset, int dim1, int dim2) {
        return Diagonals.diagonal("diagonal", self(), offset, dim1, dim2);
    }

    /** Returns matrices with the last dimension on their main diagonals, [.., n, n]. */
    default Tensor diagEmbed() {
        return diagEmbed(0, -2, -1);
    }

    /**
     * Returns matrices that are 0 but for a diagonal, which is the last dimension of this.
     *
     * @param offset which diagonal; matrices have size n + |offset|
     * @param dim1 the dimension of the rows in the result
     * @param dim2 the dimension of the columns in the result
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.diag_embed.html">torch.diag_embed</a>
     */
    default Tensor diagEmbed(long offset, int dim1, int dim2) {
        return Diagonals.embed("diagEmbed", self(), offset, dim1, dim2);
    }

    /** Returns the main diagonal of a matrix, or the matrix with this vector as its main diagonal. */
    default Tensor diag() {
        return diag(0);
    }

    /** Returns a diagonal of a matrix, or the matrix of size n + |diagonal| that is 0 but for this vector on that diagonal. */
    default Tensor diag(long diagonal) {
        return switch (self().dim()) {
            case 1 -> Diagonals.embed("diag", self(), diagonal, -2, -1);
            case 2 -> Diagonals.diagonal("diag", self(), diagonal, 0, 1);
            default -> throw new ShapeMismatchException("[diag] expected a vector or a matrix, got shape " + self().shape()
                    + "; for batches use diagonal() or diagEmbed()");
        };
    }

    /** Returns the matrix with all elements of this, row-major, on its main diagonal. */
    default Tensor diagflat() {
        return diagflat(0);
    }

    /** Returns the matrix that is 0 but for all elements of this, row-major, on a diagonal. */
    default Tensor diagflat(long offset) {
        return Diagonals.embed("diagflat", self().reshape(self().numel()), offset, -2, -1);
    }

    /** Returns the sum of the main diagonal of a matrix; of integers and bool in int64. */
    default Tensor trace() {
        if (self().dim() != 2) {
            throw new ShapeMismatchException("[trace] expected a matrix, got shape " + self().shape()
                    + "; for batches use diagonal(0, -2, -1).sum(-1)");
        }
        return Diagonals.diagonal("trace", self(), 0, 0, 1).sum();
    }

    // ---- triangles --------------------------------------------------------------------------------------------------------------

    /** Returns the lower triangles, the main diagonal included, with zeros above. */
    default Tensor tril() {
        return tril(0);
    }

    /** Returns what lies on or below a diagonal of the matrices in the last two dimensions, with zeros above. */
    default Tensor tril(long diagonal) {
        return Diagonals.triangle("tril", self(), diagonal, false);
    }

    /** Returns the upper triangles, the main diagonal included, with zeros below. */
    default Tensor triu() {
        return triu(0);
    }

    /** Returns what lies on or above a diagonal of the matrices in the last two dimensions, with zeros below. */
    default Tensor triu(long diagonal) {
        return Diagonals.triangle("triu", self(), diagonal, true);
    }

    // ---- blocks -----------------------------------------------------------------------------------------------------------------

    /**
     * Returns the matrix with the given ones along its diagonal and zeros elsewhere, in their promoted type.
     *
     * @param blocks matrices; a vector counts as a row, a scalar as a matrix of one element
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.block_diag.html">torch.block_diag</a>
     */
    static Tensor blockDiag(Tensor... blocks) {
        return Diagonals.blocks(blocks);
    }
}
