// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Arrays;

/** Diagonals and triangles of matrices. A diagonal is every (n + 1)-th element of the rows of length n, laid end to end. */
public final class Diagonals {
    private Diagonals() {}

    /** See {@link Tensor#diagonal(int, int, int)}. */
    public static Tensor diagonal(String name, Tensor x, long offset, int dim1, int dim2) {
        Shape shape = x.shape();
        if (shape.rank() < 2) {
            throw new ShapeMismatchException("[" + name + "] expected two dimensions or more, got shape " + shape
                    + "; a matrix with this diagonal is diagEmbed()");
        }
        int first = shape.dim(name, dim1);
        int second = shape.dim(name, dim2);
        different(name, first, second);
        int[] order = new int[shape.rank()];
        int at = 0;
        for (int i = 0; i < order.length; i++) {
            if (i != first && i != second) {
                order[at++] = i;
            }
        }
        order[at] = first;
        order[at + 1] = second;
        Tensor last = x.permute(order);
        long rows = shape.size(first);
        long columns = shape.size(second);
        long length = Math.max(0, Math.min(offset >= 0 ? rows : rows + offset, offset >= 0 ? columns - offset : columns));
        long[] lead = HostMatrices.batch(last);
        Tensor flat = last.reshape(HostMatrices.join(lead, rows * columns));
        if (length == 0) {
            return flat.slice(-1, 0, 0, 1);
        }
        long start = offset >= 0 ? offset : -offset * columns;
        return flat.slice(-1, start, start + (length - 1) * (columns + 1) + 1, columns + 1);
    }

    private static void different(String name, int first, int second) {
        if (first == second) {
            throw new InvalidArgumentException("[" + name + "] expected two different dimensions, got " + first + " twice"
                    + "; negative dimensions count from the end");
        }
    }

    /** See {@link Tensor#diagEmbed(int, int, int)}. */
    public static Tensor embed(String name, Tensor x, long offset, int dim1, int dim2) {
        Tensor line = x.shape().rank() == 0 ? x.reshape(1) : x;
        int rank = line.shape().rank() + 1;
        int first = dim(name, line.shape(), rank, dim1);
        int second = dim(name, line.shape(), rank, dim2);
        different(name, first, second);
        long length = line.size(-1);
        long n = length + Math.abs(offset);
        long[] lead = Arrays.copyOf(line.shape().toArray(), rank - 2);
        Shape flat = Shape.of(HostMatrices.join(lead, n * n));
        Tensor zeros = Primitives.full(flat, 0.0, x.dtype(), Primitives.runtime(x));
        long[] starts = new long[rank - 1];
        starts[rank - 2] = offset >= 0 ? offset : -offset * n;
        long[] steps = Regions.dense(flat);
        steps[rank - 2] = n + 1;
        Tensor matrix = Regions.insert(zeros, line, starts, steps).reshape(HostMatrices.join(lead, n, n));
        int[] order = new int[rank];
        int at = 0;
        for (int i = 0; i < rank; i++) {
            order[i] = i == first ? rank - 2 : i == second ? rank - 1 : at++;
        }
        return matrix.permute(order);
    }

    private static int dim(String name, Shape shape, int rank, int dim) {
        if (dim < -rank || dim >= rank) {
            throw new InvalidArgumentException("[" + name + "] expected a dimension in [" + -rank + ", " + (rank - 1)
                    + "] for matrices made of shape " + shape + ", got " + dim + "; negative dimensions count from the end");
        }
        return dim < 0 ? dim + rank : dim;
    }

    /** Keeps a triangle of each matrix: what is not above, or not below, a diagonal. */
    public static Tensor triangle(String name, Tensor x, long diagonal, boolean upper) {
        if (x.shape().rank() < 2) {
            throw new ShapeMismatchException("[" + name + "] expected a matrix or a batch of them, got shape " + x.shape()
                    + "; add dimensions with unsqueeze");
        }
        Tensor row = Primitives.iota(Shape.of(x.size(-2), 1), Primitives.runtime(x)).add(diagonal);
        Tensor column = Primitives.iota(Shape.of(1, x.size(-1)), Primitives.runtime(x));
        Tensor kept = upper ? column.ge(row) : column.le(row);
        return kept.where(x, Primitives.scalarOf(x, 0, x.dtype()));
    }

    /** See {@link dev.ashlar.DiagonalOps#blockDiag}. */
    public static Tensor blocks(Tensor... blocks) {
        if (blocks.length == 0) {
            throw new InvalidArgumentException("[blockDiag] expected at least one tensor, got none; pass the blocks in their order");
        }
        DType type = blocks[0].dtype();
        long rows = 0;
        long columns = 0;
        Tensor[] matrices = new Tensor[blocks.length];
        for (int i = 0; i < blocks.length; i++) {
            Tensor block = blocks[i];
            if (block.shape().rank() > 2) {
                throw new ShapeMismatchException("[blockDiag] expected tensors of at most 2 dimensions, got shape " + block.shape()
                        + "; pass the matrices of a batch one by one");
            }
            Primitives.checkSameDevice("blockDiag", blocks[0], block);
            matrices[i] = block.shape().rank() == 2 ? block : block.reshape(1, block.numel());
            type = DType.promote(type, block.dtype());
            rows += matrices[i].size(0);
            columns += matrices[i].size(1);
        }
        Tensor result = Primitives.full(Shape.of(rows, columns), 0.0, type, Primitives.runtime(blocks[0]));
        long row = 0;
        long column = 0;
        for (Tensor matrix : matrices) {
            result = Regions.insert(result, matrix.to(type), new long[] {row, column}, new long[] {1, 1});
            row += matrix.size(0);
            column += matrix.size(1);
        }
        return result;
    }
}
