// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import dev.ashlar.internal.schedule.Formula;
import dev.ashlar.internal.tensor.Functions;
import dev.ashlar.internal.tensor.Pair;
import dev.ashlar.internal.tensor.Primitives;
import dev.ashlar.internal.tensor.Shifts;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;

/** Operations on the bits and on the divisors of integers, at each element; operands broadcast. Nothing of this has a gradient. */
public sealed interface BitwiseOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    private Tensor bits(String name, ScalarOp op, Tensor other) {
        Pair pair = Pair.of(name, self(), other);
        if (pair.type().isFloatingPoint()) {
            throw new DTypeMismatchException("[" + name + "] expected integers or bool, got " + self().dtype() + " and " + other.dtype()
                    + "; cast, for example with to(DType.INT64)");
        }
        return Primitives.binary(name, op, pair.a(), pair.b());
    }

    /** Returns the bitwise and of integers; of bool the logical one. */
    default Tensor bitwiseAnd(Tensor other) {
        return bits("bitwiseAnd", ScalarOp.AND, other);
    }

    /** Returns the bitwise and of integers with a number. */
    default Tensor bitwiseAnd(long number) {
        return bitwiseAnd(Functions.number(self(), number));
    }

    /** Returns the bitwise or of integers; of bool the logical one. */
    default Tensor bitwiseOr(Tensor other) {
        return bits("bitwiseOr", ScalarOp.OR, other);
    }

    /** Returns the bitwise or of integers with a number. */
    default Tensor bitwiseOr(long number) {
        return bitwiseOr(Functions.number(self(), number));
    }

    /** Returns the bitwise exclusive or of integers; of bool the logical one. */
    default Tensor bitwiseXor(Tensor other) {
        return bits("bitwiseXor", ScalarOp.XOR, other);
    }

    /** Returns the bitwise exclusive or of integers with a number. */
    default Tensor bitwiseXor(long number) {
        return bitwiseXor(Functions.number(self(), number));
    }

    /** Returns all bits of integers turned around; of bool the logical not. */
    default Tensor bitwiseNot() {
        Tensor x = self();
        return x.dtype() == DType.BOOL ? x.logicalNot() : bits("bitwiseNot", ScalarOp.XOR, Primitives.scalarOf(x, -1, x.dtype()));
    }

    /** Shifts integers to the left; by a count that is negative or not below the width of the type the result is 0. */
    default Tensor bitwiseLeftShift(Tensor count) {
        return Shifts.left(Pair.of("bitwiseLeftShift", self(), count).integers());
    }

    /** Shifts integers to the left. */
    default Tensor bitwiseLeftShift(long count) {
        return bitwiseLeftShift(Functions.number(self(), count));
    }

    /** Shifts integers to the right, copying the sign; by a count that is negative or not below the width of the type all bits are its. */
    default Tensor bitwiseRightShift(Tensor count) {
        return Shifts.right(Pair.of("bitwiseRightShift", self(), count).integers());
    }

    /** Shifts integers to the right, copying the sign. */
    default Tensor bitwiseRightShift(long count) {
        return bitwiseRightShift(Functions.number(self(), count));
    }

    // ---- divisors ---------------------------------------------------------------------------------------------------------------

    /** Returns the greatest common divisor of integers, &gt;= 0; with 0 it is the other one's magnitude. */
    default Tensor gcd(Tensor other) {
        Pair pair = Pair.of("gcd", self(), other).integers();
        return Primitives.function("gcd", Formula.GCD, pair.a(), pair.b());
    }

    /** Returns the least common multiple of integers, &gt;= 0; with 0 it is 0. */
    default Tensor lcm(Tensor other) {
        Pair pair = Pair.of("lcm", self(), other).integers();
        return Primitives.function("lcm", Formula.LCM, pair.a(), pair.b());
    }
}
