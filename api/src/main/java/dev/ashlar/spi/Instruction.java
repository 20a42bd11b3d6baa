// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.spi;

import dev.ashlar.type.DType;

/**
 * One step of an {@link Expr}.
 *
 * @param op what is computed
 * @param type the type of the result; comparisons give bool and compare in the type of {@code a}
 * @param a index of the instruction that is the first operand, -1 if there is none
 * @param b second operand, -1 if there is none
 * @param c third operand, -1 if there is none
 * @param immediate the bits of a constant, or the number of an input, parameter or axis; else 0
 */
public record Instruction(ScalarOp op, DType type, int a, int b, int c, long immediate) {
    /** Returns the constant as a double; meaningful for floating types. */
    public double floating() {
        return Double.longBitsToDouble(immediate);
    }
}
