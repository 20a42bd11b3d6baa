// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.vector;

import dev.ashlar.spi.Instruction;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;

/** Chooses the loop for an instruction that computes something. */
final class Steps {
    private final Lanes lanes;

    Steps(Lanes lanes) {
        this.lanes = lanes;
    }

    /**
     * Returns the step for an instruction.
     *
     * @param operand the type of the first operand (of a select: of the second)
     * @param a register of the first operand, and so on
     * @param r register of the result
     */
    Step step(Instruction instruction, DType operand, int a, int b, int c, int r) {
        ScalarOp op = instruction.op();
        if (op == ScalarOp.CAST) {
            return Casts.cast(operand, instruction.type(), a, r);
        }
        if (op == ScalarOp.BITCAST) {
            return Casts.bitcast(operand, instruction.type(), a, r);
        }
        return switch (Kind.of(operand)) {
            case FLOAT -> floatStep(op, a, b, c, r);
            case DOUBLE -> doubleStep(op, a, b, c, r);
            case LONG -> longStep(op, a, b, c, r);
            case INT -> operand == DType.BOOL ? boolStep(op, a, b, c, r) : intStep(op, a, b, c, r);
        };
    }

    private Step floatStep(ScalarOp op, int a, int b, int c, int r) {
        return switch (op) {
            case ADD -> binary(FloatLoops::add, a, b, r, true);
            case SUB -> binary(FloatLoops::sub, a, b, r, true);
            case MUL -> binary(FloatLoops::mul, a, b, r, true);
            case DIV -> binary(FloatLoops::div, a, b, r, true);
            case REM -> binary(FloatLoops::rem, a, b, r, false);
            case POW -> binary(FloatLoops::pow, a, b, r, false);
            case MAX -> binary(FloatLoops::max, a, b, r, true);
            case MIN -> binary(FloatLoops::min, a, b, r, true);
            case NEG -> unary(FloatLoops::neg, a, r);
            case ABS -> unary(FloatLoops::abs, a, r);
            case SQRT -> unary(FloatLoops::sqrt, a, r);
            case FLOOR -> unary(FloatLoops::floor, a, r);
            case LT -> compare(lanes::less, a, b, r);
            case EQ -> compare(lanes::equal, a, b, r);
            case SELECT -> new Step() {
                @Override
                void run(Frame frame, int n) {
                    lanes.select(frame.ints[a], frame.floats[b], frame.floats[c], frame.floats[r], Frame.padded(n));
                }
            };
            case FMA -> new Step() {
                @Override
                void run(Frame frame, int n) {
                    FloatLoops.fma(frame.floats[a], frame.floats[b], frame.floats[c], frame.floats[r], Frame.padded(n));
                }
            };
            default -> {
                Lanes.FloatUnary function = lanes.function(op);
                if (function == null) {
                    throw undefined(op);
                }
                yield unary(function, a, r);
            }
        };
    }

