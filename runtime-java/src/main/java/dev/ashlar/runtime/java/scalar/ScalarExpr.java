// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.scalar;

import dev.ashlar.runtime.java.device.Conversions;
import dev.ashlar.runtime.java.device.Native;
import dev.ashlar.spi.Expr;
import dev.ashlar.spi.Instruction;

/** Walks an expression once for one point of the iteration space. Not thread-safe. */
final class ScalarExpr {
    private final Expr expr;
    private final Instruction[] steps;
    private final long[] values;

    ScalarExpr(Expr expr) {
        this.expr = expr;
        this.steps = expr.instructions().toArray(Instruction[]::new);
        this.values = new long[steps.length];
    }

    /**
     * Evaluates all instructions.
     *
     * @param folded what {@link dev.ashlar.spi.ScalarOp#RESULT} stands for
     */
    void evaluate(Points points, long folded) {
        for (int i = 0; i < steps.length; i++) {
            Instruction step = steps[i];
            values[i] = switch (step.op()) {
                case INPUT -> Native.load(step.type(), points.address((int) step.immediate()));
                case CONST -> Conversions.decode(step.type(), step.immediate());
                case PARAM -> Conversions.decode(step.type(), points.param((int) step.immediate()));
                case AXIS_INDEX -> points.coordinate((int) step.immediate());
                case RESULT -> folded;
                case CAST -> Conversions.cast(steps[step.a()].type(), step.type(), values[step.a()]);
                case BITCAST -> Conversions.bitcast(step.type(), values[step.a()]);
                case SELECT -> values[step.a()] != 0 ? values[step.b()] : values[step.c()];
                default -> ScalarMath.apply(step.op(), steps[step.a()].type(), values[step.a()], operand(step.b()), operand(step.c()));
            };
        }
    }

    /** Returns the value of result {@code index} at the point last evaluated. */
    long result(int index) {
        return values[expr.results().get(index)];
    }

    private long operand(int index) {
        return index < 0 ? 0 : values[index];
    }
}
