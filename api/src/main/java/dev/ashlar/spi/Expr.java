// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.spi;

import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A small scalar program without branches: each instruction reads earlier ones by index, so a backend evaluates it by walking
 * the list once. Shared subexpressions occur once.
 *
 * @param instructions in evaluation order
 * @param results for each output the index of the instruction that is its value
 */
public record Expr(List<Instruction> instructions, List<Integer> results) {
    public Expr {
        instructions = List.copyOf(instructions);
        results = List.copyOf(results);
        for (int i = 0; i < instructions.size(); i++) {
            Instruction step = instructions.get(i);
            int operands = step.op().operands();
            check(i, step.a(), operands > 0);
            check(i, step.b(), operands > 1);
            check(i, step.c(), operands > 2);
        }
        for (int result : results) {
            if (result < 0 || result >= instructions.size()) {
                throw new IllegalArgumentException("result " + result + " is not an instruction");
            }
        }
    }

    private static void check(int at, int operand, boolean expected) {
        if (expected ? operand < 0 || operand >= at : operand != -1) {
            throw new IllegalArgumentException("instruction " + at + " has operand " + operand);
        }
    }

    /** Returns the type of output {@code index}. */
    public DType resultType(int index) {
        return instructions.get(results.get(index)).type();
    }

    /** Returns how many instructions compute something, leaves apart. */
    public int operations() {
        return (int) instructions.stream().filter(step -> step.op().operands() > 0).count();
    }

    /** Returns the expression that just loads input 0. */
    public static Expr identity(DType type) {
        Builder builder = new Builder();
        return builder.build(builder.input(0, type));
    }

    /** Returns the expression that just passes on {@link ScalarOp#RESULT}, cast to {@code output} if that differs. */
    public static Expr result(DType accumulator, DType output) {
        Builder builder = new Builder();
        int value = builder.add(new Instruction(ScalarOp.RESULT, accumulator, -1, -1, -1, 0));
        return builder.build(builder.cast(value, output));
    }

    /** Collects instructions; an instruction that is already there is not added twice. Not thread-safe. */
    public static final class Builder {
        private final List<Instruction> instructions = new ArrayList<>();
        private final Map<Instruction, Integer> known = new HashMap<>();

        /** Starts without instructions. */
        public Builder() {
        }

        public int add(Instruction instruction) {
            Integer index = known.putIfAbsent(instruction, instructions.size());
            if (index != null) {
                return index;
            }
            instructions.add(instruction);
            return instructions.size() - 1;
        }

        public int input(int number, DType type) {
            return add(new Instruction(ScalarOp.INPUT, type, -1, -1, -1, number));
        }

        public int param(int number, DType type) {
            return add(new Instruction(ScalarOp.PARAM, type, -1, -1, -1, number));
        }

        public int axisIndex(int axis) {
            return add(new Instruction(ScalarOp.AXIS_INDEX, DType.INT64, -1, -1, -1, axis));
        }

        public int result(DType accumulator) {
            return add(new Instruction(ScalarOp.RESULT, accumulator, -1, -1, -1, 0));
        }

        public int constant(DType type, double value) {
            return add(new Instruction(ScalarOp.CONST, type, -1, -1, -1, KernelArgs.encode(type, value)));
        }

        public int constant(DType type, long value) {
            return add(new Instruction(ScalarOp.CONST, type, -1, -1, -1, KernelArgs.encode(type, value)));
        }

        public int unary(ScalarOp op, int a) {
            return add(new Instruction(op, type(a), a, -1, -1, 0));
        }

        /** Adds a binary operation; comparisons get type bool, the others the type of {@code a}. */
        public int binary(ScalarOp op, int a, int b) {
            DType type = op == ScalarOp.LT || op == ScalarOp.EQ ? DType.BOOL : type(a);
            return add(new Instruction(op, type, a, b, -1, 0));
        }

        public int select(int condition, int yes, int no) {
            return add(new Instruction(ScalarOp.SELECT, type(yes), condition, yes, no, 0));
        }

        public int fma(int a, int b, int c) {
            return add(new Instruction(ScalarOp.FMA, type(a), a, b, c, 0));
        }

        /** Adds a cast unless the value has that type already. */
        public int cast(int a, DType type) {
            return type(a) == type ? a : add(new Instruction(ScalarOp.CAST, type, a, -1, -1, 0));
        }

        public DType type(int index) {
            return instructions.get(index).type();
        }

        public int size() {
            return instructions.size();
        }

        public Expr build(int... results) {
            List<Integer> list = new ArrayList<>();
            for (int result : results) {
                list.add(result);
            }
            return new Expr(instructions, list);
        }
    }
}