    private static Step doubleStep(ScalarOp op, int a, int b, int c, int r) {
        return switch (op) {
            case ADD -> doubles(DoubleLoops::add, a, b, r);
            case SUB -> doubles(DoubleLoops::sub, a, b, r);
            case MUL -> doubles(DoubleLoops::mul, a, b, r);
            case DIV -> doubles(DoubleLoops::div, a, b, r);
            case REM -> doubles(DoubleLoops::rem, a, b, r);
            case POW -> doubles(DoubleLoops::pow, a, b, r);
            case MAX -> doubles(DoubleLoops::max, a, b, r);
            case MIN -> doubles(DoubleLoops::min, a, b, r);
            case NEG -> doubles(DoubleLoops::neg, a, r);
            case ABS -> doubles(DoubleLoops::abs, a, r);
            case SQRT -> doubles(DoubleLoops::sqrt, a, r);
            case FLOOR -> doubles(DoubleLoops::floor, a, r);
            case EXP -> doubles(DoubleLoops::exp, a, r);
            case EXPM1 -> doubles(DoubleLoops::expm1, a, r);
            case LOG -> doubles(DoubleLoops::log, a, r);
            case LOG1P -> doubles(DoubleLoops::log1p, a, r);
            case SIN -> doubles(DoubleLoops::sin, a, r);
            case COS -> doubles(DoubleLoops::cos, a, r);
            case TANH -> doubles(DoubleLoops::tanh, a, r);
            case ATAN -> doubles(DoubleLoops::atan, a, r);
            case ERF -> doubles(DoubleLoops::erf, a, r);
            case LT -> new Step() {
                @Override
                void run(Frame frame, int n) {
                    DoubleLoops.less(frame.doubles[a], frame.doubles[b], frame.ints[r], n);
                }
            };
            case EQ -> new Step() {
                @Override
                void run(Frame frame, int n) {
                    DoubleLoops.equal(frame.doubles[a], frame.doubles[b], frame.ints[r], n);
                }
            };
            case SELECT -> new Step() {
                @Override
                void run(Frame frame, int n) {
                    DoubleLoops.select(frame.ints[a], frame.doubles[b], frame.doubles[c], frame.doubles[r], n);
                }
            };
            case FMA -> new Step() {
                @Override
                void run(Frame frame, int n) {
                    DoubleLoops.fma(frame.doubles[a], frame.doubles[b], frame.doubles[c], frame.doubles[r], n);
                }
            };
            default -> throw undefined(op);
        };
    }

    private static Step longStep(ScalarOp op, int a, int b, int c, int r) {
        return switch (op) {
            case ADD -> longs(LongLoops::add, a, b, r);
            case SUB -> longs(LongLoops::sub, a, b, r);
            case MUL -> longs(LongLoops::mul, a, b, r);
            case DIV -> longs(LongLoops::div, a, b, r);
            case REM -> longs(LongLoops::rem, a, b, r);
            case MAX -> longs(LongLoops::max, a, b, r);
            case MIN -> longs(LongLoops::min, a, b, r);
            case AND -> longs(LongLoops::and, a, b, r);
            case OR -> longs(LongLoops::or, a, b, r);
            case XOR -> longs(LongLoops::xor, a, b, r);
            case SHL -> longs(LongLoops::shl, a, b, r);
            case SHR -> longs(LongLoops::shr, a, b, r);
            case NEG -> new Step() {
                @Override
                void run(Frame frame, int n) {
                    LongLoops.neg(frame.longs[a], frame.longs[r], n);
                }
            };
            case ABS -> new Step() {
                @Override
                void run(Frame frame, int n) {
                    LongLoops.abs(frame.longs[a], frame.longs[r], n);
                }
            };
            case LT -> new Step() {
                @Override
                void run(Frame frame, int n) {
                    LongLoops.less(frame.longs[a], frame.longs[b], frame.ints[r], n);
                }
            };
            case EQ -> new Step() {
                @Override
                void run(Frame frame, int n) {
                    LongLoops.equal(frame.longs[a], frame.longs[b], frame.ints[r], n);
                }
            };
            case SELECT -> new Step() {
                @Override
                void run(Frame frame, int n) {
                    LongLoops.select(frame.ints[a], frame.longs[b], frame.longs[c], frame.longs[r], n);
                }
            };
            default -> throw undefined(op);
        };
    }

    private static Step intStep(ScalarOp op, int a, int b, int c, int r) {
        return switch (op) {
            case ADD -> ints(IntLoops::add, a, b, r);
            case SUB -> ints(IntLoops::sub, a, b, r);
            case MUL -> ints(IntLoops::mul, a, b, r);
            case DIV -> ints(IntLoops::div, a, b, r);
            case REM -> ints(IntLoops::rem, a, b, r);
            case MAX -> ints(IntLoops::max, a, b, r);
            case MIN -> ints(IntLoops::min, a, b, r);
            case AND -> ints(IntLoops::and, a, b, r);
            case OR -> ints(IntLoops::or, a, b, r);
            case XOR -> ints(IntLoops::xor, a, b, r);
            case SHL -> ints(IntLoops::shl, a, b, r);
            case SHR -> ints(IntLoops::shr, a, b, r);
            case LT -> ints(IntLoops::less, a, b, r);
            case EQ -> ints(IntLoops::equal, a, b, r);
            case NEG -> new Step() {
                @Override
                void run(Frame frame, int n) {
                    IntLoops.neg(frame.ints[a], frame.ints[r], n);
                }
            };
            case ABS -> new Step() {
                @Override
                void run(Frame frame, int n) {
                    IntLoops.abs(frame.ints[a], frame.ints[r], n);
                }
            };
            case SELECT -> selectInts(a, b, c, r);
            default -> throw undefined(op);
        };
    }

