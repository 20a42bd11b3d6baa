// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.vector;

import dev.ashlar.runtime.java.device.Native;
import dev.ashlar.runtime.java.device.Operands;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.type.DType;
import java.util.stream.IntStream;

/**
 * What gather and scatter share: the iteration space row by row, with the indexed operand's own stride along the indexed axis taken
 * out, and the first bad index by position, whichever thread finds it.
 */
final class IndexedRows {
    private final int indexed;
    private final int axis;
    private final int[] order;
    private final Space space;
    private final DType indexType;
    private long indexedStep;
    private long extent;
    private long badPosition;
    private long badIndex;

    /** Handles the part of a row that starts at a frame's position. */
    @FunctionalInterface
    interface Row {
        /**
         * @param addresses of the first element of bindings 0, 1 and 2; the indexed one's as if its index were 0
         * @param n elements
         */
        void run(Frame frame, long[] addresses, int n);
    }

    /**
     * @param indexed the binding whose axis is indexed
     * @param indexType int64 or int32
     */
    IndexedRows(int indexed, int axis, int rank, DType indexType) {
        this.indexed = indexed;
        this.axis = axis;
        this.indexType = indexType;
        this.order = IntStream.range(0, rank).toArray();
        this.space = new Space(new int[] {0, 1, 2}, new int[0], rank);
    }

    void configure(Operands operands, KernelArgs args) {
        indexedStep = args.strides()[indexed][axis] * operands.type(indexed).bytes();
        extent = args.extent();
        long[][] strides = args.strides().clone();
        strides[indexed] = strides[indexed].clone();
        strides[indexed][axis] = 0;
        space.configure(operands, KernelArgs.of(args.sizes(), strides, args.offsets(), args.params()), order, order.length);
        badPosition = Long.MAX_VALUE;
    }

    long points() {
        return space.points();
    }

    /** Returns the distance in bytes between neighbours of a row. */
    long step(int binding) {
        return space.steps(binding)[space.rank() - 1];
    }

    /** Runs the points [from, to). */
    void run(Frame frame, long from, long to, Row row) {
        long[] addresses = new long[3];
        int last = space.rank() - 1;
        long at = from;
        while (at < to) {
            frame.seek(space, at);
            int n = (int) Math.min(Math.min(to - at, space.size(last) - frame.start[last]), Integer.MAX_VALUE);
            for (int binding = 0; binding < 3; binding++) {
                long address = space.base(binding);
                for (int i = 0; i <= last; i++) {
                    address += frame.start[i] * space.steps(binding)[i];
                }
                addresses[binding] = address;
            }
            row.run(frame, addresses, n);
            at += n;
        }
    }

    /** Returns the index at an address. */
    long index(long address) {
        return indexType == DType.INT64 ? Native.ALL.get(Native.I64, address) : Native.ALL.get(Native.I32, address);
    }

    boolean isGood(long index) {
        return index >= 0 && index < extent;
    }

    /** Returns how far from its address at index 0 the indexed element lies. */
    long distance(long index) {
        return index * indexedStep;
    }

    synchronized void bad(long position, long index) {
        if (position < badPosition) {
            badPosition = position;
            badIndex = index;
        }
    }

    /** Writes the error word if there was a bad index and nothing is in it yet: what follows from a first error would mislead. */
    void report(long errorWord, long site) {
        if (badPosition != Long.MAX_VALUE && Native.ALL.get(Native.I64, errorWord) == 0) {
            Native.ALL.set(Native.I64, errorWord, site);
            Native.ALL.set(Native.I64, errorWord + 8, badIndex);
        }
    }
}
