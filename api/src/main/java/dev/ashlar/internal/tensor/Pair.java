// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Tensor;
import dev.ashlar.internal.schedule.Formula;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;

/**
 * The operands of a binary operation, on one device and in one type.
 *
 * @param name of the operation, for messages and histories
 */
public record Pair(String name, Tensor a, Tensor b) {
    /** Returns the operands in the type in which they meet. */
    public static Pair of(String name, Tensor a, Tensor b) {
        Tensor near = Primitives.onDeviceOf(name, a, b);
        return in(name, a, near, Promotion.of(a, near));
    }

    /** Returns the operands in the floating-point type in which they meet: integers are float32. */
    public static Pair floating(String name, Tensor a, Tensor b) {
        Tensor near = Primitives.onDeviceOf(name, a, b);
        return in(name, a, near, Promotion.withDouble(Promotion.of(a, near)));
    }

    /** Returns the operands in a type. */
    public static Pair in(String name, Tensor a, Tensor b, DType type) {
        Tensor near = Primitives.onDeviceOf(name, a, b);
        return new Pair(name, a.to(type), near.to(type));
    }

    public DType type() {
        return a.dtype();
    }

    /** Returns this if the type is not bool. */
    public Pair numbers(String remedy) {
        if (type() == DType.BOOL) {
            throw new DTypeMismatchException("[" + name + "] expected a number type, got bool and bool; " + remedy);
        }
        return this;
    }

    /** Returns this if the type is one of floating point. */
    public Pair floats() {
        if (!type().isFloatingPoint()) {
            throw new DTypeMismatchException("[" + name + "] expected a floating-point type, got " + type() + "; cast, for example with"
                    + " to(DType.FLOAT32)");
        }
        return this;
    }

    /** Returns this if the type is one of integers. */
    public Pair integers() {
        if (!type().isInteger()) {
            throw new DTypeMismatchException("[" + name + "] expected integers, got " + type() + "; cast, for example with"
                    + " to(DType.INT64)");
        }
        return this;
    }

    /** Applies a scalar operation whose gradients read what the caller says. */
    public Tensor apply(ScalarOp op, Tape.Rule left, Tape.Rule right, boolean saves) {
        return record(Primitives.binary(name, op, a, b), left, right, saves);
    }

    /** Applies a formula; the rules read both operands. */
    public Tensor apply(Formula formula, Tape.Rule left, Tape.Rule right) {
        return record(Primitives.function(name, formula, a, b), left, right, true);
    }

    /** Attaches rules, whose gradients are summed to the operands' shapes. */
    public Tensor record(Tensor y, Tape.Rule left, Tape.Rule right, boolean saves) {
        return Tape.record(
                name,
                y,
                Tape.of(a, b),
                saves ? Tape.of(a, b) : Tape.of(),
                (g, s) -> Tape.sumTo(left.gradient(g, s), a.shape()),
                (g, s) -> Tape.sumTo(right.gradient(g, s), b.shape()));
    }

    /** Returns the operands without history. */
    public Pair detached() {
        return new Pair(name, Primitives.detached(a), Primitives.detached(b));
    }
}
