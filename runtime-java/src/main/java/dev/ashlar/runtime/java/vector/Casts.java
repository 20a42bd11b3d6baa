// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.vector;

import dev.ashlar.runtime.java.device.Conversions;
import dev.ashlar.type.DType;
import org.jspecify.annotations.Nullable;

/** Steps that change the type of a register. The frequent pairs have loops of their own, the others go value by value. */
final class Casts {
    private Casts() {}

    static Step cast(DType from, DType to, int a, int r) {
        if (from == to) {
            return valueByValue(from, to, false, a, r);
        }
        Loop loop = fast(from, to);
        return loop == null ? valueByValue(from, to, false, a, r) : new Step() {
            @Override
            void run(Frame frame, int n) {
                loop.run(frame, a, r, n);
            }
        };
    }

    static Step bitcast(DType from, DType to, int a, int r) {
        return valueByValue(from, to, true, a, r);
    }

    @FunctionalInterface
    private interface Loop {
        void run(Frame frame, int a, int r, int n);
    }

    private static @Nullable Loop fast(DType from, DType to) {
        return switch (from) {
            case FLOAT32 ->
                switch (to) {
                    case FLOAT64 -> (frame, a, r, n) -> floatToDouble(frame.floats[a], frame.doubles[r], n);
                    case INT64 -> (frame, a, r, n) -> floatToLong(frame.floats[a], frame.longs[r], n);
                    case INT32 -> (frame, a, r, n) -> floatToInt(frame.floats[a], frame.ints[r], n);
                    case BOOL -> (frame, a, r, n) -> floatToBool(frame.floats[a], frame.ints[r], n);
                    case FLOAT16 -> (frame, a, r, n) -> floatToHalf(frame.floats[a], frame.ints[r], n);
                    case BFLOAT16 -> (frame, a, r, n) -> floatToBrain(frame.floats[a], frame.ints[r], n);
                    default -> null;
                };
            case FLOAT64 ->
                switch (to) {
                    case FLOAT32 -> (frame, a, r, n) -> doubleToFloat(frame.doubles[a], frame.floats[r], n);
                    case INT64 -> (frame, a, r, n) -> doubleToLong(frame.doubles[a], frame.longs[r], n);
                    case INT32 -> (frame, a, r, n) -> doubleToInt(frame.doubles[a], frame.ints[r], n);
                    default -> null;
                };
            case INT64 ->
                switch (to) {
                    case FLOAT32 -> (frame, a, r, n) -> longToFloat(frame.longs[a], frame.floats[r], n);
                    case FLOAT64 -> (frame, a, r, n) -> longToDouble(frame.longs[a], frame.doubles[r], n);
                    case INT32 -> (frame, a, r, n) -> longToInt(frame.longs[a], frame.ints[r], n);
                    default -> null;
                };
            case FLOAT16 ->
                to == DType.FLOAT32 ? (frame, a, r, n) -> halfToFloat(frame.ints[a], frame.floats[r], n) : null;
            case BFLOAT16 ->
                to == DType.FLOAT32 ? (frame, a, r, n) -> brainToFloat(frame.ints[a], frame.floats[r], n) : null;
            case INT32, INT16, INT8, UINT8, BOOL ->
                switch (to) {
                    case FLOAT32 -> (frame, a, r, n) -> intToFloat(frame.ints[a], frame.floats[r], n);
                    case FLOAT64 -> (frame, a, r, n) -> intToDouble(frame.ints[a], frame.doubles[r], n);
                    case INT64 -> (frame, a, r, n) -> intToLong(frame.ints[a], frame.longs[r], n);
                    case INT32 -> (frame, a, r, n) -> System.arraycopy(frame.ints[a], 0, frame.ints[r], 0, n);
                    case BOOL -> (frame, a, r, n) -> intToBool(frame.ints[a], frame.ints[r], n);
                    default -> null;
                };
        };
    }

    private static Step valueByValue(DType from, DType to, boolean bitsOnly, int a, int r) {
        Kind source = Kind.of(from);
        Kind target = Kind.of(to);
        return new Step() {
            @Override
            void run(Frame frame, int n) {
                for (int i = 0; i < n; i++) {
                    long bits = bits(frame, source, a, i);
                    set(frame, target, r, i, bitsOnly ? Conversions.bitcast(to, bits) : Conversions.cast(from, to, bits));
                }
            }
        };
    }

    /** Returns element {@code i} of a register as {@link Conversions} holds values. */
    static long bits(Frame frame, Kind kind, int register, int i) {
        return switch (kind) {
            case FLOAT -> Float.floatToRawIntBits(frame.floats[register][i]);
            case DOUBLE -> Double.doubleToRawLongBits(frame.doubles[register][i]);
            case LONG -> frame.longs[register][i];
            case INT -> frame.ints[register][i];
        };
    }

    /** Sets element {@code i} of a register. */
    static void set(Frame frame, Kind kind, int register, int i, long bits) {
        switch (kind) {
            case FLOAT -> frame.floats[register][i] = Float.intBitsToFloat((int) bits);
            case DOUBLE -> frame.doubles[register][i] = Double.longBitsToDouble(bits);
            case LONG -> frame.longs[register][i] = bits;
            case INT -> frame.ints[register][i] = (int) bits;
        }
    }

    private static void floatToDouble(float[] a, double[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = a[i];
        }
    }

    private static void floatToLong(float[] a, long[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = (long) a[i];
        }
    }

    private static void floatToInt(float[] a, int[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = (int) a[i];
        }
    }

    private static void floatToBool(float[] a, int[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = a[i] != 0 ? 1 : 0;
        }
    }

    private static void floatToHalf(float[] a, int[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = Float.floatToFloat16(a[i]);
        }
    }

    private static void floatToBrain(float[] a, int[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = Conversions.bfloat16(a[i]);
        }
    }

    private static void doubleToFloat(double[] a, float[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = (float) a[i];
        }
    }

    private static void doubleToLong(double[] a, long[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = (long) a[i];
        }
    }

    private static void doubleToInt(double[] a, int[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = (int) a[i];
        }
    }

    private static void longToFloat(long[] a, float[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = a[i];
        }
    }

    private static void longToDouble(long[] a, double[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = a[i];
        }
    }

    private static void longToInt(long[] a, int[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = (int) a[i];
        }
    }

    private static void halfToFloat(int[] a, float[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = Float.float16ToFloat((short) a[i]);
        }
    }

    private static void brainToFloat(int[] a, float[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = Float.intBitsToFloat(a[i] << 16);
        }
    }

    private static void intToFloat(int[] a, float[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = a[i];
        }
    }

    private static void intToDouble(int[] a, double[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = a[i];
        }
    }

    private static void intToLong(int[] a, long[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = a[i];
        }
    }

    private static void intToBool(int[] a, int[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = (a[i] | -a[i]) >>> 31;
        }
    }
}
