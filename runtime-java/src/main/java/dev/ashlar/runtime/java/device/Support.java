// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.device;

import dev.ashlar.spi.Expr;
import dev.ashlar.spi.Instruction;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import dev.ashlar.type.UnsupportedKernelException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides, once for both paths, which expressions are compiled, so that neither finds out in the middle of a launch. */
public final class Support {
    private Support() {}

    /**
     * Checks an expression.
     *
     * @param inputs storage types of the kernel's inputs
     * @param params run-time scalars of the kernel
     * @param rank iteration axes of the kernel
     * @param result the type of {@link ScalarOp#RESULT}, null where the expression may not read it
     * @throws UnsupportedKernelException if an instruction has no defined meaning
     */
    public static void check(Expr expr, List<DType> inputs, int params, int rank, @Nullable DType result) {
        for (Instruction step : expr.instructions()) {
            boolean good =
                    switch (step.op()) {
                        case INPUT -> step.immediate() < inputs.size() && inputs.get((int) step.immediate()) == step.type();
                        case PARAM -> step.immediate() < params;
                        case AXIS_INDEX -> step.immediate() < rank && step.type() == DType.INT64;
                        case RESULT -> step.type() == result;
                        case CONST, CAST -> true;
                        case BITCAST -> step.type().bytes() == operand(expr, step.a()).bytes();
                        case SELECT -> operand(expr, step.a()) == DType.BOOL
                                && operand(expr, step.b()) == step.type()
                                && operand(expr, step.c()) == step.type();
                        case LT, EQ -> step.type() == DType.BOOL
                                && operand(expr, step.a()) == operand(expr, step.b())
                                && defined(step.op(), operand(expr, step.a()));
                        default -> operand(expr, step.a()) == step.type()
                                && (step.b() < 0 || operand(expr, step.b()) == step.type())
                                && (step.c() < 0 || operand(expr, step.c()) == step.type())
                                && defined(step.op(), step.type());
                    };
            if (!good) {
                throw new UnsupportedKernelException("[java] expected an instruction that the contract defines, got " + step
                        + "; cast the operands to an arithmetic type first");
            }
        }
    }

    /** Returns the numbers of the inputs that an expression reads. */
    public static Set<Integer> inputsOf(Expr expr) {
        Set<Integer> inputs = new HashSet<>();
        for (Instruction step : expr.instructions()) {
            if (step.op() == ScalarOp.INPUT) {
                inputs.add((int) step.immediate());
            }
        }
        return inputs;
    }

    private static DType operand(Expr expr, int index) {
        return expr.instructions().get(index).type();
    }

    private static boolean defined(ScalarOp op, DType type) {
        return switch (type) {
            case FLOAT64, FLOAT32 ->
                switch (op) {
                    case AND, OR, XOR, SHL, SHR -> false;
                    default -> true;
                };
            case INT64, INT32 ->
                switch (op) {
                    case NEG, ABS, ADD, SUB, MUL, DIV, REM, MAX, MIN, LT, EQ, AND, OR, XOR, SHL, SHR -> true;
                    default -> false;
                };
            case BOOL ->
                switch (op) {
                    case ADD, MUL, MAX, MIN, LT, EQ, AND, OR, XOR -> true;
                    default -> false;
                };
            default -> false;
        };
    }
}
