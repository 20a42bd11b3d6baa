// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.Tensor;
import dev.ashlar.internal.schedule.Formula;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;

/** Functions of one floating-point operand with their gradients; integers are computed in float32. */
public final class Functions {
    private Functions() {}

    /** Applies a scalar operation; the rule reads the operand as its first saved tensor, or the result if {@code savesResult}. */
    public static Tensor apply(String name, ScalarOp op, Tensor operand, boolean savesResult, Tape.Rule rule) {
        Tensor x = Promotion.floating(operand);
        Tensor y = Primitives.unary(name, op, x);
        return Tape.record(name, y, of(x), of(savesResult ? y : x), rule);
    }

    /** Applies a formula; the rule reads the operand as its first saved tensor, or the result if {@code savesResult}. */
    public static Tensor apply(String name, Formula formula, Tensor operand, boolean savesResult, Tape.Rule rule) {
        Tensor x = Promotion.floating(operand);
        Tensor y = Primitives.function(name, formula, x);
        return Tape.record(name, y, of(x), of(savesResult ? y : x), rule);
    }

    /** Attaches the gradient 0 of a step function. */
    public static Tensor flat(String name, Tensor x, Tensor y) {
        return Tape.record(name, y, of(x), of(), (g, _) -> g.zerosLike());
    }

    /** Returns the tensor if it is not bool. */
    public static Tensor numbers(String name, Tensor x) {
        if (x.dtype() == DType.BOOL) {
            throw new DTypeMismatchException("[" + name + "] expected a number type, got bool; cast, for example with to(DType.INT32)");
        }
        return x;
    }

    /** Returns the tensor if it is of floating point. */
    public static Tensor floats(String name, Tensor x) {
        if (!x.dtype().isFloatingPoint()) {
            throw new DTypeMismatchException("[" + name + "] expected a floating-point type, got " + x.dtype() + "; cast, for example with"
                    + " to(DType.FLOAT32)");
        }
        return x;
    }

    /** Returns the gradient where a condition holds, else 0. */
    public static Tensor masked(Tensor condition, Tensor gradient) {
        return condition.where(gradient, Primitives.scalarLike(gradient, 0, gradient.dtype()));
    }

    /** Returns a number as an operand beside a tensor: float32 beside integers. */
    public static Tensor number(Tensor like, double value) {
        return Primitives.scalarLike(like, value, Promotion.withDouble(like.dtype()));
    }

    /** Returns a whole number as an operand beside a tensor: int64 beside bool. */
    public static Tensor number(Tensor like, long value) {
        return Primitives.scalarOf(like, value, Promotion.withLong(like.dtype()));
    }

    /** Returns the factor of an operand, which integers must not have a fraction of. */
    public static Tensor factor(String name, Tensor x, double alpha) {
        boolean floating = x.dtype().isFloatingPoint();
        if (!floating && alpha != Math.rint(alpha)) {
            throw new InvalidArgumentException("[" + name + "] expected a whole alpha for " + x.dtype() + ", got " + alpha
                    + "; cast an operand to a floating-point type");
        }
        return Primitives.scalarLike(x, alpha, x.dtype());
    }
}