    private static Step boolStep(ScalarOp op, int a, int b, int c, int r) {
        return switch (op) {
            case ADD, MAX, OR -> ints(IntLoops::or, a, b, r);
            case MUL, MIN, AND -> ints(IntLoops::and, a, b, r);
            case XOR -> ints(IntLoops::xor, a, b, r);
            case LT -> ints(IntLoops::less, a, b, r);
            case EQ -> ints(IntLoops::equal, a, b, r);
            case SELECT -> selectInts(a, b, c, r);
            default -> throw undefined(op);
        };
    }

    private static IllegalArgumentException undefined(ScalarOp op) {
        return new IllegalArgumentException(op + " is not defined on this type");
    }

    @FunctionalInterface
    private interface FloatBinary {
        void apply(float[] a, float[] b, float[] r, int n);
    }

    @FunctionalInterface
    private interface FloatCompare {
        void apply(float[] a, float[] b, int[] r, int n);
    }

    @FunctionalInterface
    private interface DoubleBinary {
        void apply(double[] a, double[] b, double[] r, int n);
    }

    @FunctionalInterface
    private interface DoubleUnary {
        void apply(double[] a, double[] r, int n);
    }

    @FunctionalInterface
    private interface LongBinary {
        void apply(long[] a, long[] b, long[] r, int n);
    }

    @FunctionalInterface
    private interface IntBinary {
        void apply(int[] a, int[] b, int[] r, int n);
    }

    // Slow loops get the exact count: what lies behind the block is not worth computing on.
    private static Step binary(FloatBinary loop, int a, int b, int r, boolean pad) {
        return new Step() {
            @Override
            void run(Frame frame, int n) {
                loop.apply(frame.floats[a], frame.floats[b], frame.floats[r], pad ? Frame.padded(n) : n);
            }
        };
    }

    private static Step compare(FloatCompare loop, int a, int b, int r) {
        return new Step() {
            @Override
            void run(Frame frame, int n) {
                loop.apply(frame.floats[a], frame.floats[b], frame.ints[r], Frame.padded(n));
            }
        };
    }

    private static Step unary(Lanes.FloatUnary loop, int a, int r) {
        return new Step() {
            @Override
            void run(Frame frame, int n) {
                loop.apply(frame.floats[a], frame.floats[r], Frame.padded(n));
            }
        };
    }

    private static Step doubles(DoubleBinary loop, int a, int b, int r) {
        return new Step() {
            @Override
            void run(Frame frame, int n) {
                loop.apply(frame.doubles[a], frame.doubles[b], frame.doubles[r], n);
            }
        };
    }

    private static Step doubles(DoubleUnary loop, int a, int r) {
        return new Step() {
            @Override
            void run(Frame frame, int n) {
                loop.apply(frame.doubles[a], frame.doubles[r], n);
            }
        };
    }

    private static Step longs(LongBinary loop, int a, int b, int r) {
        return new Step() {
            @Override
            void run(Frame frame, int n) {
                loop.apply(frame.longs[a], frame.longs[b], frame.longs[r], n);
            }
        };
    }

    private static Step ints(IntBinary loop, int a, int b, int r) {
        return new Step() {
            @Override
            void run(Frame frame, int n) {
                loop.apply(frame.ints[a], frame.ints[b], frame.ints[r], n);
            }
        };
    }

    private static Step selectInts(int a, int b, int c, int r) {
        return new Step() {
            @Override
            void run(Frame frame, int n) {
                IntLoops.select(frame.ints[a], frame.ints[b], frame.ints[c], frame.ints[r], n);
            }
        };
    }
}
