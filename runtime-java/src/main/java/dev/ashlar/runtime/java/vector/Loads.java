// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.vector;

import dev.ashlar.runtime.java.device.Native;
import dev.ashlar.type.DType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Steps that fill a register from memory, one class per element width. */
final class Loads {
    /** Below it a loop over the segment beats the fixed cost of a bulk copy. */
    private static final int SHORT = 8;

    private Loads() {}

    /** Returns the step that loads an operand of a storage type into a register. */
    static Step load(DType type, int operand, int register) {
        return switch (type) {
            case FLOAT32 -> new Floats(operand, register);
            case FLOAT64 -> new Doubles(operand, register);
            case INT64 -> new Longs(operand, register);
            case INT32 -> new Ints(operand, register);
            case INT16, FLOAT16, BFLOAT16 -> new Shorts(operand, register);
            case INT8, BOOL -> new Bytes(operand, register, -1);
            case UINT8 -> new Bytes(operand, register, 0xFF);
        };
    }

    /** Returns the step that fills a register with the coordinates along an axis, which is operand {@code operand}. */
    static Step coordinates(int operand, int register) {
        return new Coordinates(operand, register);
    }

    private static final class Floats extends Walk {
        private final int register;

        Floats(int operand, int register) {
            super(operand, 4);
            this.register = register;
        }

        @Override
        void piece(Frame frame, int at, long address, long step, int n) {
            float[] r = frame.floats[register];
            if (step == 4 && n >= SHORT) {
                MemorySegment.copy(Native.ALL, Native.F32, address, r, at, n);
            } else if (step == 0) {
                Arrays.fill(r, at, at + n, Native.ALL.get(Native.F32, address));
            } else {
                for (int i = 0; i < n; i++) {
                    r[at + i] = Native.ALL.get(Native.F32, address + i * step);
                }
            }
        }

        @Override
        void rows(Frame frame, int at, long address, long pitch, int rows, long step, int width) {
            float[] r = frame.floats[register];
            int to = at;
            for (int row = 0; row < rows; row++) {
                long from = address + row * pitch;
                if (step == 0) {
                    float value = Native.ALL.get(Native.F32, from);
                    for (int i = 0; i < width; i++) {
                        r[to++] = value;
                    }
                } else {
                    for (int i = 0; i < width; i++) {
                        r[to++] = Native.ALL.get(Native.F32, from + i * step);
                    }
                }
            }
        }

        @Override
        boolean repeat(Frame frame, int period, int n) {
            float[] r = frame.floats[register];
            for (int have = period; have < n; have *= 2) {
                System.arraycopy(r, 0, r, have, Math.min(have, n - have));
            }
            return true;
        }
    }

    private static final class Doubles extends Walk {
        private final int register;

        Doubles(int operand, int register) {
            super(operand, 8);
            this.register = register;
        }

        @Override
        void piece(Frame frame, int at, long address, long step, int n) {
            double[] r = frame.doubles[register];
            if (step == 8 && n >= SHORT) {
                MemorySegment.copy(Native.ALL, Native.F64, address, r, at, n);
            } else if (step == 0) {
                Arrays.fill(r, at, at + n, Native.ALL.get(Native.F64, address));
            } else {
                for (int i = 0; i < n; i++) {
                    r[at + i] = Native.ALL.get(Native.F64, address + i * step);
                }
            }
        }
    }

    private static final class Longs extends Walk {
        private final int register;

        Longs(int operand, int register) {
            super(operand, 8);
            this.register = register;
        }

        @Override
        void piece(Frame frame, int at, long address, long step, int n) {
            long[] r = frame.longs[register];
            if (step == 8 && n >= SHORT) {
                MemorySegment.copy(Native.ALL, Native.I64, address, r, at, n);
            } else if (step == 0) {
                Arrays.fill(r, at, at + n, Native.ALL.get(Native.I64, address));
            } else {
                for (int i = 0; i < n; i++) {
                    r[at + i] = Native.ALL.get(Native.I64, address + i * step);
                }
            }
        }
    }

    private static final class Ints extends Walk {
        private final int register;

        Ints(int operand, int register) {
            super(operand, 4);
            this.register = register;
        }

        @Override
        void piece(Frame frame, int at, long address, long step, int n) {
            int[] r = frame.ints[register];
            if (step == 4 && n >= SHORT) {
                MemorySegment.copy(Native.ALL, Native.I32, address, r, at, n);
            } else if (step == 0) {
                Arrays.fill(r, at, at + n, Native.ALL.get(Native.I32, address));
            } else {
                for (int i = 0; i < n; i++) {
                    r[at + i] = Native.ALL.get(Native.I32, address + i * step);
                }
            }
        }
    }

    private static final class Shorts extends Walk {
        private final int register;

        Shorts(int operand, int register) {
            super(operand, 2);
            this.register = register;
        }

        @Override
        void piece(Frame frame, int at, long address, long step, int n) {
            int[] r = frame.ints[register];
            for (int i = 0; i < n; i++) {
                r[at + i] = Native.ALL.get(Native.I16, address + i * step);
            }
        }
    }

    private static final class Bytes extends Walk {
        private final int register;
        private final int mask;

        Bytes(int operand, int register, int mask) {
            super(operand, 1);
            this.register = register;
            this.mask = mask;
        }

        @Override
        void piece(Frame frame, int at, long address, long step, int n) {
            int[] r = frame.ints[register];
            for (int i = 0; i < n; i++) {
                r[at + i] = Native.ALL.get(Native.I8, address + i * step) & mask;
            }
        }
    }

    private static final class Coordinates extends Walk {
        private final int register;

        Coordinates(int operand, int register) {
            super(operand, 1);
            this.register = register;
        }

        @Override
        void piece(Frame frame, int at, long address, long step, int n) {
            long[] r = frame.longs[register];
            for (int i = 0; i < n; i++) {
                r[at + i] = address + i * step;
            }
        }
    }
}
