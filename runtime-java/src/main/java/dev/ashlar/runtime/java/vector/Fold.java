// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.vector;

import dev.ashlar.spi.ReduceOp;
import dev.ashlar.type.DType;

/**
 * Folds runs of a register into a state, and states into each other. Floating values are kept in double, which holds float32 exactly
 * and adds the block sums of float32; whole numbers in long.
 */
final class Fold {
    /** A fold in progress. */
    static final class State {
        double floating;
        long whole;
        long position;
        boolean any;

        State copy() {
            State copy = new State();
            copy.floating = floating;
            copy.whole = whole;
            copy.position = position;
            copy.any = any;
            return copy;
        }
    }

    /** Below it a float32 run is added in double, one by one; partial sums do not pay. */
    private static final int SHORT = Lanes.SUMS;

    private final ReduceOp op;
    private final Kind kind;
    private final DType type;
    private final Lanes lanes;

    /**
     * @param type of the values
     */
    Fold(ReduceOp op, DType type, Lanes lanes) {
        this.op = op;
        this.type = type;
        this.kind = Kind.of(type);
        this.lanes = lanes;
    }

    void reset(State state) {
        state.any = false;
        state.position = 0;
        boolean largest = op == ReduceOp.MIN;
        switch (op) {
            case SUM, ARGMAX, ARGMIN -> {
                state.floating = 0;
                state.whole = 0;
            }
            case PROD -> {
                state.floating = 1;
                state.whole = 1;
            }
            case MAX, MIN -> {
                state.floating = largest ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
                state.whole =
                        switch (type) {
                            case INT32 -> largest ? Integer.MAX_VALUE : Integer.MIN_VALUE;
                            case INT16 -> largest ? Short.MAX_VALUE : Short.MIN_VALUE;
                            case INT8 -> largest ? Byte.MAX_VALUE : Byte.MIN_VALUE;
                            case UINT8 -> largest ? 255 : 0;
                            case BOOL -> largest ? 1 : 0;
                            default -> largest ? Long.MAX_VALUE : Long.MIN_VALUE;
                        };
            }
        }
    }

    /**
     * Folds elements {@code from} to {@code from + n - 1} of a register into a state.
     *
     * @param position of the first of them in the whole fold
     */
    void add(Frame frame, int register, int from, int n, long position, State state) {
        switch (kind) {
            case FLOAT -> addFloats(frame, frame.floats[register], from, n, position, state);
            case DOUBLE -> addDoubles(frame.doubles[register], from, n, position, state);
            case LONG -> addLongs(frame.longs[register], from, n, position, state);
            case INT -> addInts(frame.ints[register], from, n, position, state);
        }
    }

    /** Folds a later part into an earlier one. */
    void merge(State into, State later) {
        switch (op) {
            case SUM -> {
                into.floating += later.floating;
                into.whole += later.whole;
            }
            case PROD -> {
                into.floating *= later.floating;
                into.whole *= later.whole;
            }
            case MAX -> {
                into.floating = Math.max(into.floating, later.floating);
                into.whole = Math.max(into.whole, later.whole);
            }
            case MIN -> {
                into.floating = Math.min(into.floating, later.floating);
                into.whole = Math.min(into.whole, later.whole);
            }
            case ARGMAX, ARGMIN -> {
                if (later.any) {
                    offer(into, later.floating, later.whole, later.position);
                }
            }
        }
    }

    /** Puts the result where the epilogue finds element {@code index}, in the accumulator's type. */
    void finish(Frame frame, State state, int index, DType accumulator) {
        if (op.isPosition()) {
            frame.foldedLongs[index] = state.position;
            return;
        }
        switch (Kind.of(accumulator)) {
            case FLOAT -> frame.foldedFloats[index] = (float) state.floating;
            case DOUBLE -> frame.foldedDoubles[index] = state.floating;
            case LONG -> frame.foldedLongs[index] = state.whole;
            case INT -> frame.foldedInts[index] = (int) state.whole;
        }
    }

