// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.schedule;

import dev.ashlar.spi.ReduceOp;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.spi.ScatterOp;
import dev.ashlar.type.DType;
import dev.ashlar.type.Shape;
import java.util.List;

/**
 * What a node of a program does to its inputs. Attributes that shape the plan are part of it; numbers that may change from round to
 * round (scalars, slice starts, random counters) are not, they travel beside it.
 */
public sealed interface Op {
    /** Returns how many run-time numbers a node with this operation carries. */
    default int numbers() {
        return 0;
    }

    /** Returns whether this only shows elements elsewhere: whoever reads the result reads the input, and nothing is computed. */
    default boolean isMovement() {
        return switch (this) {
            case Reshape _, Permute _, Expand _, Slice _, Flip _, Window _ -> true;
            default -> false;
        };
    }

    /** A value that lies in a buffer, row-major. No inputs. */
    record Leaf(DType type, Shape shape) implements Op {}

    /** A zero-dimensional run-time scalar: one number. No inputs. */
    record Scalar(DType type) implements Op {
        @Override
        public int numbers() {
            return 1;
        }
    }

    /** Unspecified contents, for {@link Insert} to fill. No inputs. */
    record Empty(DType type, Shape shape) implements Op {}

    /** The row-major position of each element, as int64. No inputs. */
    record Iota(Shape shape) implements Op {}

    /** 64 random bits for each element, as int64: Philox 4x32-10 at counter + position. Numbers: seed, counter. No inputs. */
    record RandomBits(Shape shape) implements Op {
        @Override
        public int numbers() {
            return 2;
        }
    }

    /** One scalar operation at each point; inputs have the result's type (comparisons: one common type) and broadcast. */
    record Elementwise(ScalarOp op) implements Op {}

    /** A function of operands of one type that is a formula of scalar operations; inputs broadcast. */
    record Function(Formula formula) implements Op {}

    /** A change of type. */
    record Cast(DType type) implements Op {}

    /** The bits as a type of the same width. */
    record Bitcast(DType type) implements Op {}

    /** The value itself, in a place of its own. */
    record Copy() implements Op {}

    record Reshape(Shape shape) implements Op {}

    /** Dimension i of the result is dimension {@code order[i]} of the input. */
    record Permute(List<Integer> order) implements Op {}

    /** Broadcasting to a larger shape. */
    record Expand(Shape shape) implements Op {}

    /** Every {@code step[i]}-th of dimension {@code i}, {@code sizes[i]} of them; the starts are numbers, one per dimension. */
    record Slice(List<Long> sizes, List<Long> steps) implements Op {
        @Override
        public int numbers() {
            return sizes.size();
        }
    }

    /** Reverses some dimensions. */
    record Flip(List<Integer> dims) implements Op {}

    /** Sliding windows over one dimension: it shrinks to the number of windows, and a last dimension of {@code size} is added. */
    record Window(int dim, long size, long step, long dilation) implements Op {}

    /** The first input with a region, described as in {@link Slice}, replaced by the second. */
    record Insert(List<Long> sizes, List<Long> steps) implements Op {
        @Override
        public int numbers() {
            return sizes.size();
        }
    }

    /** A fold over {@code dims}; they stay with size 1 if {@code keepDim}. */
    record Reduce(ReduceOp op, List<Integer> dims, boolean keepDim) implements Op {}

    /**
     * Sum of products: [batch, rows, sum] times [batch, sum, columns] gives [batch, rows, columns], where each group has the given
     * number of dimensions.
     */
    record Contract(int batch, int rows, int columns, int sum) implements Op {}

    /** Inputs source, index. {@code operation} is what errors name. */
    record Gather(int dim, String operation) implements Op {}

    /** Inputs target, index, source. {@code operation} is what errors name. */
    record Scatter(int dim, ScatterOp op, String operation) implements Op {}
}
