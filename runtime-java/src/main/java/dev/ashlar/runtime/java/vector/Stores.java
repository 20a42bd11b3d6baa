// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.vector;

import dev.ashlar.runtime.java.device.Native;
import dev.ashlar.type.DType;
import java.lang.foreign.MemorySegment;

/** Steps that write a register to memory, one class per element width. */
final class Stores {
    private static final int SHORT = 8;

    private Stores() {}

    /** Returns the step that stores a register into an operand of a storage type. */
    static Step store(DType type, int operand, int register) {
        return switch (type) {
            case FLOAT32 -> new Floats(operand, register);
            case FLOAT64 -> new Doubles(operand, register);
            case INT64 -> new Longs(operand, register);
            case INT32 -> new Ints(operand, register);
            case INT16, FLOAT16, BFLOAT16 -> new Shorts(operand, register);
            case INT8, UINT8, BOOL -> new Bytes(operand, register);
        };
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
                MemorySegment.copy(r, at, Native.ALL, Native.F32, address, n);
            } else {
                for (int i = 0; i < n; i++) {
                    Native.ALL.set(Native.F32, address + i * step, r[at + i]);
                }
            }
        }

        @Override
        void rows(Frame frame, int at, long address, long pitch, int rows, long step, int width) {
            float[] r = frame.floats[register];
            int from = at;
            for (int row = 0; row < rows; row++) {
                long to = address + row * pitch;
                for (int i = 0; i < width; i++) {
                    Native.ALL.set(Native.F32, to + i * step, r[from++]);
                }
            }
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
                MemorySegment.copy(r, at, Native.ALL, Native.F64, address, n);
            } else {
                for (int i = 0; i < n; i++) {
                    Native.ALL.set(Native.F64, address + i * step, r[at + i]);
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
                MemorySegment.copy(r, at, Native.ALL, Native.I64, address, n);
            } else {
                for (int i = 0; i < n; i++) {
                    Native.ALL.set(Native.I64, address + i * step, r[at + i]);
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
                MemorySegment.copy(r, at, Native.ALL, Native.I32, address, n);
            } else {
                for (int i = 0; i < n; i++) {
                    Native.ALL.set(Native.I32, address + i * step, r[at + i]);
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
                Native.ALL.set(Native.I16, address + i * step, (short) r[at + i]);
            }
        }
    }

    private static final class Bytes extends Walk {
        private final int register;

        Bytes(int operand, int register) {
            super(operand, 1);
            this.register = register;
        }

        @Override
        void piece(Frame frame, int at, long address, long step, int n) {
            int[] r = frame.ints[register];
            for (int i = 0; i < n; i++) {
                Native.ALL.set(Native.I8, address + i * step, (byte) r[at + i]);
            }
        }
    }
}
