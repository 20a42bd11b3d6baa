// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.vector;

import dev.ashlar.spi.KernelArgs;

/**
 * Where the elements of one operand lie along a group of axes that a product treats as one: a single stride where the axes allow it,
 * else a table. Configured per launch, read by all threads.
 */
final class Offsets {
    private long[] table = {};
    private long step;
    private boolean regular;
    private int size;
    private int run;

    /**
     * Takes over the axes [from, to) of a binding.
     *
     * @param bytes size of an element
     */
    void configure(KernelArgs args, int binding, int from, int to, int bytes) {
        long[] sizes = args.sizes();
        long[] strides = args.strides()[binding];
        long count = 1;
        regular = true;
        step = 0;
        long inner = 1;
        long gapless = 1;
        boolean growing = true;
        for (int axis = to - 1; axis >= from; axis--) {
            if (sizes[axis] == 1) {
                continue;
            }
            growing &= strides[axis] == gapless;
            gapless *= growing ? sizes[axis] : 1;
            if (inner == 1) {
                step = strides[axis] * bytes;
            } else {
                regular &= strides[axis] * bytes == step * inner;
            }
            inner *= sizes[axis];
            count *= sizes[axis];
        }
        size = Math.toIntExact(count);
        run = (int) Math.max(1, Math.min(gapless, size));
        regular |= size == 0;
        if (!regular) {
            fill(sizes, strides, from, to, bytes);
        }
    }

    private void fill(long[] sizes, long[] strides, int from, int to, int bytes) {
        if (table.length < size) {
            table = new long[size];
        }
        table[0] = 0;
        int have = 1;
        // Each axis repeats what the axes inside of it have, once per coordinate.
        for (int axis = to - 1; axis >= from; axis--) {
            long stride = strides[axis] * bytes;
            for (int coordinate = 1; coordinate < sizes[axis]; coordinate++) {
                for (int i = 0; i < have; i++) {
                    table[coordinate * have + i] = table[i] + coordinate * stride;
                }
            }
            have *= (int) Math.max(1, sizes[axis]);
        }
    }

    int size() {
        return size;
    }

    /** Returns whether neighbours are {@code bytes} apart. */
    boolean isStep(int bytes) {
        return regular && (step == bytes || size == 1);
    }

    /** Returns how many elements follow each other without gaps, at least 1; every multiple of it begins such a run. */
    int run() {
        return run;
    }

    /** Returns the distance in bytes from the first element to number {@code i}. */
    long at(int i) {
        return regular ? i * step : table[i];
    }
}
