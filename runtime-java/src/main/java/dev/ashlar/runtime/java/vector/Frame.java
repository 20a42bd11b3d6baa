// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.vector;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one thread computes in: scratch registers of {@link #BLOCK} elements, and the block of the iteration space at hand. Elements
 * of a register past the block's end hold old values; loops may compute on them, up to the next multiple of {@link #PAD}.
 */
final class Frame {
    /** Elements per block: large enough to hide the cost of a call per instruction, small enough for ten registers to stay in L1. */
    static final int BLOCK = 1024;
    /** Loops run to a multiple of this, so that they need no scalar tail. */
    static final int PAD = 32;

    float[][] floats = {};
    double[][] doubles = {};
    long[][] longs = {};
    int[][] ints = {};

    /** Folded values that {@link dev.ashlar.spi.ScalarOp#RESULT} reads, by kind. */
    final float[] foldedFloats = new float[BLOCK];
    final double[] foldedDoubles = new double[BLOCK];
    final long[] foldedLongs = new long[BLOCK];
    final int[] foldedInts = new int[BLOCK];

    /** Packed panels and the tile of a product. */
    float[] panelA = {};
    float[] panelB = {};
    float[] tile = {};
    float[] lines = {};

    final Fold.State fold = new Fold.State();
    final float[] sums = new float[Lanes.SUMS];

    Space space = Space.NONE;
    long position;
    long[] start = new long[16];
    long[] walk = new long[16];
    long[] params = {};

    private @Nullable ColumnSums floatSums;
    private @Nullable ColumnSums doubleSums;

    /** Returns scratch for sums over columns, made when it is first needed. */
    ColumnSums columnSums(Kind kind, Lanes lanes) {
        ColumnSums known = kind == Kind.FLOAT ? floatSums : doubleSums;
        if (known == null) {
            known = new ColumnSums(kind, lanes);
            if (kind == Kind.FLOAT) {
                floatSums = known;
            } else {
                doubleSums = known;
            }
        }
        return known;
    }

    /** Makes sure that there are registers for a program. */
    void reserve(Program program) {
        int count = program.registers(Kind.FLOAT);
        for (int i = floats.length; i < count; i++) {
            floats = Arrays.copyOf(floats, i + 1);
            floats[i] = new float[BLOCK];
        }
        count = program.registers(Kind.DOUBLE);
        for (int i = doubles.length; i < count; i++) {
            doubles = Arrays.copyOf(doubles, i + 1);
            doubles[i] = new double[BLOCK];
        }
        count = program.registers(Kind.LONG);
        for (int i = longs.length; i < count; i++) {
            longs = Arrays.copyOf(longs, i + 1);
            longs[i] = new long[BLOCK];
        }
        count = program.registers(Kind.INT);
        for (int i = ints.length; i < count; i++) {
            ints = Arrays.copyOf(ints, i + 1);
            ints[i] = new int[BLOCK];
        }
    }

    /** Goes to the point with row-major number {@code point} of a space. */
    void seek(Space target, long point) {
        space = target;
        position = point;
        int rank = target.rank();
        if (rank > start.length) {
            start = new long[rank];
            walk = new long[rank];
        }
        long rest = point;
        for (int axis = rank - 1; axis > 0; axis--) {
            long size = target.size(axis);
            if (rest == 0) {
                start[axis] = 0;
            } else {
                start[axis] = rest % size;
                rest /= size;
            }
        }
        start[0] = rest;
    }

    static int padded(int n) {
        return n + PAD - 1 & -PAD;
    }
}