    private void addFloats(Frame frame, float[] x, int from, int n, long position, State state) {
        switch (op) {
            case SUM -> state.floating += n < SHORT ? sum(x, from, n) : lanes.sum(x, from, n, frame.sums);
            case PROD -> {
                double product = state.floating;
                for (int i = from; i < from + n; i++) {
                    product *= x[i];
                }
                state.floating = product;
            }
            case MAX -> state.floating = Math.max(state.floating, lanes.max(x, from, n));
            case MIN -> state.floating = Math.min(state.floating, lanes.min(x, from, n));
            case ARGMAX, ARGMIN -> {
                float best = op == ReduceOp.ARGMAX ? lanes.max(x, from, n) : lanes.min(x, from, n);
                if (improves(state, best, 0)) {
                    int at = from;
                    // The first that equals it; a NaN equals nothing, so the first NaN.
                    while (best == best ? x[at] != best : x[at] == x[at]) {
                        at++;
                    }
                    offer(state, best, 0, position + at - from);
                }
            }
        }
    }

    private static double sum(float[] x, int from, int n) {
        double sum = 0;
        for (int i = from; i < from + n; i++) {
            sum += x[i];
        }
        return sum;
    }

    private void addDoubles(double[] x, int from, int n, long position, State state) {
        switch (op) {
            case SUM -> state.floating += sum(x, from, n);
            case PROD -> {
                double product = state.floating;
                for (int i = from; i < from + n; i++) {
                    product *= x[i];
                }
                state.floating = product;
            }
            case MAX -> {
                double best = state.floating;
                for (int i = from; i < from + n; i++) {
                    best = Math.max(best, x[i]);
                }
                state.floating = best;
            }
            case MIN -> {
                double best = state.floating;
                for (int i = from; i < from + n; i++) {
                    best = Math.min(best, x[i]);
                }
                state.floating = best;
            }
            case ARGMAX, ARGMIN -> {
                for (int i = from; i < from + n; i++) {
                    offer(state, x[i], 0, position + i - from);
                }
            }
        }
    }

    // Eight partial sums hide the latency of the additions.
    private static double sum(double[] x, int from, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int i = from;
        for (; i + 8 <= from + n; i += 8) {
            s0 += x[i];
            s1 += x[i + 1];
            s2 += x[i + 2];
            s3 += x[i + 3];
            s4 += x[i + 4];
            s5 += x[i + 5];
            s6 += x[i + 6];
            s7 += x[i + 7];
        }
        double sum = s0 + s4 + (s1 + s5) + (s2 + s6 + (s3 + s7));
        for (; i < from + n; i++) {
            sum += x[i];
        }
        return sum;
    }

    private void addLongs(long[] x, int from, int n, long position, State state) {
        long value = state.whole;
        switch (op) {
            case SUM -> {
                for (int i = from; i < from + n; i++) {
                    value += x[i];
                }
            }
            case PROD -> {
                for (int i = from; i < from + n; i++) {
                    value *= x[i];
                }
            }
            case MAX -> {
                for (int i = from; i < from + n; i++) {
                    value = Math.max(value, x[i]);
                }
            }
            case MIN -> {
                for (int i = from; i < from + n; i++) {
                    value = Math.min(value, x[i]);
                }
            }
            case ARGMAX, ARGMIN -> {
                for (int i = from; i < from + n; i++) {
                    offer(state, 0, x[i], position + i - from);
                }
                return;
            }
        }
        state.whole = value;
    }

    // Sums and products of narrow types are cast to int64 before they come here.
    private void addInts(int[] x, int from, int n, long position, State state) {
        int value = (int) state.whole;
        switch (op) {
            case MAX -> {
                for (int i = from; i < from + n; i++) {
                    value = Math.max(value, x[i]);
                }
            }
            case MIN -> {
                for (int i = from; i < from + n; i++) {
                    value = Math.min(value, x[i]);
                }
            }
            case ARGMAX, ARGMIN -> {
                for (int i = from; i < from + n; i++) {
                    offer(state, 0, x[i], position + i - from);
                }
                return;
            }
            default -> throw new IllegalStateException(op + " of int32 registers");
        }
        state.whole = value;
    }

    private boolean improves(State state, double floating, long whole) {
        if (!state.any) {
            return true;
        }
        boolean larger = op == ReduceOp.ARGMAX;
        if (kind == Kind.FLOAT || kind == Kind.DOUBLE) {
            return (larger ? floating > state.floating : floating < state.floating)
                    || Double.isNaN(floating) && !Double.isNaN(state.floating);
        }
        return larger ? whole > state.whole : whole < state.whole;
    }

    private void offer(State state, double floating, long whole, long position) {
        if (improves(state, floating, whole)) {
            state.floating = floating;
            state.whole = whole;
            state.position = position;
            state.any = true;
        }
    }
}
