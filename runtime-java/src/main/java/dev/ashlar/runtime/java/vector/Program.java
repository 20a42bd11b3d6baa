// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.vector;

import dev.ashlar.runtime.java.device.Conversions;
import dev.ashlar.spi.Expr;
import dev.ashlar.spi.Instruction;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An expression as a list of loops over registers. Registers are shared by values whose lifetimes do not meet; loads come first for
 * every block and stores last, so that an output may be an input's own memory. Immutable; its operands are numbered for a
 * {@link Space}: inputs that are read, outputs, coordinates.
 */
final class Program {
    private final Step[] once;
    private final Step[] steps;
    private final int[] bindings;
    private final int[] axes;
    private final int[] registers;
    private final Kind resultKind;
    private final int resultRegister;
    private final int operations;

    private Program(
            List<Step> once, List<Step> steps, int[] bindings, int[] axes, int[] registers, Kind kind, int result, int operations) {
        this.once = once.toArray(Step[]::new);
        this.steps = steps.toArray(Step[]::new);
        this.bindings = bindings;
        this.axes = axes;
        this.registers = registers;
        this.resultKind = kind;
        this.resultRegister = result;
        this.operations = operations;
    }

    /**
     * Compiles an expression.
     *
     * @param outputs bindings that its results are stored to, one per result; none if the caller takes the result from its register
     */
    static Program compile(Expr expr, Lanes lanes, int[] outputs) {
        return new Compiler(expr, lanes, outputs).compile();
    }

    /** Returns a space with this program's operands. */
    Space space(int rank) {
        return new Space(bindings, axes, rank);
    }

    int registers(Kind kind) {
        return registers[kind.ordinal()];
    }

    /** Returns the register of the first result. */
    int resultRegister() {
        return resultRegister;
    }

    Kind resultKind() {
        return resultKind;
    }

    /** Returns the number of the operand that stands for the first output. */
    int outputOperand() {
        return bindings.length - 1;
    }

    /** Returns how many loops one block takes. */
    int operations() {
        return operations;
    }

    /** Readies a frame for blocks of at most {@code n} elements: registers exist, constants and parameters are in theirs. */
    void prepare(Frame frame, long[] params, int n) {
        frame.reserve(this);
        frame.params = params;
        for (Step step : once) {
            step.run(frame, n);
        }
    }

    /** Computes {@code n} points of a space from row-major number {@code point} on; {@link #prepare} came before. */
    void run(Frame frame, Space space, long point, int n) {
        frame.seek(space, point);
        for (Step step : steps) {
            step.run(frame, n);
        }
    }

    private static final class Compiler {
        private final Expr expr;
        private final Lanes lanes;
        private final int[] outputs;
        private final List<Instruction> code;
        private final int[] lastUse;
        private final int[] register;
        private final Map<Kind, List<Integer>> free = new EnumMap<>(Kind.class);
        private final int[] registers = new int[Kind.values().length];
        private final List<Step> once = new ArrayList<>();
        private final List<Step> steps = new ArrayList<>();

        Compiler(Expr expr, Lanes lanes, int[] outputs) {
            this.expr = expr;
            this.lanes = lanes;
            this.outputs = outputs;
            this.code = expr.instructions();
            this.lastUse = new int[code.size()];
            this.register = new int[code.size()];
            for (Kind kind : Kind.values()) {
                free.put(kind, new ArrayList<>());
            }
        }

        Program compile() {
            TreeMap<Integer, Integer> inputs = new TreeMap<>();
            TreeMap<Integer, Integer> axes = new TreeMap<>();
            findUses(inputs, axes);
            // Loads at first use keep registers few; they all precede the stores, which come last.
            Steps factory = new Steps(lanes);
            for (int i = 0; i < code.size(); i++) {
                if (lastUse[i] < 0) {
                    continue;
                }
                Instruction step = code.get(i);
                if (isUniform(step)) {
                    register[i] = registers[Kind.of(step.type()).ordinal()]++;
                    once.add(uniform(step, register[i]));
                    continue;
                }
                release(i, step);
                register[i] = take(Kind.of(step.type()));
                steps.add(
                        switch (step.op()) {
                            case INPUT -> Loads.load(step.type(), inputs.get((int) step.immediate()), register[i]);
                            case AXIS_INDEX -> Loads.coordinates(
                                    inputs.size() + outputs.length + axes.get((int) step.immediate()), register[i]);
                            case RESULT -> result(Kind.of(step.type()), register[i]);
                            default -> {
                                DType operand = code.get(step.op() == ScalarOp.SELECT ? step.b() : step.a()).type();
                                yield factory.step(step, operand, at(step.a()), at(step.b()), at(step.c()), register[i]);
                            }
                        });
            }
            for (int i = 0; i < outputs.length; i++) {
                int from = expr.results().get(i);
                steps.add(Stores.store(code.get(from).type(), inputs.size() + i, register[from]));
            }
            int[] bindings = Arrays.copyOf(
                    inputs.keySet().stream().mapToInt(Integer::intValue).toArray(), inputs.size() + outputs.length);
            System.arraycopy(outputs, 0, bindings, inputs.size(), outputs.length);
            int[] coordinates = axes.keySet().stream().mapToInt(Integer::intValue).toArray();
            int first = expr.results().getFirst();
            Kind kind = Kind.of(code.get(first).type());
            return new Program(once, steps, bindings, coordinates, registers, kind, register[first], steps.size());
        }

