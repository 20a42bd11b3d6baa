// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.schedule;

import dev.ashlar.spi.ReduceOp;
import dev.ashlar.type.DType;

/**
 * A fold or product that is not emitted yet, so that what follows can become its epilogue.
 *
 * <p>Its iteration space is the shape of the node's value followed by the reduced axes.
 */
sealed interface Open {
    /** The sizes of the value. */
    long[] sizes();

    /** The type in which the epilogue sees the folded value. */
    DType accumulator();

    /**
     * @param sizes of the value
     * @param reduced sizes of the reduced axes
     * @param prologue its layouts range over value axes, then reduced axes
     */
    record Fold(ReduceOp op, DType accumulator, long[] sizes, long[] reduced, Term prologue) implements Open {}

    /**
     * @param lhs its layout ranges over batch, rows, columns (stride 0), sum
     * @param rhs its layout ranges over batch, rows (stride 0), columns, sum
     */
    record Product(
            DType accumulator, long[] sizes, long[] summed, int batch, int rows, int columns, Term.Load lhs, Term.Load rhs)
            implements Open {}
}
