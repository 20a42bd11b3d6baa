// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.minimal;

import dev.ashlar.spi.Expr;
import dev.ashlar.spi.Instruction;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.type.DType;
import java.util.List;

/**
 * Step 4: one expression at one point. A value of any type is a {@code long} in the encoding of {@link KernelArgs#encode}: the raw bits
 * of a double for floating types (already rounded to the type), the number itself for integers, 0 or 1 for bool.
 */
final class Interpreter {
    private final Expr expr;
    private final Launch launch;
    private final long[] values;

    Interpreter(Expr expr, Launch launch) {
        this.expr = expr;
        this.launch = launch;
        this.values = new long[expr.instructions().size()];
    }

    /**
     * Walks the list once.
     *
     * @param at coordinate in the iteration space
     * @param result what {@code RESULT} stands for; 0 in an expression that has none
     */
    void run(long[] at, long result) {
        List<Instruction> steps = expr.instructions();
        for (int i = 0; i < values.length; i++) {
            values[i] = evaluate(steps.get(i), at, result);
        }
    }

    /** Returns the value of output {@code index} after {@link #run}. */
    long output(int index) {
        return values[expr.results().get(index)];
    }

    private long evaluate(Instruction step, long[] at, long result) {
        DType type = step.type();
        int number = (int) step.immediate();
        return switch (step.op()) {
            case INPUT -> launch.load(number, launch.element(number, at));
            case CONST -> Scalars.cast(wide(type), step.immediate(), type);
            case PARAM -> Scalars.cast(wide(type), launch.args().params()[number], type);
            case AXIS_INDEX -> at[number];
            case RESULT -> result;
            case CAST -> Scalars.cast(type(step.a()), values[step.a()], type);
            case BITCAST -> Elements.fromBits(type, Elements.toBits(type(step.a()), values[step.a()]));
            case SELECT -> values[step.a()] != 0 ? values[step.b()] : values[step.c()];
            case FMA -> Scalars.fma(type, values[step.a()], values[step.b()], values[step.c()]);
            default -> step.op().operands() == 1
                    ? Scalars.unary(step.op(), type, values[step.a()])
                    : Scalars.binary(step.op(), type(step.a()), values[step.a()], values[step.b()]);
        };
    }

    private DType type(int index) {
        return expr.instructions().get(index).type();
    }

    /** Literals and run-time scalars arrive in the widest type of their sort and are rounded on the device. */
    private static DType wide(DType type) {
        return type.isFloatingPoint() ? DType.FLOAT64 : DType.INT64;
    }
}