        // lastUse: -1 for what nobody reads, code.size() for results.
        private void findUses(TreeMap<Integer, Integer> inputs, TreeMap<Integer, Integer> axes) {
            Arrays.fill(lastUse, -1);
            expr.results().forEach(result -> lastUse[result] = code.size());
            for (int i = code.size() - 1; i >= 0; i--) {
                if (lastUse[i] < 0) {
                    continue;
                }
                Instruction step = code.get(i);
                for (int operand : new int[] {step.a(), step.b(), step.c()}) {
                    if (operand >= 0) {
                        lastUse[operand] = Math.max(lastUse[operand], i);
                    }
                }
                if (step.op() == ScalarOp.INPUT) {
                    inputs.put((int) step.immediate(), 0);
                } else if (step.op() == ScalarOp.AXIS_INDEX) {
                    axes.put((int) step.immediate(), 0);
                }
            }
            int[] next = new int[2];
            inputs.replaceAll((binding, unused) -> next[0]++);
            axes.replaceAll((axis, unused) -> next[1]++);
        }

        private int at(int instruction) {
            return instruction < 0 ? -1 : register[instruction];
        }

        private static boolean isUniform(Instruction step) {
            return step.op() == ScalarOp.CONST || step.op() == ScalarOp.PARAM;
        }

        // Registers of operands that are read for the last time; loops read an element before they write it, so re-use at once is fine.
        private void release(int at, Instruction step) {
            int[] operands = {step.a(), step.b(), step.c()};
            for (int i = 0; i < 3; i++) {
                int operand = operands[i];
                boolean seen = i > 0 && operand == operands[0] || i > 1 && operand == operands[1];
                if (operand >= 0 && !seen && lastUse[operand] == at && !isUniform(code.get(operand))) {
                    free.get(Kind.of(code.get(operand).type())).add(register[operand]);
                }
            }
        }

        private int take(Kind kind) {
            List<Integer> available = free.get(kind);
            return available.isEmpty() ? registers[kind.ordinal()]++ : available.removeLast();
        }

        private static Step result(Kind kind, int register) {
            return new Step() {
                @Override
                void run(Frame frame, int n) {
                    switch (kind) {
                        case FLOAT -> System.arraycopy(frame.foldedFloats, 0, frame.floats[register], 0, n);
                        case DOUBLE -> System.arraycopy(frame.foldedDoubles, 0, frame.doubles[register], 0, n);
                        case LONG -> System.arraycopy(frame.foldedLongs, 0, frame.longs[register], 0, n);
                        case INT -> System.arraycopy(frame.foldedInts, 0, frame.ints[register], 0, n);
                    }
                }
            };
        }

        private static Step uniform(Instruction step, int register) {
            DType type = step.type();
            boolean constant = step.op() == ScalarOp.CONST;
            long literal = constant ? Conversions.decode(type, step.immediate()) : 0;
            return new Step() {
                @Override
                void run(Frame frame, int n) {
                    long bits = constant ? literal : Conversions.decode(type, frame.params[(int) step.immediate()]);
                    int to = Frame.padded(n);
                    switch (Kind.of(type)) {
                        case FLOAT -> Arrays.fill(frame.floats[register], 0, to, Float.intBitsToFloat((int) bits));
                        case DOUBLE -> Arrays.fill(frame.doubles[register], 0, to, Double.longBitsToDouble(bits));
                        case LONG -> Arrays.fill(frame.longs[register], 0, to, bits);
                        case INT -> Arrays.fill(frame.ints[register], 0, to, (int) bits);
                    }
                }
            };
        }
    }
}
