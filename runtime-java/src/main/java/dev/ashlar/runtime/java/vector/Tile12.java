// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A tile of 12 rows by two vectors, whose 24 accumulators are local variables because the JIT keeps only those in registers. Panels
 * and tile are heap arrays: a kernel of this size that reads memory segments is never compiled by C2 when it is a JVM's first.
 */
final class Tile12 {
    private static final VectorSpecies<Float> S = VectorLanes.FLOATS;
    private static final int L = S.length();

    private Tile12() {}

    static void run(int depth, float[] a, int ao, float[] b, int bo, float[] c, int co, int stride, boolean increase) {
        FloatVector c0x0 = FloatVector.zero(S);
        FloatVector c0x1 = FloatVector.zero(S);
        FloatVector c1x0 = FloatVector.zero(S);
        FloatVector c1x1 = FloatVector.zero(S);
        FloatVector c2x0 = FloatVector.zero(S);
        FloatVector c2x1 = FloatVector.zero(S);
        FloatVector c3x0 = FloatVector.zero(S);
        FloatVector c3x1 = FloatVector.zero(S);
        FloatVector c4x0 = FloatVector.zero(S);
        FloatVector c4x1 = FloatVector.zero(S);
        FloatVector c5x0 = FloatVector.zero(S);
        FloatVector c5x1 = FloatVector.zero(S);
        FloatVector c6x0 = FloatVector.zero(S);
        FloatVector c6x1 = FloatVector.zero(S);
        FloatVector c7x0 = FloatVector.zero(S);
        FloatVector c7x1 = FloatVector.zero(S);
        FloatVector c8x0 = FloatVector.zero(S);
        FloatVector c8x1 = FloatVector.zero(S);
        FloatVector c9x0 = FloatVector.zero(S);
        FloatVector c9x1 = FloatVector.zero(S);
        FloatVector c10x0 = FloatVector.zero(S);
        FloatVector c10x1 = FloatVector.zero(S);
        FloatVector c11x0 = FloatVector.zero(S);
        FloatVector c11x1 = FloatVector.zero(S);
        for (int k = 0; k < depth; k++) {
            int at = ao + k * 12;
            int bt = bo + k * 2 * L;
            FloatVector b0 = FloatVector.fromArray(S, b, bt);
            FloatVector b1 = FloatVector.fromArray(S, b, bt + L);
            FloatVector a0 = FloatVector.broadcast(S, a[at]);
            c0x0 = a0.fma(b0, c0x0);
            c0x1 = a0.fma(b1, c0x1);
            FloatVector a1 = FloatVector.broadcast(S, a[at + 1]);
            c1x0 = a1.fma(b0, c1x0);
            c1x1 = a1.fma(b1, c1x1);
            FloatVector a2 = FloatVector.broadcast(S, a[at + 2]);
            c2x0 = a2.fma(b0, c2x0);
            c2x1 = a2.fma(b1, c2x1);
            FloatVector a3 = FloatVector.broadcast(S, a[at + 3]);
            c3x0 = a3.fma(b0, c3x0);
            c3x1 = a3.fma(b1, c3x1);
            FloatVector a4 = FloatVector.broadcast(S, a[at + 4]);
            c4x0 = a4.fma(b0, c4x0);
            c4x1 = a4.fma(b1, c4x1);
            FloatVector a5 = FloatVector.broadcast(S, a[at + 5]);
            c5x0 = a5.fma(b0, c5x0);
            c5x1 = a5.fma(b1, c5x1);
            FloatVector a6 = FloatVector.broadcast(S, a[at + 6]);
            c6x0 = a6.fma(b0, c6x0);
            c6x1 = a6.fma(b1, c6x1);
            FloatVector a7 = FloatVector.broadcast(S, a[at + 7]);
            c7x0 = a7.fma(b0, c7x0);
            c7x1 = a7.fma(b1, c7x1);
            FloatVector a8 = FloatVector.broadcast(S, a[at + 8]);
            c8x0 = a8.fma(b0, c8x0);
            c8x1 = a8.fma(b1, c8x1);
            FloatVector a9 = FloatVector.broadcast(S, a[at + 9]);
            c9x0 = a9.fma(b0, c9x0);
            c9x1 = a9.fma(b1, c9x1);
            FloatVector a10 = FloatVector.broadcast(S, a[at + 10]);
            c10x0 = a10.fma(b0, c10x0);
            c10x1 = a10.fma(b1, c10x1);
            FloatVector a11 = FloatVector.broadcast(S, a[at + 11]);
            c11x0 = a11.fma(b0, c11x0);
            c11x1 = a11.fma(b1, c11x1);
        }
        if (increase) {
            c0x0 = c0x0.add(FloatVector.fromArray(S, c, co));
            c0x1 = c0x1.add(FloatVector.fromArray(S, c, co + L));
            c1x0 = c1x0.add(FloatVector.fromArray(S, c, co + stride));
            c1x1 = c1x1.add(FloatVector.fromArray(S, c, co + stride + L));
            c2x0 = c2x0.add(FloatVector.fromArray(S, c, co + 2 * stride));
            c2x1 = c2x1.add(FloatVector.fromArray(S, c, co + 2 * stride + L));
            c3x0 = c3x0.add(FloatVector.fromArray(S, c, co + 3 * stride));
            c3x1 = c3x1.add(FloatVector.fromArray(S, c, co + 3 * stride + L));
            c4x0 = c4x0.add(FloatVector.fromArray(S, c, co + 4 * stride));
            c4x1 = c4x1.add(FloatVector.fromArray(S, c, co + 4 * stride + L));
            c5x0 = c5x0.add(FloatVector.fromArray(S, c, co + 5 * stride));
            c5x1 = c5x1.add(FloatVector.fromArray(S, c, co + 5 * stride + L));
            c6x0 = c6x0.add(FloatVector.fromArray(S, c, co + 6 * stride));
            c6x1 = c6x1.add(FloatVector.fromArray(S, c, co + 6 * stride + L));
            c7x0 = c7x0.add(FloatVector.fromArray(S, c, co + 7 * stride));
            c7x1 = c7x1.add(FloatVector.fromArray(S, c, co + 7 * stride + L));
            c8x0 = c8x0.add(FloatVector.fromArray(S, c, co + 8 * stride));
            c8x1 = c8x1.add(FloatVector.fromArray(S, c, co + 8 * stride + L));
            c9x0 = c9x0.add(FloatVector.fromArray(S, c, co + 9 * stride));
            c9x1 = c9x1.add(FloatVector.fromArray(S, c, co + 9 * stride + L));
            c10x0 = c10x0.add(FloatVector.fromArray(S, c, co + 10 * stride));
            c10x1 = c10x1.add(FloatVector.fromArray(S, c, co + 10 * stride + L));
            c11x0 = c11x0.add(FloatVector.fromArray(S, c, co + 11 * stride));
            c11x1 = c11x1.add(FloatVector.fromArray(S, c, co + 11 * stride + L));
        }
        c0x0.intoArray(c, co);
        c0x1.intoArray(c, co + L);
        c1x0.intoArray(c, co + stride);
        c1x1.intoArray(c, co + stride + L);
        c2x0.intoArray(c, co + 2 * stride);
        c2x1.intoArray(c, co + 2 * stride + L);
        c3x0.intoArray(c, co + 3 * stride);
        c3x1.intoArray(c, co + 3 * stride + L);
        c4x0.intoArray(c, co + 4 * stride);
        c4x1.intoArray(c, co + 4 * stride + L);
        c5x0.intoArray(c, co + 5 * stride);
        c5x1.intoArray(c, co + 5 * stride + L);
        c6x0.intoArray(c, co + 6 * stride);
        c6x1.intoArray(c, co + 6 * stride + L);
        c7x0.intoArray(c, co + 7 * stride);
        c7x1.intoArray(c, co + 7 * stride + L);
        c8x0.intoArray(c, co + 8 * stride);
        c8x1.intoArray(c, co + 8 * stride + L);
        c9x0.intoArray(c, co + 9 * stride);
        c9x1.intoArray(c, co + 9 * stride + L);
        c10x0.intoArray(c, co + 10 * stride);
        c10x1.intoArray(c, co + 10 * stride + L);
        c11x0.intoArray(c, co + 11 * stride);
        c11x1.intoArray(c, co + 11 * stride + L);
    }
}
